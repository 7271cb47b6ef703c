package io.mqexporter.exposition;

import io.mqexporter.metric.MetricDescriptor;
import io.mqexporter.metric.MetricType;
import java.util.List;

enum TestMetric implements MetricDescriptor {
  DEPTH("queue_depth", MetricType.GAUGE, "Messages \"held\" in C:\\queue.\nNow."),
  SENT("sent_messages_total", MetricType.COUNTER, "Messages sent.");

  private final String metricName;
  private final MetricType type;
  private final String help;

  TestMetric(String metricName, MetricType type, String help) {
    this.metricName = metricName;
    this.type = type;
    this.help = help;
  }

  @Override
  public String metricName() {
    return metricName;
  }

  @Override
  public MetricType type() {
    return type;
  }

  @Override
  public String help() {
    return help;
  }

  @Override
  public List<String> labelNames() {
    return List.of("cluster_name", "queue");
  }
}
