package io.mqexporter.collector;

import io.mqexporter.metric.MetricFamily;
import java.util.List;

/**
 * What one collection has read.
 *
 * @param families the metric families
 * @param missing what could not be read although it should be there; empty when all was read
 */
public record Collected(List<MetricFamily> families, List<Missing> missing) {

  /** Copies both lists. */
  public Collected {
    families = List.copyOf(families);
    missing = List.copyOf(missing);
  }
}
