package io.mqexporter.logs.elasticsearch;

import io.mqexporter.logs.LogEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How much goes into one request. It becomes less for good when something on the way finds it too
 * large, so that not every request has to be sent several times.
 */
final class PartSize {

  private static final int MIN_BYTES = 16 << 10;

  private final AtomicInteger maxBytes;

  PartSize(int maxBytes) {
    this.maxBytes = new AtomicInteger(maxBytes);
  }

  /** Returns events as parts that are small enough, of one event at least. */
  List<List<LogEvent>> partsOf(List<LogEvent> events) {
    int limit = maxBytes.get();
    var parts = new ArrayList<List<LogEvent>>();
    int start = 0;
    long bytes = 0;
    for (int i = 0; i < events.size(); i++) {
      int size = events.get(i).size();
      if (i > start && bytes + size > limit) {
        parts.add(events.subList(start, i));
        start = i;
        bytes = 0;
      }
      bytes += size;
    }
    parts.add(events.subList(start, events.size()));
    return parts;
  }

  /** Notes that these events together were too large. */
  void shrink(List<LogEvent> events) {
    long refused = events.stream().mapToLong(LogEvent::size).sum();
    int less = (int) Math.max(MIN_BYTES, refused / 2);
    maxBytes.accumulateAndGet(less, Math::min);
  }
}
