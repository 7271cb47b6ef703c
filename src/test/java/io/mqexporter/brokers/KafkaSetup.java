package io.mqexporter.brokers;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a Kafka cluster is made of.
 *
 * @param release the release of its nodes
 * @param nodes how many there are; each is broker and KRaft controller in one, their ids from 1
 * @param listeners further listeners by name, each with its security protocol; every node has one
 *     named {@code PLAINTEXT} anyway
 * @param properties lines of {@code server.properties}, which go before those that all tests use;
 *     {@code ${folder}} in a value is the folder of the node
 * @param javaOptions further options of the nodes' JVM
 * @param diskMegabytes the size of the file system that each node has for its folder {@code disk}
 *     alone, 0 for the machine's
 */
public record KafkaSetup(
    KafkaRelease release,
    int nodes,
    Map<String, String> listeners,
    Map<String, String> properties,
    List<String> javaOptions,
    int diskMegabytes) {

  /** Copies the collections. */
  public KafkaSetup {
    listeners = Map.copyOf(listeners);
    properties = Map.copyOf(properties);
    javaOptions = List.copyOf(javaOptions);
  }

  /** Returns nodes of the current release with nothing special. */
  public static KafkaSetup of(int nodes) {
    return new KafkaSetup(KafkaRelease.CURRENT, nodes, Map.of(), Map.of(), List.of(), 0);
  }

  /** Returns the same in another release. */
  public KafkaSetup of(KafkaRelease other) {
    return new KafkaSetup(other, nodes, listeners, properties, javaOptions, diskMegabytes);
  }

  /** Returns the same with one more listener. */
  public KafkaSetup withListener(String name, String securityProtocol) {
    return new KafkaSetup(
        release,
        nodes,
        added(listeners, name, securityProtocol),
        properties,
        javaOptions,
        diskMegabytes);
  }

  /** Returns the same with one more property, or another value of it. */
  public KafkaSetup with(String property, String value) {
    return new KafkaSetup(
        release, nodes, listeners, added(properties, property, value), javaOptions, diskMegabytes);
  }

  /** Returns the same with other options of the nodes' JVM. */
  public KafkaSetup withJavaOptions(String... options) {
    return new KafkaSetup(release, nodes, listeners, properties, List.of(options), diskMegabytes);
  }

  /**
   * Returns the same whose nodes have a disk of a size beside that of the machine; a topic may come
   * to lie on either.
   */
  public KafkaSetup withDisk(int megabytes) {
    return new KafkaSetup(
        release,
        nodes,
        listeners,
        added(properties, "log.dirs", "${folder}/data,${folder}/" + KafkaNode.DISK),
        javaOptions,
        megabytes);
  }

  private static Map<String, String> added(Map<String, String> map, String key, String value) {
    var copy = new LinkedHashMap<>(map);
    copy.put(key, value);
    return copy;
  }
}
