package io.mqexporter.rabbitmq;

import static java.util.stream.Collectors.toMap;

import io.mqexporter.collector.Leaders;
import io.mqexporter.collector.Subject;
import io.mqexporter.messaging.DestinationId;
import io.mqexporter.rabbitmq.snapshot.Node;
import io.mqexporter.rabbitmq.snapshot.Queue;
import io.mqexporter.rabbitmq.snapshot.RabbitMqSnapshot;
import java.util.List;
import java.util.Map;

/** Tells which node leads what: a queue the one of its leader, or of its only process. */
final class RabbitMqLeaders {

  private RabbitMqLeaders() {}

  /** Returns what is led in a cluster; nodes are called by their names, in their order. */
  static Leaders of(RabbitMqSnapshot snapshot) {
    Map<DestinationId, String> queues =
        snapshot.queues().orElse(List.of()).stream()
            .collect(toMap(Queue::id, RabbitMqLeaders::node, (a, _) -> a));
    return new Leaders(
        snapshot.nodes().stream()
            .filter(node -> node.running().orElse(false))
            .map(Node::name)
            .sorted()
            .toList(),
        subject -> leader(subject, queues));
  }

  private static String leader(Subject subject, Map<DestinationId, String> queues) {
    return subject.broker().isEmpty()
        ? queues.getOrDefault(new DestinationId(subject.vhost(), subject.destination()), "")
        : subject.broker();
  }

  private static String node(Queue queue) {
    return queue.replicas().leader().orElse(queue.replicas().node());
  }
}
