package io.mqexporter.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqexporter.messaging.DestinationId;
import io.mqexporter.rabbitmq.snapshot.RabbitMqSnapshot.Binding;
import org.junit.jupiter.api.Test;

class DeadLettersTest {

  private static final String NO_EXCHANGES = "[]";

  @Test
  void findsTheQueueThatTheDefaultExchangeLeadsTo() {
    assertThat(
            holding(
                """
                [{"vhost":"v","name":"work","arguments":{"x-dead-letter-exchange":"",
                  "x-dead-letter-routing-key":"dead"}},{"vhost":"v","name":"dead"},
                 {"vhost":"other","name":"dead"}]
                """,
                NO_EXCHANGES))
        .containsExactly("v dead");
  }

  @Test
  void findsTheQueuesBoundToADeadLetterExchangeOverOtherExchanges() {
    assertThat(
            holding(
                """
                [{"vhost":"/","name":"work",
                  "effective_policy_definition":{"dead-letter-exchange":"dlx"}}]
                """,
                NO_EXCHANGES,
                toQueue("dlx", "one", ""),
                new Binding("/", "dlx", "second", false, ""),
                new Binding("/", "second", "dlx", false, ""),
                toQueue("second", "two", ""),
                toQueue("elsewhere", "three", "")))
        .containsExactlyInAnyOrder("/ one", "/ two");
  }

  @Test
  void followsTheRoutingKeyThroughADirectExchange() {
    String work =
        """
        [{"vhost":"/","name":"work","arguments":{"x-dead-letter-exchange":"x",
          "x-dead-letter-routing-key":"k"}}]
        """;
    Binding[] bindings = {toQueue("x", "mine", "k"), toQueue("x", "other", "o")};
    assertThat(holding(work, "[{\"vhost\":\"/\",\"name\":\"x\",\"type\":\"direct\"}]", bindings))
        .containsExactly("/ mine");
    assertThat(holding(work, "[{\"vhost\":\"/\",\"name\":\"x\",\"type\":\"fanout\"}]", bindings))
        .containsExactlyInAnyOrder("/ mine", "/ other");
  }

  @Test
  void findsNoneInALoopThatOnlyRetries() {
    assertThat(
            holding(
                """
                [{"vhost":"/","name":"work","arguments":{"x-dead-letter-exchange":"",
                  "x-dead-letter-routing-key":"wait"}},
                 {"vhost":"/","name":"wait","arguments":{"x-dead-letter-exchange":"",
                  "x-dead-letter-routing-key":"work"}}]
                """,
                NO_EXCHANGES))
        .isEmpty();
  }

  @Test
  void findsTheDeadLetterQueueThatAPolicyForAllQueuesAlsoCovers() {
    assertThat(
            holding(
                """
                [{"vhost":"/","name":"work",
                  "effective_policy_definition":{"dead-letter-exchange":"dlx"}},
                 {"vhost":"/","name":"dead",
                  "effective_policy_definition":{"dead-letter-exchange":"dlx"}}]
                """,
                NO_EXCHANGES,
                toQueue("dlx", "dead", "")))
        .containsExactly("/ dead");
  }

  private static Iterable<String> holding(String queues, String exchanges, Binding... bindings) {
    return DeadLetters.queues(Snapshots.of(queues, exchanges, bindings)).stream()
        .map((DestinationId id) -> id.vhost() + " " + id.name())
        .toList();
  }

  private static Binding toQueue(String exchange, String queue, String routingKey) {
    return new Binding("/", exchange, queue, true, routingKey);
  }
}
