package io.mqexporter.jmx.mbean;

import io.mqexporter.metric.MetricType;
import java.util.ArrayList;
import java.util.List;

/** The labels that all metrics of JVMs have. */
final class MBeanLabels {

  private MBeanLabels() {}

  /** Returns the label names of a metric with these labels of its own. */
  static List<String> of(MBeanSource source) {
    var labels = new ArrayList<>(List.of("messaging_cluster", "jvm", "broker"));
    labels.addAll(source.labels());
    if (source.reading().type() == MetricType.SUMMARY) {
      labels.add("quantile");
    }
    source.reading().text().ifPresent(labels::add);
    return labels;
  }
}
