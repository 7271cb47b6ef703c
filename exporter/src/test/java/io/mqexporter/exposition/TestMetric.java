package io.mqexporter.exposition;

import io.mqexporter.metric.Granularity;
import io.mqexporter.metric.MetricDefinition;
import io.mqexporter.metric.MetricDescriptor;
import io.mqexporter.metric.MetricType;
import java.util.List;

enum TestMetric implements MetricDescriptor {
  DEPTH("queue_depth", MetricType.GAUGE, "Messages \"held\" in C:\\queue.\nNow."),
  SENT("sent_messages_total", MetricType.COUNTER, "Messages sent.");

  private final MetricDefinition definition;

  TestMetric(String metricName, MetricType type, String help) {
    this.definition =
        new MetricDefinition(
            metricName, type, help, List.of("cluster_name", "queue"), Granularity.DESTINATION);
  }

  @Override
  public MetricDefinition definition() {
    return definition;
  }
}
