package io.mqexporter.rocketmq.vocabulary;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What counters have grown by a second, over the last minute: what a broker computes itself and
 * tells only in a request for each of them.
 */
public final class Rates {

  private static final Duration WINDOW = Duration.ofMinutes(1);

  private final Deque<Reading> readings = new ArrayDeque<>();

  private record Reading(Instant at, Map<List<String>, Long> counters) {}

  /** Begins a collection: forgets what is older than the window, but for one reading. */
  void begin(Instant at) {
    while (readings.size() > 1 && readings.getFirst().at().isBefore(at.minus(WINDOW))) {
      readings.removeFirst();
    }
    readings.addLast(new Reading(at, new HashMap<>()));
  }

  /**
   * Takes in a counter of this collection.
   *
   * @return its growth a second; empty if it was not known before, or has fallen
   */
  OptionalDouble of(List<String> name, long counter) {
    Reading now = readings.getLast();
    OptionalDouble growth = growth(name, counter, now.at());
    now.counters().put(name, counter);
    return growth;
  }

  private OptionalDouble growth(List<String> name, long counter, Instant now) {
    OptionalDouble growth = OptionalDouble.empty();
    long later = counter;
    for (Reading reading : readings.reversed()) {
      Long before = reading.counters().get(name);
      if (before == null) {
        continue;
      }
      double seconds = Duration.between(reading.at(), now).toMillis() / 1000.0;
      if (before > later || seconds <= 0) {
        // What was counted before it fell is of no use.
        break;
      }
      growth = OptionalDouble.of((counter - before) / seconds);
      later = before;
    }
    return growth;
  }
}
