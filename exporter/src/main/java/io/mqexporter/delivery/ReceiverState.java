package io.mqexporter.delivery;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;

/** Whether a receiver takes what it is sent; writes one line to the log for each change. */
public final class ReceiverState {

  private final String receiver;
  private final String what;
  private final Logger logger;
  private boolean isAway;
  private long sinceNanos;

  /**
   * Creates the state of a receiver that has not been tried yet.
   *
   * @param receiver what it is called
   * @param what it takes, in the plural
   */
  public ReceiverState(String receiver, String what, Logger logger) {
    this.receiver = receiver;
    this.what = what;
    this.logger = logger;
  }

  /** Notes that something was not taken, and why. */
  public synchronized void failed(String reason) {
    if (!isAway) {
      isAway = true;
      sinceNanos = System.nanoTime();
      logger.warn("{}: {}: {} wait until it works again", receiver, reason, what);
    }
  }

  /**
   * Notes that something was taken.
   *
   * @param sentNanos when it was sent, on the scale of {@link System#nanoTime()}: an answer to what
   *     was sent before a failure says nothing about the time after it
   */
  public synchronized void answered(long sentNanos) {
    if (isAway && sentNanos - sinceNanos > 0) {
      isAway = false;
      long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - sinceNanos);
      logger.info("{}: takes {} again, after {} s", receiver, what, seconds);
    }
  }

  /** Returns for how long nothing has been taken; zero while all is well. */
  public synchronized Duration away() {
    return isAway ? Duration.ofNanos(System.nanoTime() - sinceNanos) : Duration.ZERO;
  }
}
