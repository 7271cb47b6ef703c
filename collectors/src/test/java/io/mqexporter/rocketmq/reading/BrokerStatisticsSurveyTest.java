package io.mqexporter.rocketmq.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqexporter.rocketmq.snapshot.BrokerStatistic;
import io.mqexporter.rocketmq.snapshot.BrokerStatistic.Kind;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.Commits;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.GroupTopic;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.QueueOffsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BrokerStatisticsSurveyTest {

  private static final BrokerStatistic WRITTEN = written("orders");

  private final BrokerStatisticsSurvey survey = new BrokerStatisticsSurvey();

  @Test
  void asksOnceForWhatIsNewAndFindsItIdle() {
    assertThat(survey.next(Map.of(WRITTEN, 5L), at(0))).containsExactly(WRITTEN);
    assertThat(survey.perSecond(at(0))).isEmpty();
    survey.answered(WRITTEN, 0, at(0));
    assertThat(survey.perSecond(at(0))).isEqualTo(Map.of(WRITTEN, 0.0));
    assertThat(survey.next(Map.of(WRITTEN, 5L), at(15))).isEmpty();
    assertThat(survey.next(Map.of(WRITTEN, 5L), at(1000))).isEmpty();
    assertThat(survey.perSecond(at(1000))).isEqualTo(Map.of(WRITTEN, 0.0));
  }

  @Test
  void asksForTwoMinutesAfterSomethingHasMoved() {
    survey.next(Map.of(WRITTEN, 5L), at(0));
    survey.answered(WRITTEN, 0, at(0));
    assertThat(survey.next(Map.of(WRITTEN, 6L), at(15))).containsExactly(WRITTEN);
    survey.answered(WRITTEN, 7.5, at(15));
    assertThat(survey.next(Map.of(WRITTEN, 6L), at(134))).containsExactly(WRITTEN);
    assertThat(survey.perSecond(at(134))).isEqualTo(Map.of(WRITTEN, 7.5));
    assertThat(survey.next(Map.of(WRITTEN, 6L), at(135))).isEmpty();
    assertThat(survey.perSecond(at(135))).isEqualTo(Map.of(WRITTEN, 0.0));
  }

  @Test
  void whatMovedBeforeTheFirstLookIsAskedForAgain() {
    survey.next(Map.of(WRITTEN, 5L), at(0));
    survey.answered(WRITTEN, 3, at(0));
    assertThat(survey.next(Map.of(WRITTEN, 5L), at(15))).containsExactly(WRITTEN);
  }

  @Test
  void whatIsNotAnsweredForTwoMinutesIsUnknown() {
    survey.next(Map.of(WRITTEN, 5L), at(0));
    survey.answered(WRITTEN, 3, at(0));
    survey.next(Map.of(WRITTEN, 6L), at(119));
    assertThat(survey.perSecond(at(119))).isEqualTo(Map.of(WRITTEN, 3.0));
    survey.next(Map.of(WRITTEN, 7L), at(120));
    assertThat(survey.perSecond(at(120))).isEmpty();
  }

  @Test
  void forgetsWhatIsGone() {
    survey.next(Map.of(WRITTEN, 5L), at(0));
    survey.answered(WRITTEN, 3, at(0));
    survey.next(Map.of(), at(15));
    assertThat(survey.perSecond(at(15))).isEmpty();
  }

  @Test
  void asksForSomeAtATimeAndForThoseThatMoveFirst() {
    var offsets = new HashMap<BrokerStatistic, Long>();
    for (int i = 0; i < 300; i++) {
      offsets.put(written("topic-" + i), 1L);
    }
    List<BrokerStatistic> first = survey.next(offsets, at(0));
    assertThat(first).hasSize(200).doesNotHaveDuplicates();
    BrokerStatistic moving = first.getFirst();
    first.forEach(one -> survey.answered(one, 0, at(0)));
    offsets.put(moving, 2L);
    List<BrokerStatistic> second = survey.next(offsets, at(15));
    assertThat(second)
        .hasSize(101)
        .startsWith(moving)
        .doesNotContainAnyElementsOf(first.subList(1, 200));
  }

  @Test
  void whatABrokerCountsMovesWithTheOffsetsOfTheSameMessages() {
    Map<String, Map<Integer, QueueOffsets>> offsets =
        Map.of(
            "orders", Map.of(0, end(4), 1, end(6)),
            "%RETRY%billing", Map.of(0, end(3)),
            "%DLQ%billing", Map.of(0, end(2)));
    var consumption = new GroupTopic("billing", "orders");
    var commits =
        new Commits(
            Map.of(
                consumption,
                Map.of(0, 2L, 1, 5L),
                new GroupTopic("billing", "%RETRY%billing"),
                Map.of(0, 1L)),
            Optional.of(Map.of(consumption, Map.of(0, 4L))),
            Set.of());
    assertThat(BrokerCounts.of(Set.of("orders"), offsets, Optional.of(commits)))
        .isEqualTo(
            Map.of(
                WRITTEN,
                10L,
                new BrokerStatistic(Kind.GROUP_GET_SIZE, "orders", "billing"),
                11L,
                new BrokerStatistic(Kind.SNDBCK_PUT_NUMS, "orders", "billing"),
                5L));
    assertThat(BrokerCounts.of(Set.of("orders"), offsets, Optional.empty()))
        .containsOnlyKeys(WRITTEN);
  }

  private static QueueOffsets end(long max) {
    return new QueueOffsets(0, max, OptionalLong.empty());
  }

  private static BrokerStatistic written(String topic) {
    return new BrokerStatistic(Kind.TOPIC_PUT_SIZE, topic, "");
  }

  private static Instant at(long second) {
    return Instant.ofEpochSecond(1_000_000 + second);
  }
}
