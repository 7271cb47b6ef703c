package io.mqexporter.system;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * A page of metrics, read by a strict reader of the text format.
 *
 * @param series each value by its {@code name{labels}} as it is written
 */
record Exposition(Map<String, Double> series) {

  /** Reads a page, refusing any line that is not a comment or a sample and any double series. */
  static Exposition parse(String text) {
    var series = new LinkedHashMap<String, Double>();
    text.lines()
        .filter(line -> !line.startsWith("#"))
        .forEach(line -> {
          int space = line.lastIndexOf(' ');
          String name = line.substring(0, space);
          double value = parseValue(line.substring(space + 1));
          if (series.put(name, value) != null) {
            throw new IllegalArgumentException(name + ": is there twice");
          }
        });
    return new Exposition(series);
  }

  /**
   * Returns the value of the series of a family that has all of some {@code name="value"} pairs.
   */
  OptionalDouble value(String family, String... labels) {
    List<Double> values = values(family, labels);
    if (values.size() > 1) {
      throw new IllegalArgumentException(
          "%s{%s}: %d series (expected: one)"
              .formatted(family, String.join(",", labels), values.size()));
    }
    return values.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(values.getFirst());
  }

  /** Returns the values of all series of a family that have all of some {@code name="value"}. */
  List<Double> values(String family, String... labels) {
    return series.entrySet().stream()
        .filter(entry -> matches(entry.getKey(), family, labels))
        .map(Map.Entry::getValue)
        .toList();
  }

  private static boolean matches(String name, String family, String... labels) {
    boolean sameFamily = name.equals(family) || name.startsWith(family + "{");
    return sameFamily && List.of(labels).stream().allMatch(name::contains);
  }

  private static double parseValue(String value) {
    return switch (value) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(value);
    };
  }
}
