package io.mqexporter.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqexporter.kafka.OffsetSyncs.Sync;
import io.mqexporter.kafka.Replication.Copied;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ReplicationTest {

  private static final OptionalLong UNKNOWN = OptionalLong.empty();

  @Test
  void fromTheLastSyncOnAllIsCopiedOneByOne() {
    // Record 140 is number 100 of the copy, which holds 20 more.
    Copied copied = copied(Optional.of(new Sync(140, 100)), at(121), at(40), at(170));

    assertThat(copied.position()).hasValue(161);
    assertThat(copied.lag()).hasValue(9);
    assertThat(copied.seconds()).isEmpty();
  }

  @Test
  void nothingLeftIsNoLagAndNoAge() {
    Copied copied = copied(Optional.of(new Sync(140, 100)), at(130), at(40), at(170));

    assertThat(copied.lag()).hasValue(0);
    assertThat(copied.seconds()).hasValue(0);
  }

  @Test
  void aCopyThatHoldsNothingYetLacksAllThatTheSourceHolds() {
    assertThat(copied(Optional.empty(), at(0), at(40), at(170)).lag()).hasValue(130);
  }

  @Test
  void whereACopyBeganIsNotGuessed() {
    assertThat(copied(Optional.empty(), at(7), at(40), at(170)).lag()).isEmpty();
  }

  @Test
  void aSourceThatEndsBeforeItsCopyIsAnotherTopic() {
    assertThat(copied(Optional.of(new Sync(140, 100)), at(130), at(0), at(10)).lag()).isEmpty();
  }

  @Test
  void whatIsNotKnownOfOnePartitionIsNotKnownOfTheTopic() {
    Copied known = copied(Optional.of(new Sync(0, 0)), at(5), at(0), at(5));
    Copied unknown = copied(Optional.of(new Sync(0, 0)), UNKNOWN, at(0), at(5));

    assertThat(new Replication("t", List.of(known, unknown)).lag()).isEmpty();
    assertThat(new Replication("t", List.of(known, unknown)).seconds()).isEmpty();
    assertThat(new Replication("t", List.of(known, known.aged(3))).seconds()).hasValue(3);
  }

  private static OptionalLong at(long offset) {
    return OptionalLong.of(offset);
  }

  private static Copied copied(
      Optional<Sync> sync, OptionalLong copyEnd, OptionalLong start, OptionalLong end) {
    return Copied.of(0, sync, copyEnd, start, end);
  }
}
