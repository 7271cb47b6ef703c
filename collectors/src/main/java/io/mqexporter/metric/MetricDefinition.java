package io.mqexporter.metric;

import java.util.List;

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
}
