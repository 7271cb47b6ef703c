package io.mqexporter.rocketmq.vocabulary;

import io.mqexporter.metric.Granularity;
import io.mqexporter.metric.MetricDefinition;
import io.mqexporter.metric.MetricDescriptor;
import io.mqexporter.metric.MetricType;

/** The catalogue of rocketmq-exporter's families, but for those of the runtime figures. */
public enum RocketMqExporterMetric implements MetricDescriptor {
  GROUP_DIFF("group_diff", "Messages of a topic that a group has not consumed.", Kind.DIFF),
  GROUP_RETRY_DIFF(
      "group_retrydiff",
      "Messages that a group failed to consume and has not consumed again.",
      Kind.DIFF),
  GROUP_DLQ_DIFF("group_dlqdiff", "Messages held in a group's dead-letter topic.", Kind.DIFF),
  GROUP_COUNT("group_count", "Clients of a group that are connected.", Kind.GROUP),
  PRODUCER_COUNT(
      "producer_count", "Clients of a producer group that are connected.", Kind.BROKER_GROUP),
  DLQ_OFFSET(
      "topic_dlq_offset",
      "Sum of the end offsets of a group's dead-letter topic.",
      Kind.BROKER_GROUP),
  PRODUCER_OFFSET("producer_offset", "Sum of the end offsets of a topic.", Kind.BROKER_TOPIC),
  RETRY_OFFSET("topic_retry_offset", "Sum of the end offsets of a retry topic.", Kind.BROKER_TOPIC),
  PRODUCER_SIZE(
      "producer_message_size",
      "Bytes written to a topic a second, over a minute.",
      Kind.BROKER_TOPIC),
  PRODUCER_TPS(
      "producer_tps", "Messages written to a topic a second, over a minute.", Kind.BROKER_TOPIC),
  CONSUMER_TPS(
      "consumer_tps", "Messages that a group consumed a second, over a minute.", Kind.CONSUMPTION),
  CONSUMER_SIZE(
      "consumer_message_size", "Bytes given to a group a second, over a minute.", Kind.CONSUMPTION),
  SEND_BACK(
      "send_back_nums",
      "Messages that a group gave back a second because it failed to consume them, over a minute.",
      Kind.CONSUMPTION),
  GROUP_CONSUME_TPS(
      "group_consume_tps",
      "Messages that a group consumed a second, over a minute.",
      Kind.CONSUMPTION),
  CONSUMER_OFFSET("consumer_offset", "Sum of what a group has committed.", Kind.CONSUMPTION),
  GROUP_TOTAL_OFFSET(
      "group_consume_total_offset", "Sum of what a group has committed.", Kind.CONSUMPTION),
  LATENCY(
      "group_get_latency_by_storetime",
      "Age of the oldest message that a group has not consumed, in milliseconds.",
      Kind.CONSUMPTION),
  CLIENT_FAILED(
      "client_consume_fail_msg_count",
      "Messages that a client failed to consume within the last hour.",
      Kind.CLIENT),
  CLIENT_FAILED_TPS(
      "client_consume_fail_msg_tps",
      "Messages that a client failed to consume a second, over a minute.",
      Kind.CLIENT),
  CLIENT_OK_TPS(
      "client_consume_ok_msg_tps",
      "Messages that a client consumed a second, over a minute.",
      Kind.CLIENT),
  CLIENT_TIME("client_consume_rt", "Mean time to consume a message, in milliseconds.", Kind.CLIENT),
  CLIENT_PULL_TIME("client_consumer_pull_rt", "Mean time to pull, in milliseconds.", Kind.CLIENT),
  CLIENT_PULL_TPS(
      "client_consumer_pull_tps", "Messages pulled a second, over a minute.", Kind.CLIENT),
  BROKER_TPS("broker_tps", "Messages received a second, over a minute.", Kind.BROKER),
  BROKER_QPS("broker_qps", "Messages given to consumers a second, over a minute.", Kind.BROKER),
  COMMIT_LOG_DIFF(
      "broker_commitlog_diff",
      "Bytes of the master's commit log that a slave does not have.",
      Kind.BROKER);

  /** What a series stands for. */
  private enum Kind {
    DIFF(Granularity.DESTINATION, "group", "topic", "countOfOnlineConsumers", "msgModel"),
    GROUP(Granularity.DESTINATION, "caddr", "localaddr", "group"),
    BROKER_GROUP(Granularity.DESTINATION, "cluster", "broker", "group"),
    BROKER_TOPIC(Granularity.DESTINATION, "cluster", "broker", "topic"),
    CONSUMPTION(Granularity.DESTINATION, "cluster", "broker", "topic", "group"),
    CLIENT(Granularity.PARTITION, "clientAddr", "clientId", "group", "topic"),
    BROKER(Granularity.CLUSTER, "cluster", "brokerIP", "broker");

    private final Granularity granularity;
    private final String[] labels;

    Kind(Granularity granularity, String... labels) {
      this.granularity = granularity;
      this.labels = labels;
    }
  }

  private final MetricDefinition definition;

  RocketMqExporterMetric(String name, String help, Kind kind) {
    this.definition =
        MetricDefinition.ofCluster(
            "rocketmq_" + name, MetricType.GAUGE, help, kind.granularity, kind.labels);
  }

  @Override
  public MetricDefinition definition() {
    return definition;
  }
}
