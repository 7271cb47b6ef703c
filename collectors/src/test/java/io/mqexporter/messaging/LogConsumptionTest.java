package io.mqexporter.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LogConsumptionTest {

  @Test
  void lagIsTheEndMinusTheCommit() {
    assertThat(committed(30, 10, 100).lag()).hasValue(70);
    assertThat(committed(100, 10, 100).lag()).hasValue(0);
  }

  @Test
  void aCommitBeyondTheEndHasNoLag() {
    LogConsumption consumption = committed(101, 10, 100);
    assertThat(consumption.lag()).isEmpty();
    assertThat(consumption.beyondEnd()).isTrue();
    assertThat(consumption.position()).hasValue(101);
  }

  @Test
  void aCommitBelowTheStartKeepsItsLag() {
    LogConsumption consumption = committed(5, 10, 100);
    assertThat(consumption.lag()).hasValue(95);
    assertThat(consumption.belowStart()).isTrue();
  }

  @Test
  void aCommitAtTheStartLostNothing() {
    assertThat(committed(10, 10, 100).belowStart()).isFalse();
  }

  @Test
  void withoutTheEndThereIsNoLagAndNothingIsBeyondIt() {
    LogConsumption consumption =
        LogConsumption.committed("0", 5, OptionalLong.empty(), OptionalLong.empty());
    assertThat(consumption.lag()).isEmpty();
    assertThat(consumption.beyondEnd()).isFalse();
    assertThat(consumption.belowStart()).isFalse();
  }

  @Test
  void progressIsToldByWhatWasRemovedAndElseByThePosition() {
    OptionalLong one = OptionalLong.of(1);
    assertThat(LogConsumption.removed("", one, one, 7).progress()).hasValue(7);
    assertThat(LogConsumption.told("", one, OptionalLong.of(2)).progress()).hasValue(1);
  }

  private static LogConsumption committed(long committed, long start, long end) {
    return LogConsumption.committed("0", committed, OptionalLong.of(start), OptionalLong.of(end));
  }
}
