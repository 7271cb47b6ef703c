package io.mqexporter.metric;

import java.util.List;

/**
 * All samples of one metric from one collection.
 *
 * @param descriptor what the samples are
 * @param samples the samples, in an order that does not change while the series stay the same
 */
public record MetricFamily(MetricDescriptor descriptor, List<Sample> samples) {

  /** Copies the samples. */
  public MetricFamily {
    samples = List.copyOf(samples);
  }
}
