package io.mqexporter.rocketmq.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.GroupTopic;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UnreadSurveyTest {

  private static final GroupTopic BILLING = new GroupTopic("billing", "orders");
  private static final Map<Integer, Instant> SINCE = Map.of(0, Instant.ofEpochSecond(7));

  private final UnreadSurvey survey = new UnreadSurvey();

  @Test
  void keepsAnAnswerForAsLongAsTheGroupStaysWhereItIs() {
    assertThat(survey.next(at(4))).containsExactly(BILLING);
    survey.answered(BILLING, SINCE);
    assertThat(survey.next(at(4))).isEmpty();
    assertThat(survey.since()).isEqualTo(Map.of(BILLING, SINCE));
    assertThat(survey.next(at(5))).containsExactly(BILLING);
    assertThat(survey.since()).isEmpty();
  }

  @Test
  void forgetsAGroupThatHasCaughtUp() {
    survey.next(at(4));
    survey.answered(BILLING, SINCE);
    assertThat(survey.next(Map.of())).isEmpty();
    assertThat(survey.since()).isEmpty();
  }

  @Test
  void asksForAFewAtATimeAndForAllInTurn() {
    var lagging = new HashMap<GroupTopic, Map<Integer, Long>>();
    for (int i = 0; i < 120; i++) {
      lagging.put(new GroupTopic("group-" + i, "orders"), Map.of(0, 1L));
    }
    var asked = new HashSet<GroupTopic>();
    for (int i = 0; i < 3; i++) {
      List<GroupTopic> next = survey.next(lagging);
      assertThat(next).hasSizeLessThanOrEqualTo(50);
      asked.addAll(next);
    }
    assertThat(asked).as("though none has answered").isEqualTo(lagging.keySet());
  }

  private static Map<GroupTopic, Map<Integer, Long>> at(long committed) {
    return Map.of(BILLING, Map.of(0, committed));
  }
}
