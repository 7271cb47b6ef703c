package io.mqexporter.metric;

import java.util.List;

/**
 * One value of a metric.
 *
 * @param labelValues a value for each label name of the descriptor; an empty value means that the
 *     label is absent
 * @param value the value, in the unit that the metric's name states
 * @param suffix what the sample's name has beyond the metric's: {@code _count} or {@code _sum} of a
 *     summary or histogram, {@code _bucket} of a histogram, else nothing
 */
public record Sample(List<String> labelValues, double value, String suffix) {

  /** The end of the name of a summary's number of values. */
  public static final String COUNT = "_count";

  /** The end of the name of a summary's sum of values. */
  public static final String SUM = "_sum";

  /** The end of the name of one of a histogram's numbers of values. */
  public static final String BUCKET = "_bucket";

  /** Copies the label values. */
  public Sample {
    labelValues = List.copyOf(labelValues);
  }

  /** Creates a sample whose name is the metric's. */
  public Sample(List<String> labelValues, double value) {
    this(labelValues, value, "");
  }
}
