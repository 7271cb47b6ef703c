package io.mqexporter.logs.tail;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqexporter.logs.LogEvent;
import io.mqexporter.logs.LogLevel;
import io.mqexporter.logs.LogOrigin;
import io.mqexporter.logs.LogSource.Choice;
import io.mqexporter.logs.LogSource.Filter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Which events are forwarded. */
class EventFilterTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final List<String> storms = new ArrayList<>();

  private static LogEvent event(String logger, LogLevel level, String message) {
    return new LogEvent(
        "id",
        START,
        level,
        logger,
        "",
        message,
        "",
        new LogOrigin("kafka", "", "", "", "", "", "", ""),
        0,
        Map.of(),
        Set.of());
  }

  @Test
  void byLevelAndPlainTextAlways() {
    var filter = new EventFilter(Filter.DEFAULT);

    assertThat(List.of(LogLevel.values()).stream().filter(filter::accepts))
        .containsExactly(LogLevel.WARN, LogLevel.ERROR, LogLevel.FATAL, LogLevel.UNKNOWN);
  }

  @Test
  void byLoggerAndMessage() {
    var filter =
        new EventFilter(
            new Filter(
                LogLevel.WARN,
                new Choice(List.of(Pattern.compile("^kafka\\.")), List.of(Pattern.compile("Log$"))),
                new Choice(List.of(), List.of(Pattern.compile("expected"))),
                0));

    assertThat(accepts(filter, "kafka.server.KafkaServer", "failed")).isTrue();
    assertThat(accepts(filter, "kafka.log.Log", "failed")).isFalse();
    assertThat(accepts(filter, "org.apache.Kafka", "failed")).isFalse();
    assertThat(accepts(filter, "kafka.server.KafkaServer", "as expected.")).isFalse();
  }

  private boolean accepts(EventFilter filter, String logger, String message) {
    return filter.accept(event(logger, LogLevel.WARN, message), START, storms::add).isPresent();
  }

  @Test
  void ofAStormTheFirstAreKeptAndTheRestIsCounted() {
    var filter = new EventFilter(new Filter(LogLevel.WARN, Choice.ALL, Choice.ALL, 3));
    LogEvent storm = event("a.B", LogLevel.ERROR, "again");
    LogEvent other = event("a.C", LogLevel.ERROR, "once");
    LogEvent warning = event("a.B", LogLevel.WARN, "also");

    var kept = new ArrayList<LogEvent>();
    for (int i = 0; i < 10; i++) {
      filter.accept(storm, START.plusSeconds(i), storms::add).ifPresent(kept::add);
    }

    assertThat(kept).containsExactly(storm, storm, storm);
    assertThat(filter.suppressed.sum()).isEqualTo(7);
    assertThat(storms)
        .containsExactly(
            "more than 3 events of level error in a minute of a.B: further ones are counted, not"
                + " forwarded");
    assertThat(filter.accept(other, START, storms::add)).contains(other);
    assertThat(filter.accept(warning, START, storms::add)).contains(warning);

    Optional<LogEvent> next = filter.accept(storm, START.plusSeconds(60), storms::add);
    assertThat(next.orElseThrow().attributes()).containsEntry(EventFilter.SUPPRESSED, "7");
    assertThat(filter.accept(storm, START.plusSeconds(61), storms::add)).contains(storm);
  }
}
