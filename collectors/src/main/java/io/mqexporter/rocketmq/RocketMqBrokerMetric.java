package io.mqexporter.rocketmq;

import static io.mqexporter.metric.MetricType.COUNTER;
import static io.mqexporter.metric.MetricType.GAUGE;

import io.mqexporter.metric.MetricDefinition;
import io.mqexporter.metric.MetricDescriptor;
import io.mqexporter.metric.MetricType;

/**
 * The catalogue of what only RocketMQ's servers tell of themselves. A name that RocketMQ 5 itself
 * exposes means the same here, except that a value which is not known is absent.
 */
public enum RocketMqBrokerMetric implements MetricDescriptor {
  NAME_SERVER_UP(
      "rocketmq_name_server_up",
      GAUGE,
      "Whether a name server answered (1) or not (0).",
      RocketMqLabels.NAME_SERVER),
  NAME_SERVER_BROKERS(
      "rocketmq_name_server_brokers",
      GAUGE,
      "Masters and slaves that are registered with a name server.",
      RocketMqLabels.NAME_SERVER),
  NAME_SERVER_UNKNOWN(
      "rocketmq_name_server_unknown_brokers",
      GAUGE,
      "Masters and slaves that another name server knows and this one does not, or at another"
          + " address.",
      RocketMqLabels.NAME_SERVER),
  CONTROLLER_UP(
      "rocketmq_controller_up",
      GAUGE,
      "Whether a controller answered (1) or not (0).",
      RocketMqLabels.CONTROLLER),
  CONTROLLER_LEADER(
      "rocketmq_controller_leader",
      GAUGE,
      "Whether a controller leads its group, so that it elects masters (1) or not (0).",
      RocketMqLabels.CONTROLLER),
  ENDPOINT_UP(
      "rocketmq_metrics_endpoint_up",
      GAUGE,
      "Whether a broker, proxy or controller told its own metrics (1) or not (0); only of those whose"
          + " addresses are configured.",
      RocketMqLabels.ENDPOINT),
  BROKER_UP(
      "rocketmq_broker_up",
      GAUGE,
      "Whether a broker answered (1) or not (0); one that is no longer registered counts for an"
          + " hour as one that did not.",
      RocketMqLabels.BROKER,
      RocketMqLabels.BROKER_ID),
  BROKER_INFO(
      "rocketmq_broker_info",
      GAUGE,
      "Always 1; the labels say what a broker is.",
      RocketMqLabels.BROKER,
      RocketMqLabels.BROKER_ID,
      "role",
      "rocketmq_cluster",
      "address",
      "version"),
  BROKER_START(
      "rocketmq_broker_start_time_seconds",
      GAUGE,
      "When the broker's store was started, in seconds since the epoch.",
      RocketMqLabels.BROKER,
      RocketMqLabels.BROKER_ID),
  BROKER_MESSAGES_IN(
      "rocketmq_broker_messages_in_total",
      COUNTER,
      "Messages received since the broker started; RocketMQ 5 leaves out system topics.",
      RocketMqLabels.BROKER,
      RocketMqLabels.BROKER_ID),
  BROKER_MESSAGES_OUT(
      "rocketmq_broker_messages_out_total",
      COUNTER,
      "Messages given to consumers since the broker started; RocketMQ 5 leaves out system topics.",
      RocketMqLabels.BROKER,
      RocketMqLabels.BROKER_ID),
  BROKER_PERMISSION(
      "rocketmq_broker_permission",
      GAUGE,
      "What the name server allows on a broker: the sum of 4 (read) and 2 (write).",
      RocketMqLabels.BROKER),
  BROKER_ACTIVE(
      "rocketmq_broker_special_services_running",
      GAUGE,
      "Whether a broker delivers delayed messages and checks transactions (1) or not (0): masters,"
          + " and slaves that stand in for one.",
      RocketMqLabels.BROKER,
      RocketMqLabels.BROKER_ID),
  BROKER_ACCEPTS(
      "rocketmq_broker_accepts_messages_timestamp_seconds",
      GAUGE,
      "Until when a broker refuses messages after its start, in seconds since the epoch.",
      RocketMqLabels.BROKER,
      RocketMqLabels.BROKER_ID),
  REPLICATION_LAG(
      "rocketmq_broker_replication_lag_bytes",
      GAUGE,
      "Bytes of the master's commit log that a slave does not have; as the master tells, or, where"
          + " it does not, the difference of their logs.",
      RocketMqLabels.BROKER,
      RocketMqLabels.BROKER_ID),
  REPLICATION_IN_SYNC(
      "rocketmq_broker_replication_in_sync",
      GAUGE,
      "Whether a slave is connected to its master and close enough behind (1) or not (0), from 5.0.",
      RocketMqLabels.BROKER,
      RocketMqLabels.BROKER_ID),
  SLAVES_CONNECTED(
      "rocketmq_broker_slaves_connected",
      GAUGE,
      "Slaves that are connected to a master, from 5.0.",
      RocketMqLabels.BROKER),
  SLAVES_IN_SYNC(
      "rocketmq_broker_slaves_in_sync",
      GAUGE,
      "Slaves that are connected to a master and close enough behind, from 5.0.",
      RocketMqLabels.BROKER),
  STORAGE_MESSAGES(
      "rocketmq_storage_stored_messages_total",
      COUNTER,
      "Messages written to the commit log since the broker started, those of the system included.",
      RocketMqLabels.BROKER,
      RocketMqLabels.BROKER_ID),
  STORAGE_BYTES(
      "rocketmq_storage_stored_bytes_total",
      COUNTER,
      "Bytes of messages written to the commit log since the broker started.",
      RocketMqLabels.BROKER,
      RocketMqLabels.BROKER_ID),
  STORAGE_FAILURES(
      "rocketmq_storage_failures_total",
      COUNTER,
      "Messages that could not be written to the commit log since the broker started.",
      RocketMqLabels.BROKER,
      RocketMqLabels.BROKER_ID),
  STORAGE_LATENCY(
      "rocketmq_storage_latency_seconds",
      GAUGE,
      "Time to write a message, at a percentile of the broker's last sampling period.",
      RocketMqLabels.BROKER,
      RocketMqLabels.BROKER_ID,
      "percentile"),
  STORAGE_PUT_MAX(
      "rocketmq_storage_put_max_seconds",
      GAUGE,
      "Longest time that writing a message has taken since the broker started.",
      RocketMqLabels.BROKER,
      RocketMqLabels.BROKER_ID),
  STORAGE_GET_MAX(
      "rocketmq_storage_get_max_seconds",
      GAUGE,
      "Longest time that reading messages has taken since the broker started.",
      RocketMqLabels.BROKER,
      RocketMqLabels.BROKER_ID),
  STORAGE_FLUSH_BEHIND(
      "rocketmq_storage_flush_behind_bytes",
      GAUGE,
      "Bytes that were not flushed to disk yet, as rounded by the broker.",
      RocketMqLabels.BROKER,
      RocketMqLabels.BROKER_ID),
  STORAGE_COMMIT_BEHIND(
      "rocketmq_storage_commit_behind_bytes",
      GAUGE,
      "Bytes that the transient store pool has not given to the page cache yet, as rounded by the"
          + " broker; absent without such a pool.",
      RocketMqLabels.BROKER,
      RocketMqLabels.BROKER_ID),
  STORAGE_BUFFERS(
      "rocketmq_storage_transient_buffers_available",
      GAUGE,
      "Free buffers of the transient store pool; absent without such a pool.",
      RocketMqLabels.BROKER,
      RocketMqLabels.BROKER_ID),
  STORAGE_DISK_TOTAL(
      "rocketmq_storage_disk_total_bytes",
      GAUGE,
      "Size of the disk that holds the store, as rounded by the broker.",
      RocketMqLabels.BROKER,
      RocketMqLabels.BROKER_ID),
  STORAGE_DISK_FREE(
      "rocketmq_storage_disk_free_bytes",
      GAUGE,
      "Free room of the disk that holds the store, as rounded by the broker.",
      RocketMqLabels.BROKER,
      RocketMqLabels.BROKER_ID),
  STORAGE_DISPATCH_BEHIND(
      "rocketmq_storage_dispatch_behind_bytes",
      GAUGE,
      "Bytes of the commit log that the consume queues do not contain yet.",
      RocketMqLabels.BROKER,
      RocketMqLabels.BROKER_ID),
  STORAGE_LOCK(
      "rocketmq_storage_page_cache_lock_seconds",
      GAUGE,
      "How long the write that is under way has held the commit log's lock; 0 if there is none.",
      RocketMqLabels.BROKER,
      RocketMqLabels.BROKER_ID),
  STORAGE_MIN_OFFSET(
      "rocketmq_storage_commit_log_min_offset_bytes",
      GAUGE,
      "Position at which the commit log begins.",
      RocketMqLabels.BROKER,
      RocketMqLabels.BROKER_ID),
  STORAGE_MAX_OFFSET(
      "rocketmq_storage_commit_log_max_offset_bytes",
      GAUGE,
      "Position at which the commit log ends.",
      RocketMqLabels.BROKER,
      RocketMqLabels.BROKER_ID),
  STORAGE_EARLIEST(
      "rocketmq_storage_earliest_message_timestamp_seconds",
      GAUGE,
      "When the oldest message in the commit log was stored, in seconds since the epoch.",
      RocketMqLabels.BROKER,
      RocketMqLabels.BROKER_ID),
  STORAGE_DISK_USED(
      "rocketmq_storage_disk_used_ratio",
      GAUGE,
      "Used share of the disk that holds the commit log or the consume queues.",
      RocketMqLabels.BROKER,
      RocketMqLabels.BROKER_ID,
      "store"),
  PROCESSOR_WATERMARK(
      "rocketmq_processor_watermark",
      GAUGE,
      "Requests that wait in a processor's queue: a number, not a percentage.",
      RocketMqLabels.BROKER,
      RocketMqLabels.BROKER_ID,
      RocketMqLabels.PROCESSOR),
  PROCESSOR_CAPACITY(
      "rocketmq_processor_queue_capacity",
      GAUGE,
      "Requests that a processor's queue has room for.",
      RocketMqLabels.BROKER,
      RocketMqLabels.BROKER_ID,
      RocketMqLabels.PROCESSOR),
  PROCESSOR_HEAD_WAIT(
      "rocketmq_processor_head_wait_seconds",
      GAUGE,
      "How long the first request in a processor's queue has waited.",
      RocketMqLabels.BROKER,
      RocketMqLabels.BROKER_ID,
      RocketMqLabels.PROCESSOR),
  TIMER_ENQUEUE_LAG(
      "rocketmq_timer_enqueue_lag",
      GAUGE,
      "Timed messages that the timer wheel has not taken in yet.",
      RocketMqLabels.BROKER,
      RocketMqLabels.BROKER_ID),
  TIMER_DEQUEUE_LATENCY(
      "rocketmq_timer_dequeue_latency_seconds",
      GAUGE,
      "How far the timer wheel is behind the clock.",
      RocketMqLabels.BROKER,
      RocketMqLabels.BROKER_ID),
  TIMER_CONGESTED(
      "rocketmq_timer_congested_messages",
      GAUGE,
      "Timed messages that wait to be delivered.",
      RocketMqLabels.BROKER,
      RocketMqLabels.BROKER_ID),
  TIMED(
      "rocketmq_timing_messages",
      GAUGE,
      "Messages of a topic that wait for their time on the timer wheel, from 5.0.",
      RocketMqLabels.BROKER,
      RocketMqLabels.TOPIC),
  TRANSACTION_PENDING(
      "rocketmq_transaction_pending_messages",
      GAUGE,
      "Half messages that the broker's check has not passed yet: those of open transactions, and"
          + " of those that ended since its last check.",
      RocketMqLabels.BROKER),
  TRANSACTION_HALF(
      "rocketmq_transaction_half_messages_total",
      COUNTER,
      "Half messages written, those that a check writes anew included.",
      RocketMqLabels.BROKER),
  POP_REVIVE_LAG(
      "rocketmq_broker_pop_revive_lag_messages",
      GAUGE,
      "Notes of what was popped and consumed that the broker has yet to look through, to give out anew"
          + " what was not consumed in time; those of the last seconds are not due yet.",
      RocketMqLabels.BROKER),
  SCHEDULE_LAG(
      "rocketmq_schedule_lag_messages",
      GAUGE,
      "Messages of a delay level that were not delivered yet, most of them not due yet.",
      RocketMqLabels.BROKER,
      RocketMqLabels.BROKER_ID,
      "delay_level"),
  TOPICS(
      "rocketmq_topic_number",
      GAUGE,
      "Topics of a broker, its own included, without those that the configuration leaves out.",
      RocketMqLabels.BROKER),
  GROUPS(
      "rocketmq_consumer_group_number",
      GAUGE,
      "Consumer groups of a broker, its own included, without those that the configuration leaves"
          + " out.",
      RocketMqLabels.BROKER);

  private final MetricDefinition definition;

  RocketMqBrokerMetric(String metricName, MetricType type, String help, String... ownLabels) {
    this.definition = RocketMqLabels.define(metricName, type, help, ownLabels);
  }

  @Override
  public MetricDefinition definition() {
    return definition;
  }
}
