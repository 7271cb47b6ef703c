package io.mqexporter.messaging;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What is remembered of one consumption: of each of its logs, and of their sum. */
final class ConsumptionMemory {

  private final Map<String, ConsumptionWatch> watches = HashMap.newHashMap(1);
  private final LagTrend trend = new LagTrend();
  private ConsumerStatus status = ConsumerStatus.UNKNOWN;
  private long newestMillis;
  private boolean allObserved;
  private boolean canTellLost;
  private long lost;

  /** Takes in what a collection has read, and judges it by what happened within a window. */
  void observe(Consumption consumption, long nowMillis, long windowMillis) {
    ConsumerStatus worst = ConsumerStatus.OK;
    for (LogConsumption log : consumption.logs()) {
      ConsumptionWatch watch =
          watches.computeIfAbsent(log.log(), _ -> new ConsumptionWatch(nowMillis));
      watch.observe(log, nowMillis);
      if (log.position().isPresent() && log.start().isPresent()) {
        canTellLost = true;
        lost += watch.newlyLost(log);
      }
      ConsumerStatus judged = watch.status(log, consumption.members(), nowMillis, windowMillis);
      worst = judged.compareTo(worst) > 0 ? judged : worst;
    }
    newestMillis = nowMillis;
    allObserved = watches.size() == consumption.logs().size();
    status = consumption.logs().isEmpty() ? ConsumerStatus.UNKNOWN : worst;
    consumption.readableLag().ifPresent(lag -> trend.add(nowMillis, lag));
  }

  /** Dates anew what was seen. */
  void shift(long millis) {
    watches.values().forEach(watch -> watch.shift(millis));
    trend.shift(millis);
    newestMillis += millis;
  }

  /** Returns the number that tells whether a log is consumed, as it was last observed. */
  OptionalLong progress(String log) {
    ConsumptionWatch watch = watches.get(log);
    return watch == null ? OptionalLong.empty() : watch.progress();
  }

  /**
   * Forgets the logs that were not observed since a point in time; returns whether all are gone.
   */
  boolean forget(long beforeMillis) {
    if (!allObserved || newestMillis < beforeMillis) {
      watches.values().removeIf(watch -> watch.newestMillis() < beforeMillis);
    }
    return watches.isEmpty();
  }

  /** Returns the status of the log that was worst off when it was last observed. */
  ConsumerStatus status() {
    return status;
  }

  /** Returns the status of a log. */
  ConsumerStatus status(
      LogConsumption log, OptionalInt members, long nowMillis, long windowMillis) {
    ConsumptionWatch watch = watches.get(log.log());
    return watch == null
        ? ConsumerStatus.UNKNOWN
        : watch.status(log, members, nowMillis, windowMillis);
  }

  /** Returns how long it takes until nothing is left to consume. */
  OptionalDouble drainSeconds(long nowMillis) {
    return trend.drainSeconds(nowMillis);
  }

  /**
   * Returns the messages that were deleted before they were consumed, as far as was seen; empty
   * where it cannot be known.
   */
  OptionalLong lost() {
    return canTellLost ? OptionalLong.of(lost) : OptionalLong.empty();
  }
}
