package io.mqexporter.rocketmq;

import static io.mqexporter.metric.MetricType.GAUGE;

import io.mqexporter.metric.MetricDefinition;
import io.mqexporter.metric.MetricDescriptor;
import io.mqexporter.metric.MetricType;

/**
 * The catalogue of the topics and consumer groups of RocketMQ. A name that RocketMQ 5 itself
 * exposes means the same here, except that a value which is not known is absent.
 */
public enum RocketMqMetric implements MetricDescriptor {
  TOPIC_INFO(
      "rocketmq_topic_info",
      GAUGE,
      "Always 1; the labels say what a topic is for (ordinary, retry, dead_letter, delay, system)"
          + " and which type of messages it takes, where the broker tells (from 5.0).",
      RocketMqLabels.TOPIC,
      "kind",
      "message_type"),
  TOPIC_READ_QUEUES(
      "rocketmq_topic_read_queues",
      GAUGE,
      "Queues of a topic that consumers read.",
      RocketMqLabels.TOPIC,
      RocketMqLabels.BROKER),
  TOPIC_WRITE_QUEUES(
      "rocketmq_topic_write_queues",
      GAUGE,
      "Queues of a topic that producers write.",
      RocketMqLabels.TOPIC,
      RocketMqLabels.BROKER),
  TOPIC_PERMISSION(
      "rocketmq_topic_permission",
      GAUGE,
      "What is allowed on a topic: the sum of 4 (read), 2 (write) and 1 (inherit).",
      RocketMqLabels.TOPIC,
      RocketMqLabels.BROKER),
  TOPIC_MAX_OFFSET(
      "rocketmq_topic_queue_max_offset",
      GAUGE,
      "Offset that the next message of a queue will get.",
      RocketMqLabels.TOPIC,
      RocketMqLabels.BROKER,
      RocketMqLabels.QUEUE),
  TOPIC_MIN_OFFSET(
      "rocketmq_topic_queue_min_offset",
      GAUGE,
      "Offset of the oldest message that a queue holds.",
      RocketMqLabels.TOPIC,
      RocketMqLabels.BROKER,
      RocketMqLabels.QUEUE),
  TOPIC_LAST_STORED(
      "rocketmq_topic_queue_last_message_timestamp_seconds",
      GAUGE,
      "When the last message of a queue was stored, in seconds since the epoch.",
      RocketMqLabels.TOPIC,
      RocketMqLabels.BROKER,
      RocketMqLabels.QUEUE),
  CONSUMER_COMMITTED(
      "rocketmq_consumer_queue_committed_offset",
      GAUGE,
      "Offset that a group has committed for a queue; absent where it never did.",
      RocketMqLabels.GROUP,
      RocketMqLabels.TOPIC,
      RocketMqLabels.BROKER,
      RocketMqLabels.QUEUE),
  CONSUMER_QUEUE_LAG(
      "rocketmq_consumer_queue_lag_messages",
      GAUGE,
      "Messages of a queue that a group has not consumed; absent where it never committed.",
      RocketMqLabels.GROUP,
      RocketMqLabels.TOPIC,
      RocketMqLabels.BROKER,
      RocketMqLabels.QUEUE),
  CONSUMER_LAG(
      "rocketmq_consumer_lag_messages",
      GAUGE,
      "Messages of a topic that a group has not consumed, whether it is online or not; absent for"
          + " broadcasting groups, which keep their offsets to themselves.",
      RocketMqLabels.GROUP,
      RocketMqLabels.TOPIC),
  CONSUMER_INFLIGHT(
      "rocketmq_consumer_inflight_messages",
      GAUGE,
      "Messages that a group has fetched and not consumed, where the broker tells (from 5.5; of"
          + " groups that pop their messages only with its popConsumerKVServiceEnable).",
      RocketMqLabels.GROUP,
      RocketMqLabels.TOPIC),
  CONSUMER_READY(
      "rocketmq_consumer_ready_messages",
      GAUGE,
      "Messages that a group could fetch and has not, where the broker tells (from 5.5).",
      RocketMqLabels.GROUP,
      RocketMqLabels.TOPIC),
  CONSUMER_TOPICS(
      "rocketmq_consumer_group_committed_topics",
      GAUGE,
      "Topics for which a group has committed anything; 0 for a group that never did.",
      RocketMqLabels.GROUP),
  CONSUMER_RETRY_HELD(
      "rocketmq_consumer_retry_messages",
      GAUGE,
      "Messages held in a group's retry topic, consumed or not; POP groups have one for each topic.",
      RocketMqLabels.GROUP,
      RocketMqLabels.TOPIC),
  CONSUMER_RETRY_LAG(
      "rocketmq_consumer_retry_lag_messages",
      GAUGE,
      "Messages that a group failed to consume and has not consumed again.",
      RocketMqLabels.GROUP,
      RocketMqLabels.TOPIC),
  CONSUMER_DEAD_LETTERS(
      "rocketmq_consumer_dead_letter_messages",
      GAUGE,
      "Messages held in a group's dead-letter topic.",
      RocketMqLabels.GROUP),
  CONSUMER_CONNECTIONS(
      "rocketmq_consumer_connections",
      GAUGE,
      "Clients of a group that are connected, by language, version and way of consuming.",
      RocketMqLabels.GROUP,
      "language",
      "version",
      "consume_mode"),
  PRODUCER_CONNECTIONS(
      "rocketmq_producer_connections",
      GAUGE,
      "Clients of a producer group that are connected, by language and version.",
      RocketMqLabels.PRODUCER_GROUP,
      "language",
      "version"),
  CLIENT_CONSUME(
      "rocketmq_client_consume_seconds",
      GAUGE,
      "Mean time that a client took to consume a message within the last minute, as it tells itself;"
          + " only with client_statistics.",
      RocketMqLabels.GROUP,
      RocketMqLabels.TOPIC,
      RocketMqLabels.CLIENT),
  CLIENT_FAILED(
      "rocketmq_client_failed_messages",
      GAUGE,
      "Messages that a client failed to consume within the last hour, as it tells itself, which counts"
          + " them every ten minutes; only with client_statistics.",
      RocketMqLabels.GROUP,
      RocketMqLabels.TOPIC,
      RocketMqLabels.CLIENT),
  CLIENT_FAILURES(
      "rocketmq_client_failures_per_second",
      GAUGE,
      "Messages a second that a client failed to consume within the last minute, as it tells itself,"
          + " which counts them every ten seconds; only with client_statistics.",
      RocketMqLabels.GROUP,
      RocketMqLabels.TOPIC,
      RocketMqLabels.CLIENT),
  CONSUMER_SUBSCRIPTIONS(
      "rocketmq_consumer_group_subscriptions",
      GAUGE,
      "Different sets of topics and expressions that the clients of a group were seen subscribed to"
          + " within five minutes; with more than one, the group misses messages. A broker knows one"
          + " expression for each topic; with client_statistics each client is asked.",
      RocketMqLabels.GROUP),
  CONSUMER_BROADCASTING(
      "rocketmq_consumer_group_broadcasting",
      GAUGE,
      "Whether each client of a group gets every message (1) or they share them (0).",
      RocketMqLabels.GROUP),
  CONSUMER_ENABLED(
      "rocketmq_consumer_group_consume_enabled",
      GAUGE,
      "Whether a group is allowed to consume (1) or not (0).",
      RocketMqLabels.GROUP,
      RocketMqLabels.BROKER);

  private final MetricDefinition definition;

  RocketMqMetric(String metricName, MetricType type, String help, String... ownLabels) {
    this.definition = RocketMqLabels.define(metricName, type, help, ownLabels);
  }

  @Override
  public MetricDefinition definition() {
    return definition;
  }
}
