package io.mqexporter.rocketmq;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.GroupClients;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClientSurveyTest {

  private static final GroupClients ONE_CLIENT =
      new GroupClients(Map.of("client", "JAVA"), Optional.of("push"), Optional.of(true));

  private final ClientSurvey survey = new ClientSurvey(2);

  @Test
  void asksForEveryGroupInTurn() {
    Set<String> groups = Set.of("a", "b", "c");
    assertThat(survey.next(groups)).containsExactly("a", "b");
    survey.offline("a");
    survey.offline("b");
    assertThat(survey.next(groups)).containsExactly("c", "a");
    survey.offline("c");
    survey.offline("a");
    assertThat(survey.next(groups)).containsExactly("b", "c");
  }

  @Test
  void asksForAllGroupsEachTimeIfTheyAreFew() {
    assertThat(survey.next(Set.of("a"))).containsExactly("a");
    survey.offline("a");
    assertThat(survey.next(Set.of("a"))).containsExactly("a");
  }

  @Test
  void knowsNothingOfAGroupThatWasNotAskedFor() {
    survey.next(Set.of("a", "b"));
    survey.online("a", ONE_CLIENT);
    assertThat(survey.answers()).isEqualTo(Map.of("a", ONE_CLIENT));
  }

  @Test
  void remembersHowAGroupConsumesAfterItsLastClientHasGone() {
    survey.online("a", ONE_CLIENT);
    survey.offline("a");
    assertThat(survey.answers().get("a"))
        .isEqualTo(new GroupClients(Map.of(), Optional.of("push"), Optional.of(true)));
  }

  @Test
  void forgetsAnAnswerThatCouldNotBeRenewedAndAGroupThatIsGone() {
    survey.online("a", ONE_CLIENT);
    survey.online("b", ONE_CLIENT);
    survey.failed("a");
    survey.next(Set.of("a", "c"));
    assertThat(survey.answers()).isEmpty();
  }
}
