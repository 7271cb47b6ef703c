package io.mqexporter.app;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;

/** A clock that goes on from when it was made, whatever the machine's own is set to. */
final class SteadyClock extends Clock {

  private final Clock wall;
  private final Instant start;
  private final long startNanos = System.nanoTime();

  /** Begins with another clock's time. */
  SteadyClock(Clock wall) {
    this.wall = wall;
    this.start = wall.instant();
  }

  @Override
  public Instant instant() {
    return start.plusNanos(System.nanoTime() - startNanos);
  }

  @Override
  public ZoneId getZone() {
    return wall.getZone();
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return new SteadyClock(wall.withZone(zone));
  }
}
