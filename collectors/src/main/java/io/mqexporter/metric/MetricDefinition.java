package io.mqexporter.metric;

import java.util.List;
import java.util.stream.Stream;

/**
 * What one metric is called and means.
 *
 * @param metricName the full name of the samples, with {@code _total} where it is a counter
 * @param type the type
 * @param help one sentence that says what the value is, with its unit
 * @param labelNames the label names, in the order of {@link Sample#labelValues()}
 * @param granularity the finest thing that one series stands for
 */
public record MetricDefinition(
    String metricName,
    MetricType type,
    String help,
    List<String> labelNames,
    Granularity granularity) {

  /** Copies the label names. */
  public MetricDefinition {
    labelNames = List.copyOf(labelNames);
  }

  /** Returns the definition of a metric that has the label of its cluster before its own. */
  public static MetricDefinition ofCluster(
      String metricName,
      MetricType type,
      String help,
      Granularity granularity,
      String... ownLabels) {
    List<String> labels =
        Stream.concat(Stream.of("messaging_cluster"), Stream.of(ownLabels)).toList();
    return new MetricDefinition(metricName, type, help, labels, granularity);
  }
}
