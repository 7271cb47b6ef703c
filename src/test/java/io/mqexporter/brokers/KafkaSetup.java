package io.mqexporter.brokers;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a Kafka cluster is made of.
 *
 * @param release the release of its nodes
 * @param nodes how many there are; each is broker and KRaft controller in one, their ids from 1
 * @param listeners further listeners by name, each with its security protocol; every node has one
 *     named {@code PLAINTEXT} anyway
 * @param properties lines of {@code server.properties}, which go before those that all tests use
 */
public record KafkaSetup(
    KafkaRelease release,
    int nodes,
    Map<String, String> listeners,
    Map<String, String> properties) {

  /** Copies the maps. */
  public KafkaSetup {
    listeners = Map.copyOf(listeners);
    properties = Map.copyOf(properties);
  }

  /** Returns nodes of the current release with nothing special. */
  public static KafkaSetup of(int nodes) {
    return new KafkaSetup(KafkaRelease.CURRENT, nodes, Map.of(), Map.of());
  }

  /** Returns the same in another release. */
  public KafkaSetup of(KafkaRelease other) {
    return new KafkaSetup(other, nodes, listeners, properties);
  }

  /** Returns the same with one more listener. */
  public KafkaSetup withListener(String name, String securityProtocol) {
    return new KafkaSetup(release, nodes, added(listeners, name, securityProtocol), properties);
  }

  /** Returns the same with one more property, or another value of it. */
  public KafkaSetup with(String property, String value) {
    return new KafkaSetup(release, nodes, listeners, added(properties, property, value));
  }

  private static Map<String, String> added(Map<String, String> map, String key, String value) {
    var copy = new LinkedHashMap<>(map);
    copy.put(key, value);
    return copy;
  }
}
