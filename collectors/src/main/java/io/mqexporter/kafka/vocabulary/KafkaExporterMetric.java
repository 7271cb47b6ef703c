package io.mqexporter.kafka.vocabulary;

import io.mqexporter.metric.Granularity;
import io.mqexporter.metric.MetricDefinition;
import io.mqexporter.metric.MetricDescriptor;
import io.mqexporter.metric.MetricType;
import java.util.List;

/** The catalogue of the families of kafka_exporter that are not among our own. */
public enum KafkaExporterMetric implements MetricDescriptor {
  OFFSET_SUM(
      "kafka_consumergroup_current_offset_sum",
      "Offsets that the group has committed, summed over the partitions of the topic."),
  LAG_SUM(
      "kafka_consumergroup_lag_sum",
      "Records that the group has yet to consume, summed over the partitions of the topic.");

  private final MetricDefinition definition;

  KafkaExporterMetric(String metricName, String help) {
    this.definition =
        new MetricDefinition(
            metricName,
            MetricType.GAUGE,
            help,
            List.of("messaging_cluster", "consumergroup", "topic"),
            Granularity.DESTINATION);
  }

  @Override
  public MetricDefinition definition() {
    return definition;
  }
}
