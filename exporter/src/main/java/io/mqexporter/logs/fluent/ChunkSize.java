package io.mqexporter.logs.fluent;

import io.mqexporter.logs.LogEvent;
import java.util.List;

/** How much is sent at once: less after each failure, more after each success. */
final class ChunkSize {

  private final int maxBytes;
  private int bytes;

  ChunkSize(int maxBytes) {
    this.maxBytes = maxBytes;
    this.bytes = maxBytes;
  }

  /** Returns the first events, at least one, that make a chunk: all of one kind of broker. */
  List<LogEvent> firstOf(List<LogEvent> events) {
    String system = events.getFirst().origin().system();
    long size = events.getFirst().size();
    int count = 1;
    while (count < events.size()
        && events.get(count).origin().system().equals(system)
        && size + events.get(count).size() <= bytes) {
      size += events.get(count).size();
      count++;
    }
    return events.subList(0, count);
  }

  void shrink() {
    bytes = Math.max(1, bytes / 2);
  }

  void grow() {
    bytes = (int) Math.min(maxBytes, bytes * 2L);
  }
}
