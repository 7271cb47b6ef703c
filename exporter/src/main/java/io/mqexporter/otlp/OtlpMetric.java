package io.mqexporter.otlp;

import io.mqexporter.metric.Granularity;
import io.mqexporter.metric.MetricDefinition;
import io.mqexporter.metric.MetricDescriptor;
import io.mqexporter.metric.MetricType;
import java.util.List;

/** The catalogue of what the agent says about pushing. */
public enum OtlpMetric implements MetricDescriptor {
  ACCEPTED(
      "mq_exporter_otlp_accepted_points_total",
      MetricType.COUNTER,
      "Data points that the receiver has accepted."),
  DROPPED(
      "mq_exporter_otlp_dropped_points_total",
      MetricType.COUNTER,
      "Data points that the receiver does not have: too many were waiting for it (queue), it refused a"
          + " whole request for good (refused), or a part of one (rejected).",
      "reason"),
  QUEUE_BYTES(
      "mq_exporter_otlp_queue_bytes",
      MetricType.GAUGE,
      "Bytes of requests that wait for the receiver."),
  WAITING(
      "mq_exporter_otlp_waiting_seconds",
      MetricType.GAUGE,
      "For how long the receiver has taken nothing; 0 while it does.");

  private final MetricDefinition definition;

  OtlpMetric(String metricName, MetricType type, String help, String... labels) {
    this.definition =
        new MetricDefinition(metricName, type, help, List.of(labels), Granularity.CLUSTER);
  }

  @Override
  public MetricDefinition definition() {
    return definition;
  }
}
