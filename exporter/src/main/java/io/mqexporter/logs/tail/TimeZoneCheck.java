package io.mqexporter.logs.tail;

import io.mqexporter.logs.LogMark;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Sees that the time zone of a log must be another one: the last event lies by whole quarters of an
 * hour before or after the time at which its file was written to last.
 */
final class TimeZoneCheck {

  private static final Duration QUARTER = Duration.ofMinutes(15);
  private static final Duration TOLERANCE = Duration.ofMinutes(1);
  private static final Duration LARGEST = Duration.ofHours(26);

  private TimeZoneCheck() {}

  /** Says so, once for each pattern. */
  static void check(TailedFile file, Consumer<String> problems) {
    if (file.pattern.saidZone || file.lastEvent.isEmpty()) {
      return;
    }
    var event = file.lastEvent.get();
    if (event.marks().contains(LogMark.UNPARSED)) {
      return;
    }
    offBy(event.timestamp(), file.modified)
        .ifPresent(off -> {
          file.pattern.saidZone = true;
          problems.accept(
              "%s: the last event of %s is of %s, but the file was written to at %s: its time zone is not %s (expected: the zone of the broker's clock as time_zone)"
                  .formatted(
                      file.pattern.name(),
                      file.path,
                      event.timestamp(),
                      file.modified,
                      file.pattern.source.zone()));
        });
  }

  /** Returns by how much the times of a log are off; empty if there is no sign of it. */
  static Optional<Duration> offBy(Instant lastEvent, Instant modified) {
    Duration difference = Duration.between(lastEvent, modified);
    long quarters = Math.round((double) difference.toSeconds() / QUARTER.toSeconds());
    Duration rest = difference.minus(QUARTER.multipliedBy(quarters));
    boolean isOff =
        quarters != 0
            && difference.abs().compareTo(LARGEST) < 0
            && rest.abs().compareTo(TOLERANCE) <= 0;
    return isOff ? Optional.of(QUARTER.multipliedBy(quarters)) : Optional.empty();
  }
}
