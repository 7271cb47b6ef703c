package io.mqexporter.metric;

import java.util.List;

/**
 * One value of a metric.
 *
 * @param labelValues a value for each label name of the descriptor; an empty value means that the
 *     label is absent
 * @param value the value, in the unit that the metric's name states
 */
public record Sample(List<String> labelValues, double value) {

  /** Copies the label values. */
  public Sample {
    labelValues = List.copyOf(labelValues);
  }
}
