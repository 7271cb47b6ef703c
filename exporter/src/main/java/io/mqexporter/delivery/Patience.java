package io.mqexporter.delivery;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Tries until it works. There is no last attempt: what waits stands in the broker's log file
 * meanwhile, or in a queue that is bounded.
 *
 * @param state the receiver that is tried
 * @param firstPause the first pause between two attempts
 * @param longestPause the longest
 * @param random which part of a pause is waited for
 */
public record Patience(
    ReceiverState state, Duration firstPause, Duration longestPause, RandomGenerator random) {

  /** What is tried. */
  public interface Attempt<T> {

    /**
     * Tries once.
     *
     * @throws UnavailableException if it is to be tried again
     */
    T run() throws UnavailableException, InterruptedException;
  }

  /**
   * Returns what an attempt comes to, however many it takes.
   *
   * @throws InterruptedException if the thread is interrupted, also while it waits
   */
  public <T> T untilDone(Attempt<T> attempt) throws InterruptedException {
    var backoff = new Backoff(firstPause, longestPause, random);
    while (true) {
      long startNanos = System.nanoTime();
      try {
        T result = attempt.run();
        state.answered(startNanos);
        return result;
      } catch (UnavailableException e) {
        state.failed(e.reason());
        backoff.pause(e.retryAfter());
      }
    }
  }
}
