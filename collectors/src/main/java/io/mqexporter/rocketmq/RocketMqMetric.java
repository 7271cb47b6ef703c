package io.mqexporter.rocketmq;

import static io.mqexporter.metric.MetricType.COUNTER;
import static io.mqexporter.metric.MetricType.GAUGE;

import io.mqexporter.metric.Granularity;
import io.mqexporter.metric.MetricDefinition;
import io.mqexporter.metric.MetricDescriptor;
import io.mqexporter.metric.MetricType;
import java.util.List;
import java.util.stream.Stream;

/**
 * The catalogue of the families that only RocketMQ has. A name that RocketMQ 5 itself exposes means
 * the same here, except that a value which is not known is absent.
 */
public enum RocketMqMetric implements MetricDescriptor {
  BROKER_UP(
      "rocketmq_broker_up",
      GAUGE,
      "Whether a broker that is registered with the name server answered (1) or not (0).",
      Labels.BROKER,
      Labels.BROKER_ID),
  BROKER_INFO(
      "rocketmq_broker_info",
      GAUGE,
      "Always 1; the labels say what a broker is.",
      Labels.BROKER,
      Labels.BROKER_ID,
      "role",
      "rocketmq_cluster",
      "address",
      "version"),
  BROKER_START(
      "rocketmq_broker_start_time_seconds",
      GAUGE,
      "When the broker's store was started, in seconds since the epoch.",
      Labels.BROKER,
      Labels.BROKER_ID),
  BROKER_MESSAGES_IN(
      "rocketmq_broker_messages_in_total",
      COUNTER,
      "Messages received since the broker started; RocketMQ 5 leaves out system topics.",
      Labels.BROKER,
      Labels.BROKER_ID),
  BROKER_MESSAGES_OUT(
      "rocketmq_broker_messages_out_total",
      COUNTER,
      "Messages given to consumers since the broker started; RocketMQ 5 leaves out system topics.",
      Labels.BROKER,
      Labels.BROKER_ID),
  STORAGE_MESSAGES(
      "rocketmq_storage_stored_messages_total",
      COUNTER,
      "Messages written to the commit log since the broker started, those of the system included.",
      Labels.BROKER,
      Labels.BROKER_ID),
  STORAGE_BYTES(
      "rocketmq_storage_stored_bytes_total",
      COUNTER,
      "Bytes of messages written to the commit log since the broker started.",
      Labels.BROKER,
      Labels.BROKER_ID),
  STORAGE_FAILURES(
      "rocketmq_storage_failures_total",
      COUNTER,
      "Messages that could not be written to the commit log since the broker started.",
      Labels.BROKER,
      Labels.BROKER_ID),
  STORAGE_LATENCY(
      "rocketmq_storage_latency_seconds",
      GAUGE,
      "Time to write a message, at a percentile of the broker's last sampling period.",
      Labels.BROKER,
      Labels.BROKER_ID,
      "percentile"),
  STORAGE_DISPATCH_BEHIND(
      "rocketmq_storage_dispatch_behind_bytes",
      GAUGE,
      "Bytes of the commit log that the consume queues do not contain yet.",
      Labels.BROKER,
      Labels.BROKER_ID),
  STORAGE_LOCK(
      "rocketmq_storage_page_cache_lock_seconds",
      GAUGE,
      "How long the write that is under way has held the commit log's lock; 0 if there is none.",
      Labels.BROKER,
      Labels.BROKER_ID),
  STORAGE_MIN_OFFSET(
      "rocketmq_storage_commit_log_min_offset_bytes",
      GAUGE,
      "Position at which the commit log begins.",
      Labels.BROKER,
      Labels.BROKER_ID),
  STORAGE_MAX_OFFSET(
      "rocketmq_storage_commit_log_max_offset_bytes",
      GAUGE,
      "Position at which the commit log ends.",
      Labels.BROKER,
      Labels.BROKER_ID),
  STORAGE_EARLIEST(
      "rocketmq_storage_earliest_message_timestamp_seconds",
      GAUGE,
      "When the oldest message in the commit log was stored, in seconds since the epoch.",
      Labels.BROKER,
      Labels.BROKER_ID),
  STORAGE_DISK_USED(
      "rocketmq_storage_disk_used_ratio",
      GAUGE,
      "Used share of the disk that holds the commit log or the consume queues.",
      Labels.BROKER,
      Labels.BROKER_ID,
      "store"),
  PROCESSOR_WATERMARK(
      "rocketmq_processor_watermark",
      GAUGE,
      "Requests that wait in a processor's queue: a number, not a percentage.",
      Labels.BROKER,
      Labels.BROKER_ID,
      Labels.PROCESSOR),
  PROCESSOR_CAPACITY(
      "rocketmq_processor_queue_capacity",
      GAUGE,
      "Requests that a processor's queue has room for.",
      Labels.BROKER,
      Labels.BROKER_ID,
      Labels.PROCESSOR),
  PROCESSOR_HEAD_WAIT(
      "rocketmq_processor_head_wait_seconds",
      GAUGE,
      "How long the first request in a processor's queue has waited.",
      Labels.BROKER,
      Labels.BROKER_ID,
      Labels.PROCESSOR),
  TIMER_ENQUEUE_LAG(
      "rocketmq_timer_enqueue_lag",
      GAUGE,
      "Timed messages that the timer wheel has not taken in yet.",
      Labels.BROKER,
      Labels.BROKER_ID),
  TIMER_DEQUEUE_LATENCY(
      "rocketmq_timer_dequeue_latency_seconds",
      GAUGE,
      "How far the timer wheel is behind the clock.",
      Labels.BROKER,
      Labels.BROKER_ID),
  SCHEDULE_LAG(
      "rocketmq_schedule_lag_messages",
      GAUGE,
      "Messages of a delay level that were not delivered yet, most of them not due yet.",
      Labels.BROKER,
      Labels.BROKER_ID,
      "delay_level"),
  TOPICS(
      "rocketmq_topic_number",
      GAUGE,
      "Topics of a broker, its own included, without those that the configuration leaves out.",
      Labels.BROKER),
  GROUPS(
      "rocketmq_consumer_group_number",
      GAUGE,
      "Consumer groups of a broker, its own included, without those that the configuration leaves"
          + " out.",
      Labels.BROKER),
  TOPIC_READ_QUEUES(
      "rocketmq_topic_read_queues",
      GAUGE,
      "Queues of a topic that consumers read.",
      Labels.TOPIC,
      Labels.BROKER),
  TOPIC_WRITE_QUEUES(
      "rocketmq_topic_write_queues",
      GAUGE,
      "Queues of a topic that producers write.",
      Labels.TOPIC,
      Labels.BROKER),
  TOPIC_PERMISSION(
      "rocketmq_topic_permission",
      GAUGE,
      "What is allowed on a topic: the sum of 4 (read), 2 (write) and 1 (inherit).",
      Labels.TOPIC,
      Labels.BROKER),
  TOPIC_MAX_OFFSET(
      "rocketmq_topic_queue_max_offset",
      GAUGE,
      "Offset that the next message of a queue will get.",
      Labels.TOPIC,
      Labels.BROKER,
      Labels.QUEUE),
  TOPIC_MIN_OFFSET(
      "rocketmq_topic_queue_min_offset",
      GAUGE,
      "Offset of the oldest message that a queue holds.",
      Labels.TOPIC,
      Labels.BROKER,
      Labels.QUEUE),
  TOPIC_LAST_STORED(
      "rocketmq_topic_queue_last_message_timestamp_seconds",
      GAUGE,
      "When the last message of a queue was stored, in seconds since the epoch.",
      Labels.TOPIC,
      Labels.BROKER,
      Labels.QUEUE),
  CONSUMER_COMMITTED(
      "rocketmq_consumer_queue_committed_offset",
      GAUGE,
      "Offset that a group has committed for a queue; absent where it never did.",
      Labels.GROUP,
      Labels.TOPIC,
      Labels.BROKER,
      Labels.QUEUE),
  CONSUMER_QUEUE_LAG(
      "rocketmq_consumer_queue_lag_messages",
      GAUGE,
      "Messages of a queue that a group has not consumed; absent where it never committed.",
      Labels.GROUP,
      Labels.TOPIC,
      Labels.BROKER,
      Labels.QUEUE),
  CONSUMER_LAG(
      "rocketmq_consumer_lag_messages",
      GAUGE,
      "Messages of a topic that a group has not consumed, whether it is online or not; absent for"
          + " broadcasting groups, which keep their offsets to themselves.",
      Labels.GROUP,
      Labels.TOPIC),
  CONSUMER_INFLIGHT(
      "rocketmq_consumer_inflight_messages",
      GAUGE,
      "Messages that a group has fetched and not consumed, where the broker tells (from 5.5).",
      Labels.GROUP,
      Labels.TOPIC),
  CONSUMER_TOPICS(
      "rocketmq_consumer_group_committed_topics",
      GAUGE,
      "Topics for which a group has committed anything; 0 for a group that never did.",
      Labels.GROUP),
  CONSUMER_RETRY_HELD(
      "rocketmq_consumer_retry_messages",
      GAUGE,
      "Messages held in a group's retry topic, consumed or not; POP groups have one for each topic.",
      Labels.GROUP,
      Labels.TOPIC),
  CONSUMER_RETRY_LAG(
      "rocketmq_consumer_retry_lag_messages",
      GAUGE,
      "Messages that a group failed to consume and has not consumed again.",
      Labels.GROUP,
      Labels.TOPIC),
  CONSUMER_DEAD_LETTERS(
      "rocketmq_consumer_dead_letter_messages",
      GAUGE,
      "Messages held in a group's dead-letter topic.",
      Labels.GROUP),
  CONSUMER_CONNECTIONS(
      "rocketmq_consumer_connections",
      GAUGE,
      "Clients of a group that are connected, by language and way of consuming.",
      Labels.GROUP,
      "language",
      "consume_mode"),
  CONSUMER_BROADCASTING(
      "rocketmq_consumer_group_broadcasting",
      GAUGE,
      "Whether each client of a group gets every message (1) or they share them (0).",
      Labels.GROUP),
  CONSUMER_ENABLED(
      "rocketmq_consumer_group_consume_enabled",
      GAUGE,
      "Whether a group is allowed to consume (1) or not (0).",
      Labels.GROUP,
      Labels.BROKER);

  private static final class Labels {
    static final String CLUSTER = "messaging_cluster";
    static final String BROKER = "broker";
    static final String BROKER_ID = "broker_id";
    static final String TOPIC = "topic";
    static final String QUEUE = "queue_id";
    static final String GROUP = "consumer_group";
    static final String PROCESSOR = "processor";
  }

  private final MetricDefinition definition;

  RocketMqMetric(String metricName, MetricType type, String help, String... ownLabels) {
    List<String> labels = Stream.concat(Stream.of(Labels.CLUSTER), Stream.of(ownLabels)).toList();
    this.definition = new MetricDefinition(metricName, type, help, labels, granularity(labels));
  }

  @Override
  public MetricDefinition definition() {
    return definition;
  }

  private static Granularity granularity(List<String> labels) {
    if (labels.contains(Labels.QUEUE) || labels.contains("client_id")) {
      return Granularity.PARTITION;
    }
    return labels.contains(Labels.TOPIC) || labels.contains(Labels.GROUP)
        ? Granularity.DESTINATION
        : Granularity.CLUSTER;
  }
}
