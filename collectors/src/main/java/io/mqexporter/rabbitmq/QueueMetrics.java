package io.mqexporter.rabbitmq;

import io.mqexporter.metric.MetricFamilies;
import io.mqexporter.rabbitmq.snapshot.Queue;
import io.mqexporter.rabbitmq.snapshot.Queue.Declaration;
import io.mqexporter.rabbitmq.snapshot.Queue.Replicas;
import io.mqexporter.rabbitmq.snapshot.QueueLimits;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Renders queues as the {@code rabbitmq_queue_*} families. */
final class QueueMetrics {

  private static final RabbitMqQueueMetric[] NUMBERS =
      Arrays.stream(RabbitMqQueueMetric.values())
          .filter(metric -> metric.number().isPresent())
          .toArray(RabbitMqQueueMetric[]::new);

  private final String cluster;
  private final MetricFamilies families;

  QueueMetrics(String cluster, MetricFamilies families) {
    this.cluster = cluster;
    this.families = families;
  }

  /** Adds the series of a queue. */
  void add(Queue queue) {
    List<String> labels = List.of(cluster, queue.id().vhost(), queue.id().name());
    addDeclaration(queue.declaration(), labels);
    if (!queue.state().isEmpty()) {
      families.add(RabbitMqQueueMetric.STATE, 1, MetricFamilies.and(labels, queue.state()));
    }
    addReplicas(queue.replicas(), labels);
    for (RabbitMqQueueMetric metric : NUMBERS) {
      families.add(metric, queue.numbers().get(metric.number().orElseThrow()), labels);
    }
    QueueLimits limits = QueueLimits.of(queue);
    families.add(RabbitMqQueueMetric.MAX_LENGTH, limits.messages(), labels);
    families.add(RabbitMqQueueMetric.MAX_LENGTH_BYTES, limits.bytes(), labels);
    OptionalLong ttlMillis = limits.ttlMillis();
    if (ttlMillis.isPresent()) {
      families.add(RabbitMqQueueMetric.MESSAGE_TTL, ttlMillis.getAsLong() / 1e3, labels);
    }
    families.add(RabbitMqQueueMetric.CONSUMER_CAPACITY, queue.consumerCapacity(), labels);
  }

  private void addDeclaration(Declaration declaration, List<String> labels) {
    if (declaration.equals(Declaration.UNKNOWN)) {
      return;
    }
    families.add(
        RabbitMqQueueMetric.INFO,
        1,
        MetricFamilies.and(
            labels,
            declaration.type(),
            text(declaration.durable()),
            text(declaration.exclusive()),
            text(declaration.autoDelete()),
            declaration.policy(),
            declaration.operatorPolicy(),
            declaration.overflow()));
  }

  private void addReplicas(Replicas replicas, List<String> labels) {
    String leader = replicas.leader().orElse(replicas.node());
    if (!leader.isEmpty()) {
      families.add(RabbitMqQueueMetric.LEADER_INFO, 1, MetricFamilies.and(labels, leader));
    }
    families.add(
        RabbitMqQueueMetric.HAS_LEADER,
        RabbitMqMetrics.zeroOrOne(replicas.leader().map(name -> !name.isEmpty())),
        labels);
    OptionalInt members = replicas.members();
    OptionalInt online = replicas.online();
    families.add(RabbitMqQueueMetric.MEMBERS, members, labels);
    families.add(RabbitMqQueueMetric.MEMBERS_ONLINE, online, labels);
    if (members.isPresent() && online.isPresent()) {
      boolean majority = 2 * online.getAsInt() > members.getAsInt();
      families.add(RabbitMqQueueMetric.MAJORITY_ONLINE, majority ? 1 : 0, labels);
    }
  }

  private static String text(Optional<Boolean> truth) {
    return truth.map(String::valueOf).orElse("");
  }
}
