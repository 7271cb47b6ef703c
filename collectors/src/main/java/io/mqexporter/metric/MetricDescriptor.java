package io.mqexporter.metric;

import java.util.List;

/**
 * One metric of a catalogue. Implemented by the enums that are the catalogues; documentation,
 * alerts and dashboards are checked against the same constants.
 */
public interface MetricDescriptor {

  /** Returns what the metric is. */
  MetricDefinition definition();

  /** Returns the full name of the samples, with {@code _total} where it is a counter. */
  default String metricName() {
    return definition().metricName();
  }

  /** Returns the type. */
  default MetricType type() {
    return definition().type();
  }

  /** Returns one sentence that says what the value is, with its unit. */
  default String help() {
    return definition().help();
  }

  /** Returns the label names, in the order of {@link Sample#labelValues()}. */
  default List<String> labelNames() {
    return definition().labelNames();
  }

  /** Returns the finest thing that one series stands for. */
  default Granularity granularity() {
    return definition().granularity();
  }
}
