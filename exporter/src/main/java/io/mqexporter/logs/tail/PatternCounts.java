package io.mqexporter.logs.tail;

import io.mqexporter.logs.LogLevel;
import io.mqexporter.logs.LogOrigin;
import java.util.EnumMap;
import java.util.Map;

/**
 * What was counted of the files of one pattern.
 *
 * @param origin whose files they are
 * @param pattern the pattern
 * @param files how many files are read on
 * @param bytesRead bytes read, those included that were read again
 * @param bytesAcknowledged bytes whose events are acknowledged or were filtered out
 * @param lagBytes bytes of these files that are not yet acknowledged
 * @param lagSeconds for how long the oldest of them have been waiting
 * @param events events by level, those included that are not forwarded
 * @param suppressed events that were not forwarded because there were too many of their kind
 * @param unparsed events of no known layout
 * @param truncations how often a file was cut off or written anew
 * @param possibleLosses how often lines may have been lost before they could be read
 */
public record PatternCounts(
    LogOrigin origin,
    String pattern,
    int files,
    long bytesRead,
    long bytesAcknowledged,
    long lagBytes,
    double lagSeconds,
    Map<LogLevel, Long> events,
    long suppressed,
    long unparsed,
    long truncations,
    long possibleLosses) {

  static PatternCounts of(PatternState state) {
    Map<LogLevel, Long> events = new EnumMap<>(LogLevel.class);
    state.events.forEach((level, count) -> events.put(level, count.sum()));
    return new PatternCounts(
        state.source.origin(),
        state.name(),
        state.files,
        state.bytesRead.sum(),
        state.bytesAcknowledged.sum(),
        state.lagBytes,
        state.lagSeconds,
        events,
        state.filter.suppressed.sum(),
        state.unparsed.sum(),
        state.truncations.sum(),
        state.possibleLosses.sum());
  }
}
