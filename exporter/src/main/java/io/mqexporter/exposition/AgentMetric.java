package io.mqexporter.exposition;

import io.mqexporter.metric.MetricDescriptor;
import io.mqexporter.metric.MetricType;
import java.util.List;

/** The catalogue of what the agent says about itself as a whole. */
public enum AgentMetric implements MetricDescriptor {
  BUILD_INFO(
      "mq_exporter_build_info",
      "The version of the agent and of the Java that runs it; always 1.",
      List.of("version", "java_version"));

  private final String metricName;
  private final String help;
  private final List<String> labelNames;

  AgentMetric(String metricName, String help, List<String> labelNames) {
    this.metricName = metricName;
    this.help = help;
    this.labelNames = labelNames;
  }

  @Override
  public String metricName() {
    return metricName;
  }

  @Override
  public MetricType type() {
    return MetricType.GAUGE;
  }

  @Override
  public String help() {
    return help;
  }

  @Override
  public List<String> labelNames() {
    return labelNames;
  }
}
