package io.mqexporter.alerts;

import java.util.List;
import java.util.Map;

/**
 * One rule of a file.
 *
 * @param line where it begins
 * @param name the name of the alert, or of the series that it records
 * @param isAlert whether it alerts
 * @param expression in Prometheus' language
 * @param keys its keys, such as {@code for}
 * @param labels what is added to the labels of its result
 * @param annotations what is told to people
 */
public record Rule(
    int line,
    String name,
    boolean isAlert,
    String expression,
    Map<String, String> keys,
    Map<String, String> labels,
    Map<String, String> annotations) {

  /** Copies the maps. */
  public Rule {
    keys = Map.copyOf(keys);
    labels = Map.copyOf(labels);
    annotations = Map.copyOf(annotations);
  }

  /** Returns the numbers that its expression compares with, in their order. */
  public List<Double> thresholds() {
    return PromQl.read(expression).comparisons().stream().map(PromQl.Comparison::number).toList();
  }
}
