package io.mqexporter.messaging;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What is remembered of one destination: the history of each of its logs. */
final class DestinationMemory {

  private static final int MAX_POINTS_A_LOG = 240;

  private final Map<String, OffsetHistory> histories = HashMap.newHashMap(1);
  private String incarnation = "";
  private long recreations;
  private long truncations;

  /**
   * Takes in what a collection has read; returns whether this is another destination than the one
   * that had the name before, of which all is forgotten.
   */
  boolean observe(Destination destination, long nowMillis) {
    boolean recreated =
        !incarnation.isEmpty()
            && !destination.incarnation().isEmpty()
            && !incarnation.equals(destination.incarnation());
    if (recreated) {
      recreations++;
      histories.clear();
    }
    if (!destination.incarnation().isEmpty()) {
      incarnation = destination.incarnation();
    }
    destination.logs().forEach(log -> observe(log, nowMillis));
    return recreated;
  }

  /** Dates anew what was seen. */
  void shift(long millis) {
    histories.values().forEach(history -> history.shift(millis));
  }

  /** Forgets the logs that were not seen since a point in time; returns whether all are gone. */
  boolean forget(long beforeMillis) {
    histories.values().removeIf(history -> history.seenMillis() < beforeMillis);
    return histories.isEmpty();
  }

  /** Returns the history of a log. */
  Optional<OffsetHistory> history(String log) {
    return Optional.ofNullable(histories.get(log));
  }

  /** Returns how often another destination was found under the name. */
  long recreations() {
    return recreations;
  }

  /** Returns how often the end of a log was found to have gone back. */
  long truncations() {
    return truncations;
  }

  private void observe(LogState log, long nowMillis) {
    OffsetHistory known = histories.get(log.log());
    if (log.end().isPresent()) {
      OffsetHistory history = known == null ? new OffsetHistory(MAX_POINTS_A_LOG) : known;
      if (known != null && log.end().getAsLong() < known.end()) {
        truncations++;
      }
      history.record(nowMillis, log.start(), log.end().getAsLong());
      histories.put(log.log(), history);
    } else if (known != null) {
      known.seen(nowMillis);
    }
  }
}
