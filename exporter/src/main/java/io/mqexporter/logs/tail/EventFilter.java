package io.mqexporter.logs.tail;

import io.mqexporter.logs.LogEvent;
import io.mqexporter.logs.LogLevel;
import io.mqexporter.logs.LogSource;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** Decides which events are forwarded. Of a storm it keeps the first, and counts the rest. */
final class EventFilter {

  /** What an event says of those of its kind before it that were not forwarded. */
  static final String SUPPRESSED = "mq_exporter.suppressed";

  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final int MAX_KINDS = 10_000;

  final LongAdder suppressed = new LongAdder();

  private final LogSource.Filter filter;
  private final Map<Kind, Window> windows = new HashMap<>();

  private record Kind(String logger, LogLevel level) {}

  /**
   * What was let through of a kind since a window began, and what was not since the last that was.
   */
  private static final class Window {

    private Instant start = Instant.EPOCH;
    private int passed;
    private long suppressed;
  }

  EventFilter(LogSource.Filter filter) {
    this.filter = filter;
  }

  /** Returns whether events of a level are forwarded at all. */
  boolean accepts(LogLevel level) {
    return level.compareTo(filter.level()) >= 0;
  }

  /**
   * Returns an event as it is to be forwarded; empty if it is not.
   *
   * @param storms is told in one line of the first event of a kind that is not forwarded
   */
  Optional<LogEvent> accept(LogEvent event, Instant now, Consumer<String> storms) {
    if (!filter.loggers().accepts(event.logger()) || !filter.messages().accepts(event.message())) {
      return Optional.empty();
    }
    return filter.rateLimit() == 0 ? Optional.of(event) : limited(event, now, storms);
  }

  private Optional<LogEvent> limited(LogEvent event, Instant now, Consumer<String> storms) {
    if (windows.size() >= MAX_KINDS) {
      windows.clear();
    }
    Window window =
        windows.computeIfAbsent(new Kind(event.logger(), event.level()), _ -> new Window());
    if (!now.isBefore(window.start.plus(WINDOW))) {
      window.start = now;
      window.passed = 0;
    }
    if (window.passed == filter.rateLimit()) {
      if (window.suppressed++ == 0) {
        storms.accept(
            "more than %d events of level %s in a minute%s: further ones are counted, not forwarded"
                .formatted(
                    filter.rateLimit(),
                    event.level().text(),
                    event.logger().isEmpty() ? "" : " of " + event.logger()));
      }
      suppressed.increment();
      return Optional.empty();
    }
    window.passed++;
    if (window.suppressed == 0) {
      return Optional.of(event);
    }
    String before = Long.toString(window.suppressed);
    window.suppressed = 0;
    return Optional.of(event.with(SUPPRESSED, before));
  }
}
