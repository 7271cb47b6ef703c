package io.mqexporter.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class OffsetHistoryTest {

  private final OffsetHistory history = new OffsetHistory(8);

  @Test
  void tellsBetweenWhichObservationsAMessageWasWritten() {
    var history = new OffsetHistory(8);
    history.record(1_000, OptionalLong.empty(), 10);
    history.record(2_000, OptionalLong.empty(), 20);
    assertThat(history.writtenWithin(9)).contains(new WrittenWithin(OptionalLong.empty(), 1_000));
    assertThat(history.writtenWithin(10))
        .contains(new WrittenWithin(OptionalLong.of(1_000), 2_000));
    assertThat(history.writtenWithin(20)).isEmpty();
  }

  @Test
  void aMessageWasWrittenBetweenTheObservationsAroundIt() {
    observe(1_000, 0);
    observe(2_000, 10);
    assertThat(history.writtenAt(0)).hasValue(1_050);
    assertThat(history.writtenAt(9)).hasValue(1_950);
  }

  @Test
  void aLoneMessageWasWrittenHalfwayBetweenThem() {
    observe(1_000, 5);
    observe(2_000, 6);
    assertThat(history.writtenAt(5)).hasValue(1_500);
  }

  @Test
  void aMessageFromBeforeTheFirstObservationHasNoTime() {
    observe(1_000, 5);
    observe(2_000, 6);
    assertThat(history.writtenAt(4)).isEmpty();
  }

  @Test
  void aMessageThatIsNotWrittenYetHasNoTime() {
    assertThat(history.writtenAt(0)).isEmpty();
    observe(1_000, 5);
    assertThat(history.writtenAt(5)).isEmpty();
  }

  @Test
  void anIdleLogKeepsOnlyTheBeginningAndTheEndOfItsRest() {
    for (int i = 0; i < 1_000; i++) {
      observe(i * 1_000L, 5);
    }
    observe(1_000_000, 6);
    assertThat(history.writtenAt(5)).hasValue(999_500);
    assertThat(history.writtenAt(4)).isEmpty();
  }

  @Test
  void aFullHistoryReachesBackAsFarWithACoarserGrain() {
    for (int i = 0; i <= 100; i++) {
      observe(i * 1_000L, i * 10L);
    }
    assertThat(history.writtenAt(0)).isPresent();
    for (long offset = 0; offset < 1_000; offset++) {
      assertThat(history.writtenAt(offset).getAsLong()).isCloseTo(offset * 100 + 50, within(1L));
    }
  }

  @Test
  void anEndThatGoesBackBeginsTheHistoryAnew() {
    observe(1_000, 100);
    observe(2_000, 200);
    observe(3_000, 10);
    assertThat(history.writtenAt(150)).isEmpty();
    observe(4_000, 20);
    assertThat(history.writtenAt(15)).hasValue(3_550);
    assertThat(history.end()).isEqualTo(20);
  }

  @Test
  void theStartIsTheNewestThatIsKnown() {
    assertThat(history.start()).isZero();
    history.record(1_000, OptionalLong.of(7), 10);
    history.record(2_000, OptionalLong.empty(), 10);
    assertThat(history.start()).isEqualTo(7);
    assertThat(history.seenMillis()).isEqualTo(2_000);
  }

  @Test
  void theStartOfALogThatWasCreatedAnewIsNotThatOfTheFormerOne() {
    history.record(1_000, OptionalLong.of(7), 10);
    history.record(2_000, OptionalLong.empty(), 3);
    assertThat(history.start()).isZero();
  }

  @Test
  void whatTheLogNoLongerHoldsIsForgottenButForALittle() {
    var moving = new OffsetHistory(240);
    for (int i = 1; i <= 100; i++) {
      moving.record(i * 1_000L, OptionalLong.of(10L * i - 5), 10L * i);
    }
    // Between the observations around 995, and around one to which the start may go back.
    assertThat(moving.writtenAt(995)).hasValue(99_550);
    assertThat(moving.writtenAt(975)).hasValue(97_550);
    assertThat(moving.writtenAt(905)).isEmpty();
  }

  private void observe(long epochMillis, long end) {
    history.record(epochMillis, OptionalLong.empty(), end);
  }
}
