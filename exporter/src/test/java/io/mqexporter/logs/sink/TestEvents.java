package io.mqexporter.logs.sink;

import io.mqexporter.logs.LogEvent;
import io.mqexporter.logs.LogLevel;
import io.mqexporter.logs.LogOrigin;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Log events to send. */
public final class TestEvents {

  /** When the first was written. */
  public static final Instant TIME = Instant.parse("2026-11-24T10:31:36.123Z");

  /** Where they come from. */
  public static final LogOrigin ORIGIN =
      new LogOrigin(
          "kafka",
          "orders",
          "1",
          "host-1",
          "messaging",
          "kafka-1",
          "broker",
          "/var/log/kafka/server.log");

  private TestEvents() {}

  /** Returns so many events, whose ids and messages are numbered from 0 on. */
  public static List<LogEvent> numbered(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> event("id-" + i, "line " + i, i * 100L))
        .toList();
  }

  /** Returns an event of Kafka without a stack trace. */
  public static LogEvent event(String id, String message, long offset) {
    return new LogEvent(
        id,
        TIME,
        LogLevel.ERROR,
        "kafka.server.ReplicaManager",
        "",
        message,
        "",
        ORIGIN,
        offset,
        Map.of(),
        Set.of());
  }
}
