package io.mqexporter.logs.tail;

import io.mqexporter.logs.LogEvent;
import io.mqexporter.logs.journal.Excerpt;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The events of one poll: no more than memory is meant for, and a receiver likes at a time. */
public final class Batch {

  /**
   * How many events are in one, at most: so few that they are garbage before the heap has to grow
   * for them.
   */
  public static final int MAX_EVENTS = 500;

  /** How large they are together, at most, but for the last of them. */
  public static final int MAX_BYTES = 1 << 20;

  private final List<LogEvent> events = new ArrayList<>();
  private final Map<TailedFile, Progress> progress = new HashMap<>();
  private int bytes;
  private boolean isAnnounced;
  private boolean hasMore;

  /** How far a file has been read: where, and the bytes before it. */
  private record Progress(long offset, Excerpt tail) {}

  Batch() {}

  /** Returns the events, in each file's order. */
  public List<LogEvent> events() {
    return List.copyOf(events);
  }

  /** Returns how many events it has. */
  public int size() {
    return events.size();
  }

  /** Returns about how many bytes its events take. */
  public int bytes() {
    return bytes;
  }

  /** Returns whether it has neither events nor a file that was read on. */
  public boolean isEmpty() {
    return events.isEmpty() && progress.isEmpty();
  }

  /** Takes in what was read after it and has no events. */
  public void absorb(Batch quiet) {
    progress.putAll(quiet.progress);
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

  void readTo(TailedFile file) {
    progress.put(file, new Progress(file.offset, file.tail));
  }

  void acknowledge() {
    progress.forEach((file, to) -> {
      file.pattern.bytesAcknowledged.add(Math.max(0, to.offset() - file.acknowledged));
      file.acknowledge(to.offset(), to.tail());
    });
  }

  void announce() {
    isAnnounced = true;
  }

  void more() {
    hasMore = true;
  }
}
