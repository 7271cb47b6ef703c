package io.mqexporter.rabbitmq;

import io.mqexporter.metric.Granularity;
import io.mqexporter.metric.MetricDefinition;
import io.mqexporter.metric.MetricType;
import java.util.List;
import java.util.stream.Stream;

/** The labels that RabbitMQ's families have in common; each has the first. */
final class Labels {

  static final String CLUSTER = "messaging_cluster";
  static final String NODE = "rabbitmq_node";
  static final String VHOST = "vhost";
  static final String QUEUE = "queue";
  static final String EXCHANGE = "exchange";

  private Labels() {}

  /** Returns the definition of a metric with these labels after the cluster's. */
  static MetricDefinition define(
      String metricName, MetricType type, String help, String... ownLabels) {
    List<String> labels = Stream.concat(Stream.of(CLUSTER), Stream.of(ownLabels)).toList();
    Granularity granularity =
        labels.contains(QUEUE) || labels.contains(EXCHANGE)
            ? Granularity.DESTINATION
            : Granularity.CLUSTER;
    return new MetricDefinition(metricName, type, help, labels, granularity);
  }
}
