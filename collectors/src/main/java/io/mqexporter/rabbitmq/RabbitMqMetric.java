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
      Labels.EXCHANGE),
  USER_CONNECTIONS(
      "rabbitmq_user_connections",
      MetricType.GAUGE,
      "Connections of a user that are in a state, such as running, blocked or flow; those of plugins have none.",
      Labels.VHOST,
      "user",
      "state"),
  USER_CHANNELS(
      "rabbitmq_user_channels",
      MetricType.GAUGE,
      "Channels of a user that are in a state.",
      Labels.VHOST,
      "user",
      "state"),
  HEALTH_CHECK_OK(
      "rabbitmq_health_check_ok",
      MetricType.GAUGE,
      "Whether a health check of the node that was asked succeeds (1) or not (0).",
      "check"),
  CERTIFICATE_EXPIRY(
      "rabbitmq_listener_certificate_expiry_timestamp_seconds",
      MetricType.GAUGE,
      "When a listener's own certificate, or an authority that it checks clients by, expires, in seconds since the epoch; of the node that was asked, within a hundred years.",
      Labels.NODE,
      "protocol",
      "port",
      "certificate"),
  SHOVEL_STATE(
      "rabbitmq_shovel_state",
      MetricType.GAUGE,
      "State of a shovel, such as running, starting or terminated; always 1.",
      Labels.VHOST,
      "shovel",
      "shovel_type",
      "state"),
  FEDERATION_LINK_STATE(
      "rabbitmq_federation_link_state",
      MetricType.GAUGE,
      "State of the link of an exchange or queue to an upstream, such as running, starting or error; always 1.",
      Labels.VHOST,
      "upstream",
      Labels.EXCHANGE,
      Labels.QUEUE,
      "state"),
  POLICY_PRIORITY(
      "rabbitmq_policy_priority",
      MetricType.GAUGE,
      "Priority of a policy: the one with the highest whose pattern matches applies.",
      Labels.VHOST,
      "policy",
      "pattern",
      "apply_to"),
  OPERATOR_POLICY_PRIORITY(
      "rabbitmq_operator_policy_priority",
      MetricType.GAUGE,
      "Priority of an operator policy, which bounds what users may set.",
      Labels.VHOST,
      "policy",
      "pattern",
      "apply_to"),
  FEATURE_FLAG_ENABLED(
      "rabbitmq_feature_flag_enabled",
      MetricType.GAUGE,
      "Whether a feature flag is on (1) or off (0), which may stop the next upgrade; absent where the release tells administrators only.",
      "feature_flag",
      "stability"),
  DEPRECATED_FEATURE_USED(
      "rabbitmq_deprecated_feature_used",
      MetricType.GAUGE,
      "1 for each deprecated feature that is in use, with how far its removal has got; since RabbitMQ 3.13.",
      "feature",
      "phase");

  private final MetricDefinition definition;

  RabbitMqMetric(String metricName, MetricType type, String help, String... ownLabels) {
    this.definition = Labels.define(metricName, type, help, ownLabels);
  }

  @Override
  public MetricDefinition definition() {
    return definition;
  }
}
