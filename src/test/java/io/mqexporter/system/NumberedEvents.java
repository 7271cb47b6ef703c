package io.mqexporter.system;

import io.mqexporter.logs.LogEvent;
import io.mqexporter.logs.LogLevel;
import io.mqexporter.logs.LogOrigin;
import io.mqexporter.logs.LogSink;
import io.mqexporter.logs.LogSink.Delivered;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

/** Log events with numbers, of which one sees afterwards what arrived, and how often. */
final class NumberedEvents {

  private static final List<Thread> delivering = new CopyOnWriteArrayList<>();

  /** When all were written. */
  static final Instant TIME = Instant.parse("2026-11-24T10:31:36.123Z");

  private static final LogOrigin ORIGIN =
      new LogOrigin(
          "kafka", "orders", "1", "host-1", "messaging", "kafka-1", "broker", "/server.log");

  private NumberedEvents() {}

  /** Returns so many, from number 0 on. */
  static List<LogEvent> of(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> event("id-" + i, "line " + i, i, Map.of()))
        .toList();
  }

  /** Returns one with other content. */
  static LogEvent event(String id, String message, long offset, Map<String, String> attributes) {
    return new LogEvent(
        id,
        TIME,
        LogLevel.ERROR,
        "kafka.server.KafkaApis",
        "",
        message,
        "java.io.IOException: it broke\n\tat x",
        ORIGIN,
        offset,
        attributes,
        Set.of());
  }

  static List<String> messages(List<LogEvent> events) {
    return events.stream().map(LogEvent::message).toList();
  }

  /** Delivers on a thread of its own, as the agent does, until {@link #stopDelivering}. */
  static CompletableFuture<Delivered> deliverAside(LogSink sink, List<LogEvent> events) {
    var delivered = new CompletableFuture<Delivered>();
    delivering.add(
        Thread.ofVirtual()
            .start(() -> {
              try {
                delivered.complete(sink.deliver(events));
              } catch (InterruptedException e) {
                delivered.completeExceptionally(e);
              }
            }));
    return delivered;
  }

  /** Ends the deliveries that still try: nothing else does while a receiver refuses. */
  static void stopDelivering() throws InterruptedException {
    for (Thread thread : delivering) {
      thread.interrupt();
      thread.join();
    }
    delivering.clear();
  }
}
