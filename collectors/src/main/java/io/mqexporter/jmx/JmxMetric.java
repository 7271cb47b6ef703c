package io.mqexporter.jmx;

import io.mqexporter.metric.Granularity;
import io.mqexporter.metric.MetricDefinition;
import io.mqexporter.metric.MetricDescriptor;
import io.mqexporter.metric.MetricType;

/** The catalogue of what is said about JVMs without asking their MBeans. */
public enum JmxMetric implements MetricDescriptor {
  UP(
      "messaging_jvm_up",
      "Whether the JVM was read at the last collection, in whole or in part (1) or not (0).");

  private final MetricDefinition definition;

  JmxMetric(String metricName, String help) {
    this.definition =
        MetricDefinition.ofCluster(metricName, MetricType.GAUGE, help, Granularity.CLUSTER, "jvm");
  }

  @Override
  public MetricDefinition definition() {
    return definition;
  }
}
