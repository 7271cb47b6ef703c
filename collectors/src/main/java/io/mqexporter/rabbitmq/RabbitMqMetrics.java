package io.mqexporter.rabbitmq;

import io.mqexporter.metric.MetricFamilies;
import io.mqexporter.metric.MetricFamily;
import io.mqexporter.rabbitmq.RabbitMqSnapshot.Contents;
import io.mqexporter.rabbitmq.RabbitMqSnapshot.Counters;
import io.mqexporter.rabbitmq.RabbitMqSnapshot.Exchange;
import io.mqexporter.rabbitmq.RabbitMqSnapshot.Node;
import io.mqexporter.rabbitmq.RabbitMqSnapshot.Overview;
import io.mqexporter.rabbitmq.RabbitMqSnapshot.Queue;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Renders a snapshot as the {@code rabbitmq_*} families. */
final class RabbitMqMetrics {

  private final String cluster;
  private final MetricFamilies families = new MetricFamilies();

  private RabbitMqMetrics(String cluster) {
    this.cluster = cluster;
  }

  /** Returns the families of a cluster. */
  static List<MetricFamily> of(String cluster, RabbitMqSnapshot snapshot) {
    var metrics = new RabbitMqMetrics(cluster);
    metrics.addOverview(snapshot.overview());
    snapshot.nodes().forEach(metrics::addNode);
    snapshot.queues().orElse(List.of()).forEach(metrics::addQueue);
    snapshot.exchanges().forEach(metrics::addExchange);
    return metrics.families.toList();
  }

  private void addOverview(Overview overview) {
    families.add(RabbitMqMetric.CONNECTIONS, overview.connections(), cluster);
    families.add(RabbitMqMetric.CHANNELS, overview.channels(), cluster);
    families.add(RabbitMqMetric.CONSUMERS, overview.consumers(), cluster);
    families.add(RabbitMqMetric.QUEUES, overview.queues(), cluster);
    families.add(RabbitMqMetric.EXCHANGES, overview.exchanges(), cluster);
    families.add(
        RabbitMqMetric.BUILD_INFO,
        1,
        cluster,
        overview.rabbitMqVersion(),
        overview.erlangVersion());
    families.add(RabbitMqMetric.IDENTITY_INFO, 1, cluster, overview.clusterName());
  }

  private void addNode(Node node) {
    String[] labels = {cluster, node.name()};
    families.add(RabbitMqMetric.NODE_RUNNING, zeroOrOne(node.running()), labels);
    families.add(RabbitMqMetric.NODE_MEMORY_USED, node.memoryUsedBytes(), labels);
    families.add(RabbitMqMetric.NODE_MEMORY_LIMIT, node.memoryLimitBytes(), labels);
    families.add(RabbitMqMetric.NODE_MEMORY_ALARM, zeroOrOne(node.memoryAlarm()), labels);
    families.add(RabbitMqMetric.NODE_DISK_FREE, node.diskFreeBytes(), labels);
    families.add(RabbitMqMetric.NODE_DISK_FREE_LIMIT, node.diskFreeLimitBytes(), labels);
    families.add(RabbitMqMetric.NODE_DISK_ALARM, zeroOrOne(node.diskAlarm()), labels);
    families.add(RabbitMqMetric.NODE_FDS_OPEN, node.fileDescriptorsUsed(), labels);
    families.add(RabbitMqMetric.NODE_FDS_MAX, node.fileDescriptorsTotal(), labels);
    families.add(RabbitMqMetric.NODE_SOCKETS_OPEN, node.socketsUsed(), labels);
    families.add(RabbitMqMetric.NODE_SOCKETS_MAX, node.socketsTotal(), labels);
    families.add(RabbitMqMetric.NODE_PROCESSES_USED, node.processesUsed(), labels);
    families.add(RabbitMqMetric.NODE_PROCESSES_LIMIT, node.processesTotal(), labels);
    families.add(RabbitMqMetric.NODE_RUN_QUEUE, node.runQueue(), labels);
    if (node.uptimeMillis().isPresent()) {
      families.add(RabbitMqMetric.NODE_UPTIME, node.uptimeMillis().getAsLong() / 1e3, labels);
    }
    families.add(RabbitMqMetric.NODE_PARTITIONS, node.partitions(), labels);
  }

  private void addQueue(Queue queue) {
    String[] labels = {cluster, queue.id().vhost(), queue.id().name()};
    families.add(
        RabbitMqMetric.QUEUE_INFO,
        1,
        labels[0],
        labels[1],
        labels[2],
        queue.type(),
        queue.durable().map(String::valueOf).orElse(""),
        queue.policy());
    if (!queue.state().isEmpty()) {
      families.add(RabbitMqMetric.QUEUE_STATE, 1, labels[0], labels[1], labels[2], queue.state());
    }
    addContents(queue.contents(), labels);
    families.add(RabbitMqMetric.QUEUE_MEMORY, queue.memoryBytes(), labels);
    families.add(RabbitMqMetric.QUEUE_CONSUMERS, queue.consumers(), labels);
    families.add(RabbitMqMetric.QUEUE_CONSUMER_CAPACITY, queue.consumerCapacity(), labels);
    families.add(RabbitMqMetric.QUEUE_MEMBERS, queue.members(), labels);
    families.add(RabbitMqMetric.QUEUE_MEMBERS_ONLINE, queue.membersOnline(), labels);
    addCounters(queue.counters(), labels);
  }

  private void addContents(Contents contents, String... labels) {
    families.add(RabbitMqMetric.QUEUE_MESSAGES, contents.messages(), labels);
    families.add(RabbitMqMetric.QUEUE_MESSAGES_READY, contents.ready(), labels);
    families.add(RabbitMqMetric.QUEUE_MESSAGES_UNACKED, contents.unacknowledged(), labels);
    families.add(RabbitMqMetric.QUEUE_BYTES, contents.bytes(), labels);
    families.add(RabbitMqMetric.QUEUE_BYTES_READY, contents.readyBytes(), labels);
    families.add(RabbitMqMetric.QUEUE_BYTES_UNACKED, contents.unacknowledgedBytes(), labels);
    families.add(RabbitMqMetric.QUEUE_HEAD_TIMESTAMP, contents.headMessageEpochSeconds(), labels);
  }

  private void addCounters(Counters counters, String... labels) {
    families.add(RabbitMqMetric.QUEUE_PUBLISHED, counters.published(), labels);
    families.add(RabbitMqMetric.QUEUE_DELIVERED_ACK, counters.delivered(), labels);
    families.add(RabbitMqMetric.QUEUE_DELIVERED, counters.deliveredAutoAck(), labels);
    families.add(RabbitMqMetric.QUEUE_GET_ACK, counters.fetched(), labels);
    families.add(RabbitMqMetric.QUEUE_GET, counters.fetchedAutoAck(), labels);
    families.add(RabbitMqMetric.QUEUE_REDELIVERED, counters.redelivered(), labels);
    families.add(RabbitMqMetric.QUEUE_ACKED, counters.acknowledged(), labels);
  }

  private void addExchange(Exchange exchange) {
    String[] labels = {cluster, exchange.vhost(), exchange.name()};
    families.add(RabbitMqMetric.EXCHANGE_PUBLISHED, exchange.publishedIn(), labels);
    families.add(RabbitMqMetric.EXCHANGE_PUBLISHED_OUT, exchange.publishedOut(), labels);
  }

  private static OptionalInt zeroOrOne(Optional<Boolean> truth) {
    return truth.isPresent() ? OptionalInt.of(truth.get() ? 1 : 0) : OptionalInt.empty();
  }
}
