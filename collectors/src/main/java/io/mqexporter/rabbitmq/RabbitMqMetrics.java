package io.mqexporter.rabbitmq;

import io.mqexporter.messaging.BrokerMetric;
import io.mqexporter.metric.MetricFamilies;
import io.mqexporter.metric.MetricFamily;
import io.mqexporter.rabbitmq.snapshot.Node;
import io.mqexporter.rabbitmq.snapshot.NodeNumber;
import io.mqexporter.rabbitmq.snapshot.RabbitMqSnapshot;
import io.mqexporter.rabbitmq.snapshot.RabbitMqSnapshot.Exchange;
import io.mqexporter.rabbitmq.snapshot.RabbitMqSnapshot.Overview;
import io.mqexporter.rabbitmq.snapshot.Vhost;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Renders a snapshot as the {@code rabbitmq_*} families. */
final class RabbitMqMetrics {

  private static final Map<NodeNumber, BrokerMetric> RESOURCES =
      new EnumMap<>(
          Map.of(
              NodeNumber.MEMORY_USED, BrokerMetric.MEMORY_USED,
              NodeNumber.MEMORY_LIMIT, BrokerMetric.MEMORY_LIMIT,
              NodeNumber.DISK_FREE, BrokerMetric.DISK_FREE,
              NodeNumber.IO_READ_BYTES, BrokerMetric.DISK_READ,
              NodeNumber.IO_WRITE_BYTES, BrokerMetric.DISK_WRITTEN,
              NodeNumber.FILES_OPEN, BrokerMetric.OPEN_FDS,
              NodeNumber.FILES_MAX, BrokerMetric.MAX_FDS));

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
    snapshot.vhosts().forEach(metrics::addVhost);
    var queues = new QueueMetrics(cluster, metrics.families);
    snapshot.queues().orElse(List.of()).forEach(queues::add);
    snapshot.exchanges().forEach(metrics::addExchange);
    return metrics.families.toList();
  }

  /** Returns 1 for what is true and 0 for what is not. */
  static OptionalInt zeroOrOne(Optional<Boolean> truth) {
    return truth.isPresent() ? OptionalInt.of(truth.get() ? 1 : 0) : OptionalInt.empty();
  }

  private void addOverview(Overview overview) {
    families.add(RabbitMqMetric.CONNECTIONS, overview.connections(), cluster);
    families.add(RabbitMqMetric.CHANNELS, overview.channels(), cluster);
    families.add(RabbitMqMetric.CONSUMERS, overview.consumers(), cluster);
    families.add(RabbitMqMetric.QUEUES, overview.queues(), cluster);
    families.add(RabbitMqMetric.EXCHANGES, overview.exchanges(), cluster);
    if (overview.equals(Overview.UNKNOWN)) {
      return;
    }
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
    families.add(RabbitMqNodeMetric.RUNNING, zeroOrOne(node.running()), labels);
    families.add(RabbitMqNodeMetric.BEING_DRAINED, zeroOrOne(node.beingDrained()), labels);
    families.add(RabbitMqNodeMetric.PARTITIONS, node.partitions(), labels);
    families.add(RabbitMqNodeMetric.MEMORY_ALARM, zeroOrOne(node.memoryAlarm()), labels);
    families.add(RabbitMqNodeMetric.DISK_ALARM, zeroOrOne(node.diskAlarm()), labels);
    for (RabbitMqNodeMetric metric : RabbitMqNodeMetric.values()) {
      OptionalLong value = metric.number().map(node.numbers()::get).orElse(OptionalLong.empty());
      if (value.isPresent()) {
        families.add(metric, value.getAsLong() / metric.perUnit(), labels);
      }
    }
    RESOURCES.forEach((number, metric) ->
        families.add(metric, node.numbers().get(number), "rabbitmq", cluster, node.name()));
  }

  private void addVhost(Vhost vhost) {
    vhost
        .states()
        .forEach((node, state) ->
            families.add(
                RabbitMqVhostMetric.RUNNING,
                state.equals("running") ? 1 : 0,
                cluster,
                vhost.name(),
                node));
    for (RabbitMqVhostMetric metric : RabbitMqVhostMetric.values()) {
      OptionalLong value = metric.number().map(vhost.numbers()::get).orElse(OptionalLong.empty());
      if (value.isPresent()) {
        families.add(metric, value, cluster, vhost.name());
      }
    }
  }

  private void addExchange(Exchange exchange) {
    String[] labels = {cluster, exchange.vhost(), exchange.name()};
    families.add(RabbitMqMetric.EXCHANGE_PUBLISHED, exchange.publishedIn(), labels);
    families.add(RabbitMqMetric.EXCHANGE_PUBLISHED_OUT, exchange.publishedOut(), labels);
  }
}
