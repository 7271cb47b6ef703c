package io.mqexporter.collection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {

  private static final Duration INTERVAL = Duration.ofSeconds(10);
  private static final Duration HALF_PACE = Duration.ofSeconds(20);

  private final Pace pace = new Pace(INTERVAL, Duration.ofSeconds(6));

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
  void itIsHalvedWhileTheClusterIsTooSlowToBeRead() {
    collect(50, 700);
    partly(2, 5_000);
    assertThat(pace.interval()).isEqualTo(INTERVAL);
    partly(1, 5_000);
    assertThat(pace.interval()).isEqualTo(HALF_PACE);
    partly(500, 5_000);
    assertThat(pace.interval()).as("that never becomes usual").isEqualTo(HALF_PACE);
    collect(3, 700);
    assertThat(pace.interval()).isEqualTo(INTERVAL);
  }

  @Test
  void aClusterThatRefusesAtOnceIsNotSlow() {
    collect(50, 700);
    partly(50, 1);
    assertThat(pace.interval()).isEqualTo(INTERVAL);
    collect(3, 4_600);
    partly(50, 1);
    assertThat(pace.interval()).as("nor fast again").isEqualTo(HALF_PACE);
  }

  @Test
  void theNextResultIsThereBeforeTheLastIsTooOld() {
    var tight = new Pace(INTERVAL, INTERVAL.plusSeconds(1));
    for (int i = 0; i < 50; i++) {
      tight.took(Duration.ofMillis(700));
    }
    for (int i = 0; i < 3; i++) {
      tight.partly(INTERVAL);
    }
    assertThat(tight.interval()).isEqualTo(Duration.ofSeconds(19));
  }

  @Test
  void nothingIsUnusualAtTheBeginning() {
    collect(5, 10);
    collect(10, 5_000);
    assertThat(pace.interval()).isEqualTo(INTERVAL);
  }

  private void partly(int times, long millis) {
    for (int i = 0; i < times; i++) {
      pace.partly(Duration.ofMillis(millis));
    }
  }

  private void collect(int times, long millis) {
    for (int i = 0; i < times; i++) {
      pace.took(Duration.ofMillis(millis));
    }
  }
}
