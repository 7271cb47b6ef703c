package io.mqexporter.brokers;

import static java.util.stream.Collectors.joining;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** What stands in a node's {@code server.properties}, unless a test wants it otherwise. */
final class KafkaProperties {

  private KafkaProperties() {}

  /** Returns what all nodes of a cluster have in common. */
  static Map<String, String> usual(KafkaSetup setup) {
    String replicas = String.valueOf(Math.min(setup.nodes(), 3));
    var properties = new HashMap<String, String>();
    properties.put("process.roles", "broker,controller");
    properties.put("inter.broker.listener.name", KafkaNode.PLAINTEXT);
    properties.put("controller.listener.names", KafkaNode.CONTROLLER);
    properties.put("auto.create.topics.enable", "false");
    properties.put("offsets.topic.num.partitions", "8");
    properties.put("offsets.topic.replication.factor", replicas);
    properties.put("transaction.state.log.num.partitions", "2");
    properties.put("transaction.state.log.replication.factor", replicas);
    properties.put("transaction.state.log.min.isr", "1");
    properties.put("group.initial.rebalance.delay.ms", "0");
    properties.put("group.consumer.min.heartbeat.interval.ms", "500");
    properties.put("group.consumer.heartbeat.interval.ms", "500");
    properties.put("log.cleaner.dedupe.buffer.size", "16777216");
    // Twice a second, each node is busy with nothing.
    properties.put("metadata.max.idle.interval.ms", "5000");
    if (setup.release().hasShareGroups()) {
      properties.put("share.coordinator.state.topic.num.partitions", "2");
      properties.put("share.coordinator.state.topic.replication.factor", replicas);
      properties.put("share.coordinator.state.topic.min.isr", "1");
      properties.put("group.share.min.heartbeat.interval.ms", "500");
      properties.put("group.share.heartbeat.interval.ms", "500");
    }
    return properties;
  }

  /** Returns what is a node's own. */
  static Map<String, String> ofNode(
      int id, Path folder, KafkaSetup setup, Map<String, Integer> ports, String voters) {
    var clients = new TreeMap<>(ports);
    clients.remove(KafkaNode.CONTROLLER);
    var protocols = new TreeMap<>(setup.listeners());
    protocols.put(KafkaNode.PLAINTEXT, "PLAINTEXT");
    protocols.put(KafkaNode.CONTROLLER, "PLAINTEXT");
    return Map.of(
        "node.id", String.valueOf(id),
        "listeners", addresses(ports),
        "advertised.listeners", addresses(clients),
        "listener.security.protocol.map",
            protocols.entrySet().stream()
                .map(protocol -> protocol.getKey() + ":" + protocol.getValue())
                .collect(joining(",")),
        "controller.quorum.voters", voters,
        "log.dirs", folder.resolve("data").toString());
  }

  /** Returns addresses as a property lists them. */
  static String addresses(Map<String, Integer> ports) {
    return ports.entrySet().stream()
        .map(port -> "%s://127.0.0.1:%d".formatted(port.getKey(), port.getValue()))
        .collect(joining(","));
  }
}
