package io.mqexporter.rocketmq.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.Client;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.GroupClients;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClientSurveyTest {

  private static final GroupClients ONE_CLIENT =
      new GroupClients(
          Map.of("client", new Client("JAVA", "5.5.0", "10.0.0.7:4711")),
          Optional.of("push"),
          Optional.of(true),
          Set.of(Map.of("t", "*")));

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final ClientSurvey survey = new ClientSurvey(2, 2);

  @Test
  void asksForEveryGroupInTurn() {
    Set<String> groups = Set.of("a", "b", "c");
    assertThat(survey.next(groups, Set.of())).containsExactly("a", "b");
    survey.offline("a");
    survey.offline("b");
    assertThat(survey.next(groups, Set.of())).containsExactly("c", "a");
    survey.offline("c");
    survey.offline("a");
    assertThat(survey.next(groups, Set.of())).containsExactly("b", "c");
  }

  @Test
  void asksForAllGroupsEachTimeIfTheyAreFew() {
    assertThat(survey.next(Set.of("a"), Set.of())).containsExactly("a");
    survey.offline("a");
    assertThat(survey.next(Set.of("a"), Set.of())).containsExactly("a");
  }

  @Test
  void knowsNothingOfAGroupThatWasNotAskedFor() {
    survey.next(Set.of("a", "b"), Set.of());
    survey.online("a", ONE_CLIENT, NOW);
    assertThat(survey.answers()).isEqualTo(Map.of("a", ONE_CLIENT));
  }

  @Test
  void remembersHowAGroupConsumesAfterItsLastClientHasGone() {
    survey.online("a", ONE_CLIENT, NOW);
    survey.offline("a");
    assertThat(survey.answers().get("a"))
        .isEqualTo(new GroupClients(Map.of(), Optional.of("push"), Optional.of(true), Set.of()));
  }

  @Test
  void forgetsAnAnswerThatCouldNotBeRenewedAndAGroupThatIsGone() {
    survey.online("a", ONE_CLIENT, NOW);
    survey.online("b", ONE_CLIENT, NOW);
    survey.failed("a");
    survey.next(Set.of("a", "c"), Set.of());
    assertThat(survey.answers()).isEmpty();
  }

  @Test
  void asksInEachCollectionForGroupsThatLag() {
    var many = new ClientSurvey(3, 1);
    Set<String> groups = Set.of("a", "b", "c", "d");
    many.next(groups, Set.of()).forEach(many::offline);
    many.next(groups, Set.of()).forEach(many::offline);
    assertThat(many.next(groups, Set.of("d"))).containsExactly("d", "b");
    many.offline("d");
    many.offline("b");
    assertThat(many.next(groups, Set.of("d"))).containsExactly("d", "c");
  }

  @Test
  void seesThatTheSameClientsAreToldToHaveDifferentSubscriptions() {
    survey.online("a", ONE_CLIENT, NOW);
    survey.online("a", ONE_CLIENT.subscribedTo(Set.of(Map.of("u", "*"))), NOW.plusSeconds(30));
    assertThat(survey.answers().get("a"))
        .isEqualTo(ONE_CLIENT.subscribedTo(Set.of(Map.of("t", "*"), Map.of("u", "*"))));
    survey.online("a", ONE_CLIENT, NOW.plusSeconds(400));
    assertThat(survey.answers().get("a")).isEqualTo(ONE_CLIENT);
  }

  @Test
  void forgetsSubscriptionsWhenOtherClientsCome() {
    var other =
        new GroupClients(
            Map.of("another", new Client("GO", "5.1.0", "10.0.0.8:4711")),
            Optional.of("push"),
            Optional.of(true),
            Set.of(Map.of("u", "*")));
    survey.online("a", ONE_CLIENT, NOW);
    survey.online("a", other, NOW.plusSeconds(1));
    assertThat(survey.answers().get("a")).isEqualTo(other);
  }
}
