package io.mqexporter.relay;

import io.mqexporter.metric.MetricType;
import java.util.List;
import java.util.SortedMap;

/**
 * A family as another exporter tells it.
 *
 * @param name the full name of its samples, without the endings of a summary or histogram
 * @param help what it says of it; empty if nothing
 */
public record RelayedFamily(String name, MetricType type, String help, List<Series> series) {

  /** Copies the series. */
  public RelayedFamily {
    series = List.copyOf(series);
  }

  /**
   * One sample.
   *
   * @param suffix what its name has beyond the family's, such as {@code _bucket}
   * @param labels its labels by name
   */
  public record Series(String suffix, SortedMap<String, String> labels, double value) {}

  /** Returns the same under another name. */
  public RelayedFamily named(String newName) {
    return new RelayedFamily(newName, type, help, series);
  }
}
