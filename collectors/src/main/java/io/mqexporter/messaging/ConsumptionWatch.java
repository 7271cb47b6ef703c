package io.mqexporter.messaging;

import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The sliding window over one log's consumption, kept as the times of the last events instead of
 * the samples themselves: one small object a watched log, whatever the window's length.
 */
final class ConsumptionWatch {

  private static final long NEVER = Long.MIN_VALUE;

  private long firstSeenMillis;
  private long newestMillis;
  private long progress = NEVER;
  private long lag = NEVER;
  private long movedMillis = NEVER;
  private long lagZeroMillis = NEVER;
  private long lagShrankMillis = NEVER;
  private long rewoundMillis = NEVER;
  private long rewoundFrom = NEVER;
  private long lostUpTo = NEVER;

  /** Starts watching. */
  ConsumptionWatch(long nowMillis) {
    this.firstSeenMillis = nowMillis;
    this.newestMillis = nowMillis;
  }

  /** Takes in one sample. What is not known leaves the memory as it is. */
  void observe(LogConsumption sample, long nowMillis) {
    newestMillis = nowMillis;
    if (sample.progress().isPresent()) {
      observeProgress(sample.progress().getAsLong(), sample.removed().isEmpty(), nowMillis);
    }
    if (sample.readableLag().isPresent()) {
      observeLag(sample.readableLag().getAsLong(), nowMillis);
    }
  }

  /** Dates anew what was seen. */
  void shift(long millis) {
    firstSeenMillis += millis;
    newestMillis += millis;
    movedMillis = shifted(movedMillis, millis);
    lagZeroMillis = shifted(lagZeroMillis, millis);
    lagShrankMillis = shifted(lagShrankMillis, millis);
    rewoundMillis = shifted(rewoundMillis, millis);
  }

  private static long shifted(long atMillis, long millis) {
    return atMillis == NEVER ? NEVER : atMillis + millis;
  }

  /**
   * Returns how many messages were deleted before they were consumed that were not returned before.
   * A position that goes back does not make them lost again.
   */
  long newlyLost(LogConsumption sample) {
    if (!sample.belowStart()) {
      return 0;
    }
    long from = Math.max(sample.position().getAsLong(), lostUpTo);
    long upTo = sample.start().getAsLong();
    lostUpTo = Math.max(lostUpTo, upTo);
    return Math.max(0, upTo - from);
  }

  /** Returns the newest progress that is known. */
  OptionalLong progress() {
    return progress == NEVER ? OptionalLong.empty() : OptionalLong.of(progress);
  }

  /** Returns when the newest sample was taken, in milliseconds since the epoch. */
  long newestMillis() {
    return newestMillis;
  }

  /**
   * Judges the newest sample by what happened within the window that ends now.
   *
   * @param members the consumers connected; without progress they tell a stalled group from a
   *     stopped one
   */
  ConsumerStatus status(
      LogConsumption newest, OptionalInt members, long nowMillis, long windowMillis) {
    long windowStart = nowMillis - windowMillis;
    boolean nothingLeft = newest.unread() instanceof Unread.Nothing;
    if (newest.belowStart() && !nothingLeft) {
      return ConsumerStatus.LOST;
    }
    if (newest.beyondEnd() || (rewoundMillis >= windowStart && progress < rewoundFrom)) {
      return ConsumerStatus.REWOUND;
    }
    if (newest.lag().isEmpty()) {
      return ConsumerStatus.UNKNOWN;
    }
    if (lagZeroMillis >= windowStart) {
      return ConsumerStatus.OK;
    }
    boolean windowFull = firstSeenMillis <= windowStart;
    if (newest.progress().isPresent() && movedMillis < windowStart) {
      if (!windowFull) {
        return ConsumerStatus.UNKNOWN;
      }
      return members.isPresent() && members.getAsInt() == 0
          ? ConsumerStatus.STOPPED
          : ConsumerStatus.STALLED;
    }
    if (lagShrankMillis >= windowStart) {
      return ConsumerStatus.OK;
    }
    return windowFull ? ConsumerStatus.LAGGING : ConsumerStatus.UNKNOWN;
  }

  private void observeProgress(long newProgress, boolean isPosition, long nowMillis) {
    boolean wentBack = newProgress < progress;
    if (progress != NEVER && wentBack && isPosition) {
      rewoundMillis = nowMillis;
      rewoundFrom = progress;
    }
    // A counter that goes back was reset, which moves no consumer.
    if (progress != NEVER && newProgress != progress && (isPosition || !wentBack)) {
      movedMillis = nowMillis;
    }
    progress = newProgress;
  }

  private void observeLag(long newLag, long nowMillis) {
    if (newLag == 0) {
      lagZeroMillis = nowMillis;
    }
    if (lag != NEVER && newLag < lag) {
      lagShrankMillis = nowMillis;
    }
    lag = newLag;
  }
}
