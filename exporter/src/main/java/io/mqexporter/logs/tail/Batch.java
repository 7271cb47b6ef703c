package io.mqexporter.logs.tail;

import io.mqexporter.logs.LogEvent;
import java.util.ArrayList;
import java.util.List;

/** The events of one poll: no more than memory is meant for, and a receiver likes at a time. */
public final class Batch {

  private static final int MAX_EVENTS = 2_000;
  private static final int MAX_BYTES = 4 << 20;

  private final List<LogEvent> events = new ArrayList<>();
  private int bytes;
  private boolean isAnnounced;
  private boolean hasMore;

  Batch() {}

  /** Returns the events, in each file's order. */
  public List<LogEvent> events() {
    return List.copyOf(events);
  }

  /**
   * Returns whether the journal must say so before the events are sent: a file is there that it
   * does not know, or an event was ended because its writer paused.
   */
  public boolean isToBeAnnounced() {
    return isAnnounced;
  }

  /** Returns whether there is more to read at once. */
  public boolean hasMore() {
    return hasMore || isFull();
  }

  void add(LogEvent event) {
    events.add(event);
    bytes += event.size();
  }

  boolean isFull() {
    return events.size() >= MAX_EVENTS || bytes >= MAX_BYTES;
  }

  void announce() {
    isAnnounced = true;
  }

  void more() {
    hasMore = true;
  }
}
