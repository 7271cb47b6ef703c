package io.mqexporter.otlp;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What becomes one data point. */
sealed interface Point {

  /**
   * Returns a value for each label; an empty one where the label is absent, or is that of a
   * quantile or bucket.
   */
  List<String> labels();

  /** Returns what never falls while its source counts on. */
  double counted();

  /** One number. */
  record Single(List<String> labels, double value) implements Point {

    @Override
    public double counted() {
      return value;
    }
  }

  /**
   * A summary or a histogram.
   *
   * @param parts values by quantile, or numbers of values up to each limit
   * @param sum the sum of all values; not a number if it is not known
   * @param count how many there were
   */
  record Distribution(
      List<String> labels, SortedMap<Double, Double> parts, double sum, double count)
      implements Point {

    /** Copies the parts. */
    public Distribution {
      parts = Collections.unmodifiableSortedMap(new TreeMap<>(parts));
    }

    @Override
    public double counted() {
      return count;
    }
  }
}
