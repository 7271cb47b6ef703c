package io.mqexporter.config;

import io.mqexporter.metric.Granularity;

/**
 * How much to expose.
 *
 * @param granularity the finest families that are exposed
 * @param maxSeries how many series a target may have
 */
record SeriesLimits(Granularity granularity, int maxSeries) {

  static final SeriesLimits DEFAULT =
      new SeriesLimits(Config.DEFAULT_GRANULARITY, Config.DEFAULT_MAX_SERIES);

  private static final Format<Granularity> GRANULARITY = new EnumFormat<>(Granularity.class);
  private static final Format<Integer> MAX_SERIES = new WholeNumberFormat(1, 100_000_000);

  /**
   * Reads the granularity and the number of series of a section.
   *
   * @param defaults what holds where the section says nothing
   */
  static SeriesLimits decode(Section section, SeriesLimits defaults) {
    return new SeriesLimits(
        section.value("granularity", GRANULARITY).orElse(defaults.granularity()),
        section.value("max_series", MAX_SERIES).orElse(defaults.maxSeries()));
  }
}
