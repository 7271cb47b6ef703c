package io.mqexporter.collector;

import java.time.Duration;
import java.time.Instant;

/**
 * When something is due that is read less often than at each collection. What could not be read in
 * whole is due again at the next collection, and if that fails too, further and further apart up to
 * the interval: a broker that has come back is whole again soon, and a right that is missing for
 * ever costs no more than the interval allows.
 */
public final class SlowBeat {

  /** The share of the interval that is waited after the second failure in a row; then twice. */
  private static final int FIRST_PAUSE = 8;

  private Instant due = Instant.MIN;
  private int failures;

  /** Returns whether it is to be read. */
  public boolean isDue(Instant now) {
    return !now.isBefore(due);
  }

  /** Notes that all of it was read. */
  public void succeeded(Instant now, Duration interval) {
    failures = 0;
    due = now.plus(interval);
  }

  /** Notes that not all of it was read. */
  public void failed(Instant now, Duration interval) {
    failures++;
    due = failures == 1 ? now : now.plus(pause(interval));
  }

  private Duration pause(Duration interval) {
    Duration pause = interval.dividedBy(FIRST_PAUSE);
    for (int i = 2; i < failures && pause.compareTo(interval) < 0; i++) {
      pause = pause.multipliedBy(2);
    }
    return pause.compareTo(interval) < 0 ? pause : interval;
  }
}
