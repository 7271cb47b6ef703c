package io.mqexporter.collection;

import java.time.Duration;
import java.util.Arrays;

/**
 * How often a target is collected: at half the pace while it takes three times as long as usual to
 * answer, for then the agent's own requests may be a part of what slows it. What is usual is the
 * median of the last collections that read everything, a slow one among them too, so that a cluster
 * that has grown is collected at full pace again after a while.
 */
final class Pace {

  /** How many collections are remembered: an hour of them at an interval of 15 s. */
  private static final int REMEMBERED = 240;

  /** How many there must have been before anything is unusual. */
  private static final int ENOUGH = 20;

  /** How many in a row make a difference. */
  private static final int IN_A_ROW = 3;

  private static final int SLOW_FACTOR = 3;
  private static final int FAST_FACTOR = 2;

  /** What takes less than a fifth of the interval, however slow, does no broker harm. */
  private static final int HARMLESS_SHARE = 5;

  private final Duration interval;
  private final Duration halfPace;
  private final long[] nanos = new long[REMEMBERED];
  private int count;
  private int slowInARow;
  private int fastInARow;
  private boolean halved;

  /**
   * Creates one at full pace.
   *
   * @param interval the time from one collection to the next
   * @param longest how long a collection may take
   */
  Pace(Duration interval, Duration longest) {
    this.interval = interval;
    // The next result must be there before the last one is no longer shown.
    Duration latest = interval.multipliedBy(CollectionResult.SHOWN_INTERVALS).minus(longest);
    Duration twice = interval.multipliedBy(2);
    this.halfPace = twice.compareTo(latest) < 0 ? twice : latest;
  }

  /** Returns the time from the start of one collection to the start of the next. */
  Duration interval() {
    return halved ? halfPace : interval;
  }

  /** Takes in how long a collection took that read everything. */
  void took(Duration duration) {
    if (count >= ENOUGH) {
      long usual = median();
      boolean matters = matters(duration);
      boolean slow = matters && duration.toNanos() > SLOW_FACTOR * usual;
      boolean fast = !matters || duration.toNanos() < FAST_FACTOR * usual;
      slowInARow = slow ? slowInARow + 1 : 0;
      fastInARow = fast ? fastInARow + 1 : 0;
      halved = halved ? fastInARow < IN_A_ROW : slowInARow >= IN_A_ROW;
    }
    nanos[count++ % REMEMBERED] = duration.toNanos();
  }

  /**
   * Takes in how long a collection took that could not read everything: that it was slow says
   * something, that it was short does not. One that read nothing is none of these: that nobody
   * answers is no sign of load, and who comes back is to be shown soon.
   */
  void partly(Duration duration) {
    if (count >= ENOUGH && matters(duration) && duration.toNanos() > SLOW_FACTOR * median()) {
      slowInARow++;
      fastInARow = 0;
      halved = halved || slowInARow >= IN_A_ROW;
    }
  }

  private boolean matters(Duration duration) {
    return duration.multipliedBy(HARMLESS_SHARE).compareTo(interval) > 0;
  }

  private long median() {
    long[] sorted = Arrays.copyOf(nanos, Math.min(count, REMEMBERED));
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
