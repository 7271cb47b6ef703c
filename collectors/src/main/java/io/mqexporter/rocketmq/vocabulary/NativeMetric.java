package io.mqexporter.rocketmq.vocabulary;

import io.mqexporter.metric.Granularity;
import io.mqexporter.metric.MetricDefinition;
import io.mqexporter.metric.MetricDescriptor;
import io.mqexporter.metric.MetricType;
import java.util.stream.Stream;

/**
 * The catalogue of what RocketMQ 5's brokers expose themselves. Releases before 5.1.4 leave the
 * unit out of names; each such family is there under both.
 */
public enum NativeMetric implements MetricDescriptor {
  PROCESSOR_WATERMARK(
      "processor_watermark", "Requests that wait in a processor's queue.", "processor"),
  BROKER_PERMISSION(
      "broker_permission",
      "What the name server allows on a broker: the sum of 4 (read) and 2 (write)."),
  TOPIC_NUMBER("topic_number", "Topics of a broker, its own included."),
  GROUP_NUMBER("consumer_group_number", "Consumer groups of a broker, its own included."),
  PRODUCER_CONNECTIONS(
      "producer_connections",
      "Producers that are connected.",
      "language",
      "version",
      "protocol_type"),
  CONSUMER_CONNECTIONS(
      "consumer_connections",
      "Clients of a group that are connected.",
      "consumer_group",
      "language",
      "version",
      "consume_mode",
      "protocol_type",
      "is_system"),
  LAG_MESSAGES(Kind.LAG, "consumer_lag_messages", "Messages that a group has not consumed."),
  LAG_LATENCY(
      Kind.LAG,
      "consumer_lag_latency_milliseconds",
      "Age of the oldest message that a group has not consumed."),
  LAG_LATENCY_PLAIN(
      Kind.LAG, "consumer_lag_latency", "The same under the name that it had before 5.1.4."),
  INFLIGHT_MESSAGES(
      Kind.LAG,
      "consumer_inflight_messages",
      "Messages that a group has fetched and not consumed."),
  READY_MESSAGES(
      Kind.LAG, "consumer_ready_messages", "Messages that a group could fetch and has not."),
  MESSAGES_IN(
      "messages_in_total", "Messages written to a topic.", "topic", "message_type", "is_system"),
  STORAGE_SIZE(Kind.STORAGE, "storage_size_bytes", "Used room of the disk that holds the store."),
  STORAGE_SIZE_PLAIN(
      Kind.STORAGE, "storage_size", "The same under the name that it had before 5.1.4."),
  FLUSH_BEHIND(
      Kind.STORAGE, "storage_flush_behind_bytes", "Bytes that were not flushed to disk yet."),
  DISPATCH_BEHIND(
      Kind.STORAGE,
      "storage_dispatch_behind_bytes",
      "Bytes of the commit log that the consume queues do not contain yet."),
  RESERVE_TIME(
      Kind.STORAGE, "storage_message_reserve_time_milliseconds", "Age of the oldest message."),
  RESERVE_TIME_PLAIN(
      Kind.STORAGE,
      "storage_message_reserve_time",
      "The same under the name that it had before 5.1.4."),
  TIMER_ENQUEUE_LAG(
      Kind.STORAGE,
      "timer_enqueue_lag",
      "Timed messages that the timer wheel has not taken in yet."),
  TIMER_DEQUEUE_LATENCY(
      Kind.STORAGE,
      "timer_dequeue_latency_milliseconds",
      "How far the timer wheel is behind the clock."),
  TIMER_DEQUEUE_LATENCY_PLAIN(
      Kind.STORAGE, "timer_dequeue_latency", "The same under the name that it had before 5.1.4."),
  TIMING_MESSAGES(
      Kind.STORAGE, "timing_messages", "Messages of a topic that wait for their time.", "topic");

  /** What the series of a family have in common. */
  private enum Kind {
    BROKER(),
    LAG("consumer_group", "topic", "is_retry", "is_system"),
    STORAGE("storage_type", "storage_medium");

    private final String[] labels;

    Kind(String... labels) {
      this.labels = labels;
    }
  }

  private final MetricDefinition definition;

  NativeMetric(String name, String help, String... labels) {
    this(Kind.BROKER, name, help, labels);
  }

  NativeMetric(Kind kind, String name, String help, String... labels) {
    String[] all =
        Stream.of(new String[] {"cluster", "node_type", "node_id"}, kind.labels, labels)
            .flatMap(Stream::of)
            .toArray(String[]::new);
    boolean ofDestinations = Stream.of(all).anyMatch(l -> l.matches("topic|consumer_group"));
    this.definition =
        MetricDefinition.ofCluster(
            "rocketmq_" + name,
            name.endsWith("_total") ? MetricType.COUNTER : MetricType.GAUGE,
            help,
            ofDestinations ? Granularity.DESTINATION : Granularity.CLUSTER,
            all);
  }

  @Override
  public MetricDefinition definition() {
    return definition;
  }
}
