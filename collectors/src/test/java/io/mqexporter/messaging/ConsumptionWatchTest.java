package io.mqexporter.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ConsumptionWatchTest {

  private static final int MEMBERS = 1;
  private static final long WINDOW = 10;

  private final ConsumptionWatch watch = new ConsumptionWatch(1);
  private LogConsumption newest = sample(0, 0);
  private long now;

  @Test
  void isOkAtOnceWhenNothingWaits() {
    observe(100, 100);
    assertThat(status(MEMBERS)).isEqualTo(ConsumerStatus.OK);
  }

  @Test
  void isOkWhileLagZeroWasReachedInTheWindow() {
    observe(100, 100);
    for (int i = 1; i <= WINDOW; i++) {
      observe(100, 100 + i);
      assertThat(status(MEMBERS)).isEqualTo(ConsumerStatus.OK);
    }
    observe(100, 120);
    assertThat(status(MEMBERS)).isEqualTo(ConsumerStatus.STALLED);
  }

  @Test
  void isUnknownUntilItWasWatchedForAWindow() {
    for (int i = 0; i < WINDOW; i++) {
      observe(50, 100);
      assertThat(status(MEMBERS)).isEqualTo(ConsumerStatus.UNKNOWN);
    }
    observe(50, 100);
    assertThat(status(MEMBERS)).isEqualTo(ConsumerStatus.STALLED);
  }

  @Test
  void isStalledWithMembersAndStoppedWithout() {
    observeTimes(12, 0, 0);
    assertThat(status(MEMBERS)).isEqualTo(ConsumerStatus.STALLED);
    assertThat(status(0)).isEqualTo(ConsumerStatus.STOPPED);
    assertThat(watch.status(newest, OptionalInt.empty(), now, WINDOW))
        .isEqualTo(ConsumerStatus.STALLED);
  }

  @Test
  void lagsWhenItMovesAndTheLagOnlyGrows() {
    observeTimes(12, 1, 2);
    assertThat(status(MEMBERS)).isEqualTo(ConsumerStatus.LAGGING);
  }

  @Test
  void lagsWhenItMovesAndTheLagStays() {
    observeTimes(12, 1, 1);
    assertThat(status(MEMBERS)).isEqualTo(ConsumerStatus.LAGGING);
  }

  @Test
  void isOkWhenItMovesAndTheLagShrinksAtTimes() {
    observeTimes(12, 1, 2);
    observe(20, 1_050);
    assertThat(status(MEMBERS)).isEqualTo(ConsumerStatus.LAGGING);
    observe(60, 1_051);
    assertThat(status(MEMBERS)).isEqualTo(ConsumerStatus.OK);
  }

  @Test
  void isRewoundUntilThePositionIsReachedAgain() {
    observe(100, 200);
    observe(50, 200);
    assertThat(status(MEMBERS)).isEqualTo(ConsumerStatus.REWOUND);
    observe(99, 200);
    assertThat(status(MEMBERS)).isEqualTo(ConsumerStatus.REWOUND);
    observe(100, 200);
    assertThat(status(MEMBERS)).isEqualTo(ConsumerStatus.OK);
  }

  @Test
  void isRewoundNoLongerThanTheWindow() {
    observe(100, 200);
    observe(50, 200);
    for (int i = 0; i < WINDOW; i++) {
      observe(51 + i, 200);
      assertThat(status(MEMBERS)).isEqualTo(ConsumerStatus.REWOUND);
    }
    observe(70, 200);
    assertThat(status(MEMBERS)).isEqualTo(ConsumerStatus.OK);
  }

  @Test
  void isRewoundBeyondTheEnd() {
    observe(201, 200);
    assertThat(status(MEMBERS)).isEqualTo(ConsumerStatus.REWOUND);
  }

  @Test
  void isLostBelowTheStart() {
    now++;
    newest = LogConsumption.committed("0", 5, OptionalLong.of(10), OptionalLong.of(20));
    watch.observe(newest, now);
    assertThat(status(MEMBERS)).isEqualTo(ConsumerStatus.LOST);
  }

  @Test
  void isUnknownWithoutALag() {
    observe(100, 100);
    now++;
    newest = LogConsumption.committed("0", 100, OptionalLong.empty(), OptionalLong.empty());
    watch.observe(newest, now);
    assertThat(status(MEMBERS)).isEqualTo(ConsumerStatus.UNKNOWN);
  }

  @Test
  void aGapBetweenSamplesIsNotTakenForStandstillBeforeIt() {
    observeTimes(12, 1, 2);
    now += 5;
    observe(20, 1_050);
    assertThat(status(MEMBERS)).isEqualTo(ConsumerStatus.LAGGING);
  }

  @Test
  void withoutAPositionOnlyTheLagTells() {
    for (int i = 0; i < 12; i++) {
      now++;
      newest = LogConsumption.told("0", OptionalLong.empty(), OptionalLong.of(5));
      watch.observe(newest, now);
    }
    assertThat(status(MEMBERS)).isEqualTo(ConsumerStatus.LAGGING);
    now++;
    newest = LogConsumption.told("0", OptionalLong.empty(), OptionalLong.of(4));
    watch.observe(newest, now);
    assertThat(status(MEMBERS)).isEqualTo(ConsumerStatus.OK);
  }

  @Test
  void aCounterOfRemovedMessagesThatWasResetIsNotRewound() {
    observeRemoved(100);
    observeRemoved(3);
    assertThat(status(MEMBERS)).isEqualTo(ConsumerStatus.UNKNOWN);
  }

  private void observeTimes(int times, long consumed, long produced) {
    for (int i = 0; i < times; i++) {
      observe(i * consumed, 1_000 + i * produced);
    }
  }

  private void observe(long position, long end) {
    now++;
    newest = sample(position, end);
    watch.observe(newest, now);
  }

  private void observeRemoved(long removed) {
    now++;
    newest = LogConsumption.removed("", OptionalLong.of(50), OptionalLong.of(5), removed);
    watch.observe(newest, now);
  }

  private ConsumerStatus status(int members) {
    return watch.status(newest, OptionalInt.of(members), now, WINDOW);
  }

  private static LogConsumption sample(long position, long end) {
    return LogConsumption.committed("0", position, OptionalLong.of(0), OptionalLong.of(end));
  }
}
