package io.mqexporter.rabbitmq;

import io.mqexporter.messaging.ClusterMemory;
import io.mqexporter.messaging.WrittenWithin;
import io.mqexporter.metric.MetricFamilies;
import io.mqexporter.metric.MetricFamily;
import io.mqexporter.rabbitmq.snapshot.Queue;
import io.mqexporter.rabbitmq.snapshot.QueueNumber;
import io.mqexporter.rabbitmq.snapshot.RabbitMqSnapshot;
import java.util.List;
import java.util.OptionalLong;

/**
 * Between which bounds the age of a queue's oldest message lies where the message does not tell its
 * own: the broker knows none for quorum queues and streams, and none without a time from the
 * publisher. The message is the one at published − held, and was published between the two
 * collections around which that many had been.
 */
final class QueueAges {

  private QueueAges() {}

  /** Returns the families of a cluster whose snapshot the memory has taken in. */
  static List<MetricFamily> of(String cluster, RabbitMqSnapshot snapshot, ClusterMemory memory) {
    var families = new MetricFamilies();
    long now = snapshot.at().toEpochMilli();
    for (Queue queue : snapshot.queues().orElse(List.of())) {
      OptionalLong position = RabbitMqClusterState.position(queue);
      boolean told = queue.numbers().get(QueueNumber.HEAD_EPOCH_SECONDS).isPresent();
      if (!told && position.isPresent() && RabbitMqClusterState.held(queue).orElse(0) > 0) {
        memory
            .writtenWithin(queue.id(), RabbitMqClusterState.ONLY_LOG, position.getAsLong())
            .ifPresent(within -> add(families, within, now, cluster, queue));
      }
    }
    return families.toList();
  }

  private static void add(
      MetricFamilies families, WrittenWithin within, long now, String cluster, Queue queue) {
    List<String> labels = List.of(cluster, queue.id().vhost(), queue.id().name());
    families.add(RabbitMqQueueMetric.OLDEST_AGE_MIN, (now - within.toMillis()) / 1000.0, labels);
    if (within.fromMillis().isPresent()) {
      families.add(
          RabbitMqQueueMetric.OLDEST_AGE_MAX,
          (now - within.fromMillis().getAsLong()) / 1000.0,
          labels);
    }
  }
}
