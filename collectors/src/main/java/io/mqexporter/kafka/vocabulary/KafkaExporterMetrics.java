package io.mqexporter.kafka.vocabulary;

import io.mqexporter.messaging.ClusterState;
import io.mqexporter.messaging.Consumption;
import io.mqexporter.metric.MetricFamilies;
import io.mqexporter.metric.MetricFamily;
import java.util.List;

/** Renders what kafka_exporter has and we have under another name. */
final class KafkaExporterMetrics {

  private KafkaExporterMetrics() {}

  static List<MetricFamily> of(ClusterState state) {
    var families = new MetricFamilies();
    for (Consumption consumption : state.consumptions()) {
      String[] labels = {state.cluster(), consumption.group(), consumption.destination().name()};
      families.add(KafkaExporterMetric.OFFSET_SUM, consumption.acknowledged(), labels);
      families.add(KafkaExporterMetric.LAG_SUM, consumption.lag(), labels);
    }
    return families.toList();
  }
}
