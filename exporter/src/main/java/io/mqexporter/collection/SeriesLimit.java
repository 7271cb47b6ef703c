package io.mqexporter.collection;

import io.mqexporter.metric.Granularity;

/**
 * How much of what is read of a target is exposed.
 *
 * @param granularity the finest families that are exposed
 * @param maxSeries how many series there may be; beyond that the finest families are left out
 */
public record SeriesLimit(Granularity granularity, int maxSeries) {

  /** Everything is exposed. */
  public static final SeriesLimit NONE = new SeriesLimit(Granularity.PARTITION, Integer.MAX_VALUE);
}
