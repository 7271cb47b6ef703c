package io.mqexporter.delivery;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * The pauses between attempts: each about twice as long as the one before, up to a limit, and a
 * random part of it, so that many agents do not come back at the same moment.
 */
final class Backoff {

  private static final int MAX_DOUBLINGS = 20;

  private final Duration first;
  private final Duration longest;
  private final RandomGenerator random;
  private int pauses;

  /** Creates one whose pauses begin with {@code first} and grow to {@code longest}. */
  Backoff(Duration first, Duration longest, RandomGenerator random) {
    this.first = first;
    this.longest = longest;
    this.random = random;
  }

  /** Returns the next pause: a half to the whole of what it may be. */
  Duration next() {
    int doublings = Math.min(pauses++, MAX_DOUBLINGS);
    long millis = Math.min(first.toMillis() << doublings, longest.toMillis());
    return Duration.ofMillis(millis / 2 + random.nextLong(millis / 2 + 1));
  }

  /**
   * Waits for the next pause.
   *
   * @param atLeast what the other side asked for; no more than the longest pause is granted
   */
  void pause(Duration atLeast) throws InterruptedException {
    Duration pause = next();
    Duration asked = atLeast.compareTo(longest) > 0 ? longest : atLeast;
    TimeUnit.NANOSECONDS.sleep((pause.compareTo(asked) < 0 ? asked : pause).toNanos());
  }
}
