package io.mqexporter.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlowBeatTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final SlowBeat beat = new SlowBeat();

  @Test
  void isDueAtOnceAndThenAfterTheInterval() {
    assertThat(beat.isDue(START)).isTrue();
    beat.succeeded(START, MINUTE);
    assertThat(beat.isDue(START.plusSeconds(59))).isFalse();
    assertThat(beat.isDue(START.plusSeconds(60))).isTrue();
  }

  @Test
  void whatFailedIsDueAgainAtOnceAndThenEverMoreSeldom() {
    var pauses = new ArrayList<Double>();
    for (int i = 0; i < 7; i++) {
      beat.failed(START, MINUTE);
      pauses.add(pause());
    }
    assertThat(pauses).isEqualTo(List.of(0.0, 7.5, 15.0, 30.0, 60.0, 60.0, 60.0));
  }

  @Test
  void whatSucceedsStartsAnew() {
    beat.failed(START, MINUTE);
    beat.failed(START, MINUTE);
    beat.succeeded(START, MINUTE);
    beat.failed(START, MINUTE);
    assertThat(pause()).isZero();
  }

  @Test
  void withoutAnIntervalItIsAlwaysDue() {
    for (int i = 0; i < 3; i++) {
      beat.failed(START, Duration.ZERO);
      assertThat(beat.isDue(START)).isTrue();
    }
  }

  private double pause() {
    double seconds = 0;
    while (!beat.isDue(START.plusMillis((long) (seconds * 1000)))) {
      seconds += 0.5;
    }
    return seconds;
  }
}
