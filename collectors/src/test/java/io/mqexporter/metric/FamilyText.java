package io.mqexporter.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Metric families as text that a test can hold against a text block: one {@code name{label="value"}
 * value} a line, labels without a value left out.
 */
public final class FamilyText {

  private FamilyText() {}

  /** Returns all samples. */
  public static String of(List<MetricFamily> families) {
    return of(families, _ -> true);
  }

  /** Returns the samples of the families whose metric name is accepted. */
  public static String of(List<MetricFamily> families, Predicate<String> metricName) {
    var text = new StringBuilder();
    for (MetricFamily family : families) {
      if (metricName.test(family.descriptor().metricName())) {
        family.samples().forEach(sample -> append(text, family.descriptor(), sample));
      }
    }
    return text.toString();
  }

  private static void append(StringBuilder text, MetricDescriptor descriptor, Sample sample) {
    var labels = new ArrayList<String>();
    for (int i = 0; i < sample.labelValues().size(); i++) {
      String value = sample.labelValues().get(i);
      if (!value.isEmpty()) {
        labels.add("%s=\"%s\"".formatted(descriptor.labelNames().get(i), value));
      }
    }
    text.append(descriptor.metricName()).append(sample.suffix());
    if (!labels.isEmpty()) {
      text.append('{').append(String.join(",", labels)).append('}');
    }
    text.append(' ').append(number(sample.value())).append('\n');
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
