package io.mqexporter.rabbitmq;

import io.mqexporter.metric.MetricDefinition;
import io.mqexporter.metric.MetricDescriptor;
import io.mqexporter.metric.MetricType;

/**
 * The catalogue of RabbitMQ's own families but those of nodes and queues. Names are those of the
 * broker's plugin {@code rabbitmq_prometheus} where the value means the same.
 */
public enum RabbitMqMetric implements MetricDescriptor {
  CONNECTIONS("rabbitmq_connections", MetricType.GAUGE, "Connections open in the whole cluster."),
  CHANNELS("rabbitmq_channels", MetricType.GAUGE, "Channels open in the whole cluster."),
  CONSUMERS("rabbitmq_consumers", MetricType.GAUGE, "Consumers in the whole cluster."),
  QUEUES("rabbitmq_queues", MetricType.GAUGE, "Queues in the whole cluster."),
  EXCHANGES("rabbitmq_exchanges", MetricType.GAUGE, "Exchanges in the whole cluster."),
  BUILD_INFO(
      "rabbitmq_build_info",
      MetricType.GAUGE,
      "Versions of the node that was asked; always 1.",
      "rabbitmq_version",
      "erlang_version"),
  IDENTITY_INFO(
      "rabbitmq_identity_info",
      MetricType.GAUGE,
      "Name that the cluster gives itself; always 1.",
      "rabbitmq_cluster"),
  EXCHANGE_PUBLISHED(
      "rabbitmq_exchange_messages_published_total",
      MetricType.COUNTER,
      "Messages published to an exchange.",
      Labels.VHOST,
      Labels.EXCHANGE),
  EXCHANGE_PUBLISHED_OUT(
      "rabbitmq_exchange_messages_published_out_total",
      MetricType.COUNTER,
      "Messages that an exchange routed on, one for each queue or exchange reached.",
      Labels.VHOST,
      Labels.EXCHANGE);

  private final MetricDefinition definition;

  RabbitMqMetric(String metricName, MetricType type, String help, String... ownLabels) {
    this.definition = Labels.define(metricName, type, help, ownLabels);
  }

  @Override
  public MetricDefinition definition() {
    return definition;
  }
}
