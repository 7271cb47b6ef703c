package io.mqexporter.metric;

/** The type of a metric family, as the exposition formats name it. */
public enum MetricType {
  /** A value that only grows, or starts again at zero; its name ends in {@code _total}. */
  COUNTER,
  /** A value that may go up and down. */
  GAUGE,
  /**
   * Quantiles of many values, by the label {@code quantile}, beside their number ({@code _count})
   * and sum ({@code _sum}).
   */
  SUMMARY,
  /**
   * Numbers of values up to limits, by the label {@code le} ({@code _bucket}), beside their number
   * and sum.
   */
  HISTOGRAM,
  /** A value of which nobody says what it is. */
  UNTYPED
}
