package io.mqexporter.messaging;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * When the end of one log reached which offset, as far back as memory allows. Of a run of equal
 * offsets only the first and the last time are kept, and of what the log no longer holds hardly
 * anything; when the history is full, every second point of its older half goes, so that it reaches
 * back ever further with a coarser grain.
 */
final class OffsetHistory {

  private static final int INITIAL_POINTS = 4;

  /** Points to keep of before the start: one that is calculated may go back a little. */
  private static final int POINTS_BEFORE_START = 4;

  private final int maxPoints;
  private long[] epochMillis = new long[INITIAL_POINTS];
  private long[] ends = new long[INITIAL_POINTS];
  private int size;
  private long start;
  private long seenMillis;

  /**
   * Creates an empty history.
   *
   * @param maxPoints the most points to keep, at least 4; each costs 16 bytes
   */
  OffsetHistory(int maxPoints) {
    this.maxPoints = maxPoints;
  }

  /**
   * Adds an observation, of a log whose end is known and perhaps its start. An end that went back
   * (a topic was created anew, a log truncated, counters were reset) begins the history anew.
   */
  void record(long atEpochMillis, OptionalLong newStart, long end) {
    if (size > 0 && end < ends[size - 1]) {
      size = 0;
      start = 0;
    }
    start = newStart.orElse(start);
    seen(atEpochMillis);
    if (size > 1 && ends[size - 1] == end && ends[size - 2] == end) {
      epochMillis[size - 1] = atEpochMillis;
      return;
    }
    if (size == maxPoints) {
      thinOlderHalf();
    }
    if (size == ends.length) {
      int capacity = Math.min(maxPoints, 2 * size);
      epochMillis = Arrays.copyOf(epochMillis, capacity);
      ends = Arrays.copyOf(ends, capacity);
    }
    epochMillis[size] = atEpochMillis;
    ends[size] = end;
    size++;
    forgetBeforeStart();
  }

  /** Dates anew what was seen. */
  void shift(long millis) {
    for (int i = 0; i < size; i++) {
      epochMillis[i] += millis;
    }
    seenMillis += millis;
  }

  /** Returns the newest start that was observed; 0 if none was. */
  long start() {
    return start;
  }

  /** Returns the end at the newest observation, of which there must be one. */
  long end() {
    return ends[size - 1];
  }

  /** Notes that the log is there, whether or not its end could be read. */
  void seen(long atEpochMillis) {
    seenMillis = atEpochMillis;
  }

  /** Returns when the log was last there. */
  long seenMillis() {
    return seenMillis;
  }

  /**
   * Returns when the message at an offset was written, in milliseconds since the epoch, by linear
   * interpolation between the observations before and after it. Empty if it was written before the
   * history begins, or not yet at the last observation.
   */
  OptionalLong writtenAt(long offset) {
    int after = firstEndBeyond(offset);
    if (after == 0 || after == size) {
      return OptionalLong.empty();
    }
    long from = epochMillis[after - 1];
    long span = epochMillis[after] - from;
    // The middle of the message's own slot: a lone message counts as written halfway between the
    // two observations, which halves the largest possible error.
    double share = (offset - ends[after - 1] + 0.5) / (ends[after] - ends[after - 1]);
    return OptionalLong.of(from + (long) (span * share));
  }

  /**
   * Returns between which observations the message at an offset was written; without a beginning if
   * that was before the first one, and nothing if it was not yet written at the last one.
   */
  Optional<WrittenWithin> writtenWithin(long offset) {
    int after = firstEndBeyond(offset);
    if (after == size) {
      return Optional.empty();
    }
    OptionalLong from = after == 0 ? OptionalLong.empty() : OptionalLong.of(epochMillis[after - 1]);
    return Optional.of(new WrittenWithin(from, epochMillis[after]));
  }

  private int firstEndBeyond(long offset) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (ends[middle] > offset) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private void forgetBeforeStart() {
    int first = firstEndBeyond(start) - POINTS_BEFORE_START;
    if (first > 0) {
      epochMillis = Arrays.copyOfRange(epochMillis, first, size);
      ends = Arrays.copyOfRange(ends, first, size);
      size -= first;
    }
  }

  private void thinOlderHalf() {
    int half = size / 2;
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (i >= half || i % 2 == 0) {
        epochMillis[kept] = epochMillis[i];
        ends[kept] = ends[i];
        kept++;
      }
    }
    size = kept;
  }
}
