package io.mqexporter.rabbitmq;

import io.mqexporter.metric.Granularity;
import io.mqexporter.metric.MetricDefinition;
import io.mqexporter.metric.MetricType;
import java.util.List;

/** The labels that RabbitMQ's families have in common beside the cluster's. */
final class Labels {

  static final String NODE = "rabbitmq_node";
  static final String VHOST = "vhost";
  static final String QUEUE = "queue";
  static final String EXCHANGE = "exchange";

  private Labels() {}

  /** Returns the definition of a metric with these labels after the cluster's. */
  static MetricDefinition define(
      String metricName, MetricType type, String help, String... ownLabels) {
    List<String> labels = List.of(ownLabels);
    Granularity granularity =
        labels.contains(QUEUE) || labels.contains(EXCHANGE)
            ? Granularity.DESTINATION
            : Granularity.CLUSTER;
    return MetricDefinition.ofCluster(metricName, type, help, granularity, ownLabels);
  }
}
