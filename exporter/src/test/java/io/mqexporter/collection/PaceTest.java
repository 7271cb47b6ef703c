package io.mqexporter.collection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {

  private static final Duration INTERVAL = Duration.ofSeconds(10);
  private static final Duration HALF_PACE = Duration.ofSeconds(20);

  private final Pace pace = new Pace(INTERVAL);

  @Test
  void itIsHalvedWhileCollectionsTakeThreeTimesAsLong() {
    collect(50, 1_500);
    collect(2, 4_600);
    assertThat(pace.interval()).as("twice may be chance").isEqualTo(INTERVAL);
    collect(1, 4_600);
    assertThat(pace.interval()).isEqualTo(HALF_PACE);
    collect(10, 3_500);
    assertThat(pace.interval()).as("still not as usual").isEqualTo(HALF_PACE);
    collect(3, 2_600);
    assertThat(pace.interval()).isEqualTo(INTERVAL);
  }

  @Test
  void aClusterThatHasGrownIsCollectedAtFullPaceAgain() {
    collect(100, 700);
    collect(50, 2_500);
    assertThat(pace.interval()).isEqualTo(HALF_PACE);
    collect(100, 2_500);
    assertThat(pace.interval()).isEqualTo(INTERVAL);
  }

  @Test
  void whatIsShortDoesNoHarmHoweverMuchLongerItIs() {
    collect(50, 5);
    collect(50, 1_900);
    assertThat(pace.interval()).isEqualTo(INTERVAL);
  }

  @Test
  void nothingIsUnusualAtTheBeginning() {
    collect(5, 10);
    collect(10, 5_000);
    assertThat(pace.interval()).isEqualTo(INTERVAL);
  }

  private void collect(int times, long millis) {
    for (int i = 0; i < times; i++) {
      pace.took(Duration.ofMillis(millis));
    }
  }
}
