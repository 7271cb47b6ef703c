package io.mqexporter.otlp;

import io.mqexporter.metric.Granularity;
import io.mqexporter.metric.MetricDefinition;
import io.mqexporter.metric.MetricDescriptor;
import io.mqexporter.metric.MetricType;
import java.util.List;
import java.util.stream.Stream;

enum TestMetric implements MetricDescriptor {
  DEPTH("queue_depth", MetricType.GAUGE),
  SENT("sent_messages_total", MetricType.COUNTER),
  OWN("mq_exporter_requests_total", MetricType.COUNTER),
  ODD("published", MetricType.COUNTER),
  UNKNOWN("of_no_type", MetricType.UNTYPED),
  TIMES("times_seconds", MetricType.SUMMARY, "quantile"),
  SIZES("sizes_bytes", MetricType.HISTOGRAM, "le");

  private final MetricDefinition definition;

  TestMetric(String metricName, MetricType type, String... partLabel) {
    List<String> labels =
        Stream.concat(Stream.of("cluster", "queue"), Stream.of(partLabel)).toList();
    this.definition =
        new MetricDefinition(metricName, type, "A test.", labels, Granularity.DESTINATION);
  }

  @Override
  public MetricDefinition definition() {
    return definition;
  }
}
