package io.mqexporter.rabbitmq.vocabulary;

import io.mqexporter.metric.MetricDescriptor;
import io.mqexporter.metric.MetricFamilies;
import io.mqexporter.metric.MetricFamily;
import io.mqexporter.rabbitmq.snapshot.Details;
import io.mqexporter.rabbitmq.snapshot.MemoryNumber;
import io.mqexporter.rabbitmq.snapshot.Node;
import io.mqexporter.rabbitmq.snapshot.NodeNumber;
import io.mqexporter.rabbitmq.snapshot.Numbers;
import io.mqexporter.rabbitmq.snapshot.Queue;
import io.mqexporter.rabbitmq.snapshot.QueueLimits;
import io.mqexporter.rabbitmq.snapshot.QueueNumber;
import io.mqexporter.rabbitmq.snapshot.RabbitMqSnapshot;
import io.mqexporter.rabbitmq.snapshot.RabbitMqSnapshot.Exchange;
import io.mqexporter.rabbitmq.snapshot.RabbitMqSnapshot.Overview;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Renders a cluster as rabbitmq_exporter does. Each thing stands once, whichever node was asked, so
 * that all of it is the label {@code self="1"} by which that exporter's dashboards avoid seeing the
 * same from several exporters.
 */
final class RabbitMqExporterMetrics {

  private static final String SELF = "1";
  private static final Set<String> GOOD_STATES = Set.of("running", "idle");

  private final String target;
  private final String cluster;
  private final MetricFamilies families = new MetricFamilies();

  private RabbitMqExporterMetrics(String target, String cluster) {
    this.target = target;
    this.cluster = cluster;
  }

  static List<MetricFamily> of(
      String target, RabbitMqSnapshot snapshot, Details details, boolean whole) {
    var metrics = new RabbitMqExporterMetrics(target, snapshot.overview().clusterName());
    metrics.families.add(RabbitMqExporterMetric.UP, whole ? 1 : 0, metrics.labels());
    metrics.addOverview(snapshot.overview());
    snapshot.queues().orElse(List.of()).forEach(metrics::addQueue);
    snapshot.exchanges().forEach(metrics::addExchange);
    snapshot.nodes().forEach(metrics::addNode);
    details
        .memory()
        .forEach((node, numbers) ->
            metrics.addNumbers(MemoryNumber.class, numbers, metrics.labels(node, SELF)));
    metrics.addLinks(details);
    return metrics.families.toList();
  }

  static List<MetricFamily> unavailable(String target) {
    var families = new MetricFamilies();
    families.add(RabbitMqExporterMetric.UP, 0, target, "");
    return families.toList();
  }

  private void addOverview(Overview overview) {
    families.add(
        RabbitMqExporterMetric.VERSION,
        1,
        labels(overview.rabbitMqVersion(), overview.erlangVersion()));
    families.add(RabbitMqExporterMetric.CONNECTIONS, overview.connections(), labels());
    families.add(RabbitMqExporterMetric.CHANNELS, overview.channels(), labels());
    families.add(RabbitMqExporterMetric.CONSUMERS, overview.consumers(), labels());
    families.add(RabbitMqExporterMetric.QUEUES, overview.queues(), labels());
    families.add(RabbitMqExporterMetric.EXCHANGES, overview.exchanges(), labels());
  }

  private void addQueue(Queue queue) {
    String durable = queue.declaration().durable().map(String::valueOf).orElse("");
    List<String> labels =
        labels(queue.id().vhost(), queue.id().name(), durable, queue.declaration().policy(), SELF);
    addNumbers(QueueNumber.class, queue.numbers(), labels);
    families.add(RabbitMqExporterMetric.UTILISATION, queue.consumerCapacity(), labels);
    families.add(RabbitMqExporterMetric.MEMBERS, queue.replicas().members(), labels);
    families.add(RabbitMqExporterMetric.ONLINE, queue.replicas().online(), labels);
    QueueLimits limits = QueueLimits.of(queue);
    families.add(RabbitMqExporterMetric.MAX_LENGTH, limits.messages(), labels);
    families.add(RabbitMqExporterMetric.MAX_LENGTH_BYTES, limits.bytes(), labels);
    if (!queue.state().isEmpty()) {
      families.add(
          RabbitMqExporterMetric.STATE,
          GOOD_STATES.contains(queue.state()) ? 1 : 0,
          MetricFamilies.and(labels, queue.state()));
    }
  }

  private void addExchange(Exchange exchange) {
    List<String> labels = labels(exchange.vhost(), exchange.name());
    families.add(RabbitMqExporterMetric.EXCHANGE_PUBLISHED, exchange.publishedIn(), labels);
    families.add(RabbitMqExporterMetric.EXCHANGE_IN, exchange.publishedIn(), labels);
    families.add(RabbitMqExporterMetric.EXCHANGE_OUT, exchange.publishedOut(), labels);
  }

  private void addNode(Node node) {
    List<String> labels = labels(node.name(), SELF);
    addNumbers(NodeNumber.class, node.numbers(), labels);
    addTruth(RabbitMqExporterMetric.RUNNING, node.running(), labels);
    addTruth(RabbitMqExporterMetric.MEM_ALARM, node.memoryAlarm(), labels);
    addTruth(RabbitMqExporterMetric.DISK_ALARM, node.diskAlarm(), labels);
    families.add(RabbitMqExporterMetric.PARTITIONS, node.partitions(), labels);
  }

  private void addLinks(Details details) {
    for (Details.Shovel shovel : details.shovels()) {
      families.add(
          RabbitMqExporterMetric.SHOVEL,
          1,
          labels(shovel.vhost(), shovel.name(), shovel.type(), SELF, shovel.state()));
    }
    for (Details.FederationLink link : details.federationLinks()) {
      families.add(
          RabbitMqExporterMetric.FEDERATION,
          1,
          labels(link.vhost(), link.queue(), link.exchange(), SELF, link.state()));
    }
  }

  private <K extends Enum<K> & Numbers.Kind> void addNumbers(
      Class<K> kind, Numbers<K> numbers, List<String> labels) {
    for (RabbitMqExporterMetric metric : RabbitMqExporterMetric.values()) {
      metric.number(kind).ifPresent(number -> families.add(metric, numbers.get(number), labels));
    }
  }

  private void addTruth(MetricDescriptor metric, Optional<Boolean> truth, List<String> labels) {
    truth.ifPresent(known -> families.add(metric, known ? 1 : 0, labels));
  }

  private List<String> labels(String... further) {
    return MetricFamilies.and(List.of(target, cluster), further);
  }
}
