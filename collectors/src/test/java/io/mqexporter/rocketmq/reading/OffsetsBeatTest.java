package io.mqexporter.rocketmq.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqexporter.rocketmq.reading.OffsetsBeat.Log;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.QueueOffsets;
import io.mqexporter.rocketmq.snapshot.RuntimeFigures;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OffsetsBeatTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Optional<Log> LOG = Optional.of(log(0, 100));
  private static final Optional<Log> LONGER = Optional.of(log(0, 200));
  private static final Optional<Log> SHORTER = Optional.of(log(50, 100));

  private final OffsetsBeat beat =
      new OffsetsBeat(new OffsetsBeat.Bounds(2, 0, 0, Integer.MAX_VALUE));

  @Test
  void asksForWhatItDoesNotKnowWithinABound() {
    Set<String> topics = Set.of("a", "b", "c");
    assertThat(beat.due(topics, Set.of(), LOG, NOW)).containsExactly("a", "b");
    answer("a", 1, NOW);
    answer("b", 1, NOW);
    assertThat(beat.unknown(topics)).isEqualTo(1);
    assertThat(beat.due(topics, Set.of(), LOG, NOW)).containsExactly("c");
  }

  @Test
  void asksForNothingWhileNothingIsWrittenOrDeleted() {
    answer("a", 1, NOW);
    assertThat(due(LOG, NOW.plusSeconds(3600))).isEmpty();
    assertThat(due(LONGER, NOW.plusSeconds(3600))).containsExactly("a");
    assertThat(due(SHORTER, NOW.plusSeconds(3600))).containsExactly("a");
    assertThat(due(Optional.empty(), NOW.plusSeconds(3600))).containsExactly("a");
  }

  @Test
  void asksForAMinuteAfterADeletionBecauseQueuesFollowTheLog() {
    answer("a", 1, NOW);
    due(LOG, NOW);
    Instant later = NOW.plusSeconds(600);
    assertThat(due(SHORTER, later)).containsExactly("a");
    beat.answered("a", offsets(2, Instant.EPOCH), SHORTER, later);
    assertThat(due(SHORTER, later.plusSeconds(15))).containsExactly("a");
    beat.answered("a", offsets(2, Instant.EPOCH), SHORTER, later.plusSeconds(60));
    assertThat(due(SHORTER, later.plusSeconds(75))).isEmpty();
  }

  @Test
  void asksOftenForATopicThatMovesAndRarelyForAnIdleOne() {
    answer("a", 1, NOW);
    Instant later = NOW.plus(Duration.ofMinutes(10));
    answer("a", 2, later);
    assertThat(due(LONGER, later.plusSeconds(15))).containsExactly("a");
    answer("a", 2, later.plusSeconds(115));
    assertThat(due(LONGER, later.plusSeconds(130))).isEmpty();
    assertThat(due(LONGER, later.plusSeconds(235))).containsExactly("a");
  }

  @Test
  void asksForAFewIdleTopicsSoonerAndForMoreWhenTheLogHasComeToRest() {
    var patient = new OffsetsBeat(new OffsetsBeat.Bounds(10, 1, 2, Integer.MAX_VALUE));
    Set<String> topics = Set.of("a", "b", "c");
    for (String topic : topics) {
      patient.answered(topic, offsets(1, Instant.EPOCH.plusMillis(1)), LOG, NOW);
    }
    Instant later = NOW.plusSeconds(15);
    assertThat(patient.due(topics, Set.of(), LONGER, later)).containsExactly("a");
    patient.answered("a", offsets(1, Instant.EPOCH.plusMillis(1)), LONGER, later);
    assertThat(patient.due(topics, Set.of(), LONGER, later.plusSeconds(15)))
        .containsExactly("b", "c");
  }

  @Test
  void takesATopicThatIsNewToItForOneThatMovesIfItsLastMessageIsYoung() {
    beat.answered("a", offsets(1, NOW.minusSeconds(30)), LOG, NOW);
    beat.answered("b", offsets(1, NOW.minusSeconds(300)), LOG, NOW);
    assertThat(beat.due(Set.of("a", "b"), Set.of(), LONGER, NOW.plusSeconds(15)))
        .containsExactly("a");
  }

  @Test
  void forgetsWhatConsumersHaveMovedOnFrom() {
    answer("a", 1, NOW);
    assertThat(beat.due(Set.of("a"), Set.of("a"), LOG, NOW)).containsExactly("a");
    assertThat(beat.offsets()).isEmpty();
  }

  @Test
  void forgetsATopicThatFailedOrIsGone() {
    answer("a", 1, NOW);
    answer("b", 1, NOW);
    beat.failed("a");
    beat.due(Set.of("a"), Set.of(), LOG, NOW);
    assertThat(beat.offsets()).isEmpty();
  }

  @Test
  void doesNotTrustALogOfWhichTheQueuesDoNotHaveEverything() {
    assertThat(Log.of(figures("0"))).isEqualTo(LOG);
    assertThat(Log.of(figures("17"))).isEmpty();
    assertThat(Log.of(new RuntimeFigures(Map.of()))).isEmpty();
  }

  @Test
  void asksForIdleTopicsRarelyWhileAllThatIsWrittenIsFoundInThoseThatMove() {
    var counting = new Counting();
    counting.collect(1000, 10, 7);
    assertThat(counting.asked).as("of all there is").containsExactly("busy", "idle");
    counting.collect(1005, 15, 7);
    counting.collect(1010, 20, 7);
    counting.at = counting.at.plus(Duration.ofMinutes(10));
    counting.collect(1015, 25, 7);
    counting.collect(1020, 30, 7);
    assertThat(counting.asked).containsExactly("busy");
  }

  @Test
  void asksForAllTopicsWhenMoreIsWrittenThanIsFoundInThoseThatMove() {
    var counting = new Counting();
    counting.collect(1000, 10, 7);
    counting.at = counting.at.plus(Duration.ofMinutes(10));
    counting.collect(1005, 15, 7);
    counting.collect(1011, 20, 8);
    assertThat(counting.asked).as("what was written last may be found yet").containsExactly("busy");
    counting.collect(1016, 25, 8);
    assertThat(counting.asked).containsExactlyInAnyOrder("busy", "idle");
    assertThat(counting.beat.offsets()).containsEntry("idle", offsets(8, Instant.EPOCH));
    counting.at = counting.at.plus(Duration.ofMinutes(10));
    counting.collect(1021, 30, 8);
    counting.collect(1026, 35, 8);
    counting.at = counting.at.plus(Duration.ofMinutes(10));
    counting.collect(1031, 40, 8);
    assertThat(counting.asked).as("once all was asked for").containsExactly("busy");
  }

  /** A broker with two topics, read again and again; no idle topic is asked for sooner. */
  private static final class Counting {

    private final OffsetsBeat beat =
        new OffsetsBeat(new OffsetsBeat.Bounds(10, 0, 0, Integer.MAX_VALUE));
    private Instant at = NOW;
    private long size;
    private List<String> asked = List.of();

    void collect(long written, long busy, long idle) {
      at = at.plusSeconds(15);
      size += 100;
      Optional<Log> log = Optional.of(new Log(0, size, OptionalLong.of(written)));
      Set<String> topics = Set.of("busy", "idle");
      asked = beat.due(topics, Set.of("busy"), log, at);
      for (String topic : asked) {
        beat.answered(topic, offsets(topic.equals("busy") ? busy : idle, Instant.EPOCH), log, at);
      }
      if (beat.isToCount(topics, at)) {
        beat.count(log);
      }
    }
  }

  private static Log log(long min, long max) {
    return new Log(min, max, OptionalLong.empty());
  }

  private Iterable<String> due(Optional<Log> log, Instant now) {
    return beat.due(Set.of("a"), Set.of(), log, now);
  }

  private void answer(String topic, long max, Instant now) {
    beat.answered(topic, offsets(max, Instant.EPOCH.plusMillis(1)), LOG, now);
  }

  private static Map<Integer, QueueOffsets> offsets(long max, Instant lastStored) {
    return Map.of(0, new QueueOffsets(0, max, OptionalLong.of(lastStored.toEpochMilli())));
  }

  private static RuntimeFigures figures(String behind) {
    return new RuntimeFigures(
        Map.of(
            "commitLogMinOffset", "0", "commitLogMaxOffset", "100", "dispatchBehindBytes", behind));
  }
}
