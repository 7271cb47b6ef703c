package io.mqexporter.jmx.mbean;

import io.mqexporter.metric.MetricType;
import java.util.List;
import java.util.Optional;

/**
 * Which attributes of an MBean a metric is made of.
 *
 * @param type the type of the metric
 * @param attributes the attributes; of one that is a {@code CompositeData} the name is followed by
 *     a dot and the name of the item. Of a summary they are those of {@link #HISTOGRAM}
 * @param scale what a value is multiplied by, to have the unit that the metric's name states
 * @param negativeIsUnknown whether a negative value stands for one that is not known
 * @param text the label that takes the attribute, a text; the value is 1 then. Empty if it is a
 *     number
 */
public record Reading(
    MetricType type,
    List<String> attributes,
    double scale,
    boolean negativeIsUnknown,
    Optional<String> text) {

  private static final String OPERATION = "()";

  /** How often something has happened: the attribute {@code Count} of a Yammer meter or timer. */
  public static final Reading METER = counter("Count");

  /** The attribute {@code Value} of a Yammer gauge. */
  public static final Reading VALUE = gauge("Value");

  /**
   * A Yammer histogram or timer: how many values there were, their mean (of all of them), and the
   * percentiles of a sample in which those of the last five minutes prevail.
   */
  public static final Reading HISTOGRAM =
      new Reading(
          MetricType.SUMMARY,
          List.of(
              "Count",
              "Mean",
              "50thPercentile",
              "75thPercentile",
              "95thPercentile",
              "98thPercentile",
              "99thPercentile",
              "999thPercentile"),
          1,
          false,
          Optional.empty());

  /** The quantiles that belong to the percentiles of {@link #HISTOGRAM}, which begin at index 2. */
  public static final List<String> QUANTILES =
      List.of("0.5", "0.75", "0.95", "0.98", "0.99", "0.999");

  /** Copies the attributes. */
  public Reading {
    attributes = List.copyOf(attributes);
  }

  /** An attribute that may go up and down. */
  public static Reading gauge(String attribute) {
    return new Reading(MetricType.GAUGE, List.of(attribute), 1, false, Optional.empty());
  }

  /** An attribute that only grows while its JVM runs. */
  public static Reading counter(String attribute) {
    return new Reading(MetricType.COUNTER, List.of(attribute), 1, false, Optional.empty());
  }

  /** A time in milliseconds, as its name says, that may go up and down. */
  static Reading milliseconds(String attribute) {
    return gauge(attribute).times(1e-3);
  }

  /** An attribute that is one of a few words. */
  static Reading text(String attribute) {
    return new Reading(MetricType.GAUGE, List.of(attribute), 1, false, Optional.of(attribute));
  }

  /** How many elements an operation returns, by the name of the operation and {@code ()}. */
  static Reading operation(String operation) {
    return gauge(operation + OPERATION);
  }

  /** Returns whether an attribute stands for an operation, and is none. */
  static boolean isOperation(String attribute) {
    return attribute.endsWith(OPERATION);
  }

  /** Returns the same in another unit. */
  Reading times(double newScale) {
    return new Reading(type, attributes, newScale, negativeIsUnknown, text);
  }

  /** Returns the same where −1 means that there is no such thing. */
  Reading unknownIfNegative() {
    return new Reading(type, attributes, scale, true, text);
  }
}
