package io.mqexporter.collector;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A point in time by which something must have ended.
 *
 * @param nanoTime the point, on the scale of {@link System#nanoTime()}
 */
public record Deadline(long nanoTime) {

  /** Returns the point that lies {@code timeout} ahead of now. */
  public static Deadline after(Duration timeout) {
    return new Deadline(System.nanoTime() + timeout.toNanos());
  }

  /** Returns the point at which a share of the time that is left has passed. */
  public Deadline share(double share) {
    return after(Duration.ofNanos((long) (remaining().toNanos() * share)));
  }

  /** Returns the time that is left; zero when the deadline has passed. */
  public Duration remaining() {
    return Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime()));
  }

  /**
   * Returns the time that is left in whole milliseconds, at least 1, for clients that want more
   * than 0.
   */
  public int remainingMillis() {
    return Math.clamp(
        TimeUnit.NANOSECONDS.toMillis(nanoTime - System.nanoTime()), 1, Integer.MAX_VALUE);
  }

  /** Returns whether the deadline has passed. */
  public boolean hasPassed() {
    return nanoTime - System.nanoTime() <= 0;
  }
}
