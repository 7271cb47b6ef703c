package io.mqexporter.metric;

import java.util.List;

/**
 * The definition of one metric: name, type, help and labels. Implemented by the enums that are the
 * catalogues; documentation, alerts and dashboards are checked against the same constants.
 */
public interface MetricDescriptor {

  /** Returns the full name of the samples, with {@code _total} where it is a counter. */
  String metricName();

  /** Returns the type. */
  MetricType type();

  /** Returns one sentence that says what the value is, with its unit. */
  String help();

  /** Returns the label names, in the order of {@link Sample#labelValues()}. */
  List<String> labelNames();
}
