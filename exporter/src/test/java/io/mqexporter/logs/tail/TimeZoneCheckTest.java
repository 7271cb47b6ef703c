package io.mqexporter.logs.tail;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A wrong time zone shows as a difference of whole quarters of an hour. */
class TimeZoneCheckTest {

  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  @TempDir private Path temporary;

  @Test
  void wholeQuartersOfAnHour() {
    assertThat(TimeZoneCheck.offBy(NOW, NOW.plus(Duration.ofHours(8))))
        .contains(Duration.ofHours(8));
    assertThat(TimeZoneCheck.offBy(NOW.plusSeconds(2), NOW.minus(Duration.ofMinutes(345))))
        .contains(Duration.ofMinutes(-345));
    assertThat(TimeZoneCheck.offBy(NOW, NOW.plusSeconds(3))).isEmpty();
    assertThat(TimeZoneCheck.offBy(NOW, NOW.plus(Duration.ofMinutes(67)))).isEmpty();
    assertThat(TimeZoneCheck.offBy(NOW, NOW.plus(Duration.ofDays(3)))).isEmpty();
  }

  @Test
  void isSaidOnce() {
    try (var log = new LogFolder(temporary)) {
      String time =
          DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss,SSS")
              .format(LocalDateTime.now(ZoneOffset.ofHours(2)));
      for (int i = 0; i < 3; i++) {
        log.append("server.log", "[" + time + "] WARN m (a.B)\n");
        log.later(Duration.ofSeconds(6));
      }

      assertThat(log.problems).hasSize(1);
      assertThat(log.problems.getFirst())
          .contains("its time zone is not Z (expected: the zone of the broker's clock");
    }
  }
}
