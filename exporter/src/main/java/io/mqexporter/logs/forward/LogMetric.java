package io.mqexporter.logs.forward;

import io.mqexporter.metric.Granularity;
import io.mqexporter.metric.MetricDefinition;
import io.mqexporter.metric.MetricDescriptor;
import io.mqexporter.metric.MetricType;
import java.util.List;

/** The catalogue of what the agent says about the forwarding of logs. */
public enum LogMetric implements MetricDescriptor {
  EVENTS(
      "messaging_log_events_total",
      MetricType.COUNTER,
      "Events in the cluster's logs by level, those included that are not forwarded; unknown is"
          + " plain text.",
      "messaging_system",
      "messaging_cluster",
      "level"),
  FILES(
      "mq_exporter_log_files",
      MetricType.GAUGE,
      "Log files that are read on, rotated ones that are still there included.",
      LogMetric.OF_PATTERN),
  READ_BYTES(
      "mq_exporter_log_read_bytes_total",
      MetricType.COUNTER,
      "Bytes of log files that were read; an event that was not whole yet is read again.",
      LogMetric.OF_PATTERN),
  ACKNOWLEDGED_BYTES(
      "mq_exporter_log_acknowledged_bytes_total",
      MetricType.COUNTER,
      "Bytes of log files whose events every sink has acknowledged, or that are not forwarded.",
      LogMetric.OF_PATTERN),
  LAG_BYTES(
      "mq_exporter_log_lag_bytes",
      MetricType.GAUGE,
      "Bytes of log files that are not acknowledged yet.",
      LogMetric.OF_PATTERN),
  LAG_SECONDS(
      "mq_exporter_log_lag_seconds",
      MetricType.GAUGE,
      "For how long the agent has seen the oldest of those bytes; 0 when there are none.",
      LogMetric.OF_PATTERN),
  SUPPRESSED(
      "mq_exporter_log_suppressed_events_total",
      MetricType.COUNTER,
      "Events that were not forwarded because of rate_limit.",
      LogMetric.OF_PATTERN),
  UNPARSED(
      "mq_exporter_log_unparsed_events_total",
      MetricType.COUNTER,
      "Events of no known layout; they are forwarded as plain text.",
      LogMetric.OF_PATTERN),
  TRUNCATIONS(
      "mq_exporter_log_truncations_total",
      MetricType.COUNTER,
      "How often a log file was cut off or written anew.",
      LogMetric.OF_PATTERN),
  POSSIBLE_LOSSES(
      "mq_exporter_log_possible_losses_total",
      MetricType.COUNTER,
      "How often lines may have been lost before the agent could read them: when a file was cut off,"
          + " what came between the copy and the cut is in neither.",
      LogMetric.OF_PATTERN),
  SINK_EVENTS(
      "mq_exporter_log_sink_acknowledged_events_total",
      MetricType.COUNTER,
      "Events that a sink's receiver has acknowledged, those included that it had before.",
      "sink"),
  SINK_DUPLICATES(
      "mq_exporter_log_sink_duplicate_events_total",
      MetricType.COUNTER,
      "Events that a sink's receiver had before, because they were sent again.",
      "sink"),
  SINK_DEAD_LETTERS(
      "mq_exporter_log_sink_dead_letters_total",
      MetricType.COUNTER,
      "Events that a sink's receiver will never take; they are in the dead-letter file.",
      "sink"),
  SINK_WAITING(
      "mq_exporter_log_sink_waiting_seconds",
      MetricType.GAUGE,
      "For how long a sink has been waiting for its receiver; 0 when it is not.",
      "sink");

  /** Stands for the labels of a pattern of files. */
  private static final String OF_PATTERN = "pattern";

  private final MetricDefinition definition;

  LogMetric(String metricName, MetricType type, String help, String... labels) {
    List<String> names =
        labels.length == 1 && labels[0].equals("pattern")
            ? List.of("messaging_system", "messaging_cluster", "pattern")
            : List.of(labels);
    this.definition = new MetricDefinition(metricName, type, help, names, Granularity.CLUSTER);
  }

  @Override
  public MetricDefinition definition() {
    return definition;
  }
}
