package io.mqexporter.messaging;

import java.util.OptionalDouble;

/** The newest lags of one consumption, from which it can be told when it will have caught up. */
final class LagTrend {

  /** As many as the collections of a window, and the one before them. */
  private static final int SAMPLES = 11;

  private final long[] epochMillis = new long[SAMPLES];
  private final long[] lags = new long[SAMPLES];
  private int size;
  private int newest = -1;

  /** Adds a sample; the oldest one goes when there is no more room. */
  void add(long atEpochMillis, long lag) {
    newest = (newest + 1) % SAMPLES;
    epochMillis[newest] = atEpochMillis;
    lags[newest] = lag;
    size = Math.min(size + 1, SAMPLES);
  }

  /** Dates anew what was seen. */
  void shift(long millis) {
    for (int i = 0; i < SAMPLES; i++) {
      epochMillis[i] += millis;
    }
  }

  /**
   * Returns how long it takes until nothing is left if all goes on as since the oldest sample, in
   * seconds: zero when nothing is left, infinite while the lag does not shrink, empty when there is
   * no sample of that time or none before it.
   */
  OptionalDouble drainSeconds(long nowMillis) {
    if (size == 0 || epochMillis[newest] != nowMillis) {
      return OptionalDouble.empty();
    }
    if (lags[newest] == 0) {
      return OptionalDouble.of(0);
    }
    int oldest = (newest + SAMPLES - size + 1) % SAMPLES;
    double seconds = (epochMillis[newest] - epochMillis[oldest]) / 1000.0;
    if (seconds <= 0) {
      return OptionalDouble.empty();
    }
    double shrinkage = (lags[oldest] - lags[newest]) / seconds;
    return OptionalDouble.of(shrinkage > 0 ? lags[newest] / shrinkage : Double.POSITIVE_INFINITY);
  }
}
