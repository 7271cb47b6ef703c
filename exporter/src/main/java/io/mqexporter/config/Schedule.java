package io.mqexporter.config;

import java.time.Duration;
import java.util.Optional;

/**
 * When to collect.
 *
 * @param interval the time from the start of one collection to the start of the next
 * @param timeout how long a collection may take; never longer than the interval
 */
record Schedule(Duration interval, Duration timeout) {

  static final Schedule DEFAULT = new Schedule(Config.DEFAULT_INTERVAL, Config.DEFAULT_TIMEOUT);

  private static final Format<Duration> INTERVAL =
      new DurationFormat(Duration.ofSeconds(1), Duration.ofHours(1));

  private static final Format<Duration> TIMEOUT =
      new DurationFormat(Duration.ofMillis(100), Duration.ofMinutes(5));

  /**
   * Reads the interval and the timeout of a section.
   *
   * @param defaults what holds where the section says nothing; an interval that is shorter than the
   *     default timeout takes that with it
   */
  static Schedule decode(Section section, Schedule defaults) {
    boolean ownInterval = section.has("interval");
    Optional<Duration> readInterval = section.value("interval", INTERVAL);
    Duration interval = readInterval.orElse(defaults.interval());
    Optional<Duration> timeout = section.value("timeout", TIMEOUT);
    boolean intervalIsSound = readInterval.isPresent() || !ownInterval;
    if (intervalIsSound && timeout.filter(t -> t.compareTo(interval) > 0).isPresent()) {
      section.reject(
          "timeout",
          DurationFormat.text(timeout.orElseThrow()),
          "at most the interval, " + DurationFormat.text(interval));
    }
    return new Schedule(interval, timeout.orElse(shorter(defaults.timeout(), interval)));
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }
}
