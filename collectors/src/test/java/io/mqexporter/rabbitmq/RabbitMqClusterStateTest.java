package io.mqexporter.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.mqexporter.messaging.ClusterMemory;
import io.mqexporter.messaging.ClusterState;
import io.mqexporter.messaging.LagObjectives;
import io.mqexporter.messaging.MessagingMetrics;
import io.mqexporter.metric.FamilyText;
import io.mqexporter.metric.MetricFamily;
import io.mqexporter.rabbitmq.snapshot.RabbitMqSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RabbitMqClusterStateTest {

  private static final Duration WINDOW = Duration.ofSeconds(100);
  private static final Duration STEP = Duration.ofSeconds(10);

  private final ClusterMemory memory = new ClusterMemory(WINDOW);
  private Instant now = Snapshots.START;
  private String text = "";
  private ClusterState state = RabbitMqClusterState.of("shop", Snapshots.ofQueues(now, "[]"));

  @Test
  void rendersAQueueInTheWordsOfAllBrokers() {
    observe(queue(100, 40, 60, 2));
    assertThat(text)
        .contains(
            """
            messaging_destination_messages{messaging_system="rabbitmq",messaging_cluster="shop",messaging_rabbitmq_vhost="/",messaging_destination_name="q"} 40
            messaging_destination_produced_messages_total{messaging_system="rabbitmq",messaging_cluster="shop",messaging_rabbitmq_vhost="/",messaging_destination_name="q"} 100
            messaging_consumer_lag_messages{messaging_system="rabbitmq",messaging_cluster="shop",messaging_rabbitmq_vhost="/",messaging_destination_name="q"} 40
            messaging_consumer_acknowledged_messages_total{messaging_system="rabbitmq",messaging_cluster="shop",messaging_rabbitmq_vhost="/",messaging_destination_name="q"} 60
            messaging_consumer_members{messaging_system="rabbitmq",messaging_cluster="shop",messaging_rabbitmq_vhost="/",messaging_destination_name="q"} 2
            """);
  }

  @Test
  void countsNodesByWhetherTheyRun() {
    observe(
        Snapshots.of(
            now,
            "[]",
            """
            [{"name":"rabbit@a","running":true},{"name":"rabbit@b","running":false}]
            """,
            "[]",
            List.of()));
    assertThat(text).contains("state=\"up\"} 1", "state=\"down\"} 1");
  }

  @Test
  void saysNothingOfNodesThatCouldNotBeRead() {
    observe(Snapshots.ofQueues(now, "[]"));
    assertThat(text).doesNotContain("messaging_brokers");
  }

  @Test
  void tellsTheTimeLagFromWhenTheOldestMessageCame() {
    observe(queue(0, 0, 0, 1));
    observe(queue(100, 50, 50, 1));
    observe(queue(100, 50, 50, 1));
    // Message 50 of the hundred that came in the first ten seconds is fifteen seconds old.
    assertThat(value("messaging_consumer_lag_seconds")).isCloseTo(15, offset(0.1));
  }

  @Test
  void knowsNoTimeLagWhereMoreIsHeldThanWasPublished() {
    for (int i = 0; i < 5; i++) {
      observe(queue(10 + i, 40, 0, 1));
    }
    assertThat(text).doesNotContain("messaging_consumer_lag_seconds");
  }

  @Test
  void tellsTheTimeLagFromTheOldestMessageWhereThatHasATime() {
    observe(headOf(now.getEpochSecond() - 42));
    assertThat(value("messaging_consumer_lag_seconds")).isEqualTo(42);
    assertThat(text).contains("source=\"record\"} 1");
  }

  @Test
  void takesATimeInMillisecondsForNone() {
    observe(headOf(now.toEpochMilli()));
    assertThat(text).doesNotContain("messaging_consumer_lag_seconds");
  }

  @ParameterizedTest
  @CsvSource({
    // type, own limits, limits of the policies, ready, ready bytes, ratio
    "classic, '\"x-max-length\":10', '', 5, 1, 0.5",
    "classic, '', '\"max-length\":10', 5, 1, 0.5",
    "quorum, '\"x-max-length\":10', '\"max-length\":20', 5, 1, 0.5",
    "quorum, '\"x-max-length\":20', '\"max-length\":10', 5, 1, 0.5",
    "classic, '\"x-max-length\":10,\"x-max-length-bytes\":10', '', 5, 8, 0.8",
    "classic, '\"x-max-length\":10', '\"max-length-bytes\":1000', 5, 8, 0.5",
    "classic, '\"x-max-length\":0,\"x-max-length-bytes\":10', '', 0, 8, 0.8",
  })
  void tellsHowFullAQueueIs(
      String type, String own, String policy, long ready, long readyBytes, double ratio) {
    observe(limited(type, own, policy, ready, readyBytes));
    assertThat(value("messaging_destination_fill_ratio")).isEqualTo(ratio);
  }

  @ParameterizedTest
  @CsvSource({
    "classic, '', ''",
    "classic, '\"x-max-length\":0', ''",
    "classic, '', '\"max-length\":\"5\"'",
    "stream, '\"x-max-length-bytes\":10', ''",
    "x-random, '\"x-max-length\":10', ''",
  })
  void tellsNotHowFullAQueueIsThatHasNoLimit(String type, String own, String policy) {
    observe(
        Snapshots.ofQueues(
            now,
            """
            [{"vhost":"/","name":"q","type":"%s","messages_ready":5,"arguments":{%s},
              "effective_policy_definition":{%s}}]
            """
                .formatted(type, own, policy)));
    assertThat(text).doesNotContain("fill_ratio");
  }

  @Test
  void tellsNotHowFullAQueueIsWhileOneOfTwoSharesIsNotKnown() {
    observe(
        Snapshots.ofQueues(
            now,
            """
            [{"vhost":"/","name":"q","type":"classic","messages_ready":5,
              "arguments":{"x-max-length":10,"x-max-length-bytes":10}}]
            """));
    assertThat(text).doesNotContain("fill_ratio");
  }

  @Test
  void countsWhatWaitsForTheDeadLetterExchangeAsHeld() {
    observe(
        Snapshots.ofQueues(
            now,
            """
            [{"vhost":"/","name":"q","type":"quorum","messages_ready":5,"messages_dlx":3,
              "arguments":{"x-max-length":10}}]
            """));
    assertThat(value("messaging_destination_fill_ratio")).isEqualTo(0.8);
  }

  @Test
  void countsWhatWasDeliveredMoreThanOnce() {
    observe(
        Snapshots.ofQueues(
            now, "[{\"vhost\":\"/\",\"name\":\"q\",\"message_stats\":{\"redeliver\":3}}]"));
    assertThat(value("messaging_redelivered_messages_total")).isEqualTo(3);
  }

  @Test
  void isOkWhenAQueueIsEmptyAtTimes() {
    pass(i -> queue(100 + i, i % 5, 100, 1));
    assertThat(status()).isEqualTo("ok");
  }

  @Test
  void isOkWhenAnIdleQueueIsEmptyAndNobodyConsumesIt() {
    pass(_ ->
        Snapshots.ofQueues(
            now, "[{\"vhost\":\"/\",\"name\":\"q\",\"messages\":0,\"consumers\":0}]"));
    assertThat(status()).isEqualTo("ok");
  }

  @Test
  void isStoppedWhenMessagesWaitAndNobodyConsumes() {
    pass(i -> queue(100 + i, 100 + i, 0, 0));
    assertThat(status()).isEqualTo("stopped");
  }

  @Test
  void isStoppedAlsoWhereDeadLettersWaitThatNoCounterCounts() {
    pass(i ->
        Snapshots.ofQueues(
            now,
            "[{\"vhost\":\"/\",\"name\":\"q\",\"messages\":%d,\"consumers\":0}]".formatted(5 + i)));
    assertThat(status()).isEqualTo("stopped");
  }

  @Test
  void isStoppedAlsoWhileMessagesExpire() {
    pass(i -> queue(100 + i, 50 - i, 0, 0));
    assertThat(status()).isEqualTo("stopped");
  }

  @Test
  void isStalledWhenConsumersAcknowledgeNothing() {
    pass(i -> queue(100 + i, 100 + i, 7, 1));
    assertThat(status()).isEqualTo("stalled");
  }

  @Test
  void isLaggingWhenConsumersAreTooSlow() {
    pass(i -> queue(100 + 5 * i, 50 + 2 * i, 50 + 3 * i, 1));
    assertThat(status()).isEqualTo("lagging");
  }

  @Test
  void isNotRewoundWhenDepthAndCounterAreOfDifferentAge() {
    // Published stands still while the depth has moved on already: the position goes back.
    pass(i -> queue(100 + i / 2 * 10, 20 + i * 5, 10 + i, 1));
    assertThat(status()).isEqualTo("lagging");
  }

  @Test
  void isNotRewoundWhenARestartResetTheCounters() {
    pass(i -> queue(1000 + i, 10 + i, 900 + i, 1));
    observe(queue(1, 30, 1, 1));
    assertThat(status()).isEqualTo("lagging");
  }

  @Test
  void isStoppedStillWhenARestartResetTheCounters() {
    pass(i -> queue(1000 + i, 10 + i, 900, 0));
    observe(queue(1, 30, 0, 0));
    assertThat(status()).isEqualTo("stopped");
  }

  @Test
  void countsAutomaticAcknowledgementsAsAcknowledged() {
    observe(
        Snapshots.ofQueues(
            now,
            """
            [{"vhost":"/","name":"q","messages":0,
              "message_stats":{"ack":1,"deliver":9,"deliver_no_ack":2,"get_no_ack":4}}]
            """));
    assertThat(value("messaging_consumer_acknowledged_messages_total")).isEqualTo(7);
  }

  @Test
  void knowsNoLagOfAStreamsConsumers() {
    observe(
        Snapshots.ofQueues(
            now,
            """
            [{"vhost":"/","name":"s","type":"stream","messages":10,"consumers":1,
              "message_stats":{"publish":10}}]
            """));
    assertThat(text).contains("messaging_destination_messages", "name=\"s\"} 10");
    assertThat(text).doesNotContain("messaging_consumer_lag");
    assertThat(status()).isEqualTo("unknown");
  }

  @Test
  void knowsNoLagOfAQueueThatIsDown() {
    pass(_ -> Snapshots.ofQueues(now, "[{\"vhost\":\"/\",\"name\":\"q\",\"state\":\"down\"}]"));
    assertThat(text).doesNotContain("messaging_consumer_lag", "messaging_destination_messages");
    assertThat(status()).isEqualTo("unknown");
  }

  @Test
  void flagsDeadLetters() {
    observe(
        Snapshots.of(
            """
            [{"vhost":"/","name":"work","messages":1,"arguments":{"x-dead-letter-exchange":"",
              "x-dead-letter-routing-key":"dead"}},{"vhost":"/","name":"dead","messages":3}]
            """,
            "[]"));
    assertThat(FamilyText.of(families(), name -> name.equals("messaging_dead_letter_messages")))
        .isEqualTo(
            """
            messaging_dead_letter_messages{messaging_system="rabbitmq",messaging_cluster="shop",messaging_rabbitmq_vhost="/",messaging_destination_name="dead"} 3
            """);
  }

  private interface Step {
    RabbitMqSnapshot at(int number);
  }

  /** Lets more than a whole window pass. */
  private void pass(Step step) {
    for (int i = 0; i <= WINDOW.dividedBy(STEP) + 1; i++) {
      observe(step.at(i));
    }
  }

  private void observe(RabbitMqSnapshot snapshot) {
    state = RabbitMqClusterState.of("shop", snapshot);
    memory.observe(state);
    text = FamilyText.of(families());
    now = now.plus(STEP);
  }

  private List<MetricFamily> families() {
    return MessagingMetrics.of(state, memory, LagObjectives.NONE);
  }

  private RabbitMqSnapshot queue(int published, int held, int acknowledged, int consumers) {
    return Snapshots.ofQueues(
        now,
        """
        [{"vhost":"/","name":"q","type":"classic","messages":%d,"consumers":%d,
          "message_stats":{"publish":%d,"ack":%d}}]
        """
            .formatted(held, consumers, published, acknowledged));
  }

  private String status() {
    return text.lines()
        .filter(line -> line.startsWith("messaging_consumer_status") && line.endsWith(" 1"))
        .map(line -> line.replaceFirst(".*status=\"([a-z]+)\".*", "$1"))
        .findFirst()
        .orElseThrow();
  }

  private double value(String metricName) {
    return families().stream()
        .filter(family -> family.descriptor().metricName().equals(metricName))
        .findFirst()
        .orElseThrow()
        .samples()
        .getFirst()
        .value();
  }

  private RabbitMqSnapshot headOf(long epochSeconds) {
    return Snapshots.ofQueues(
        now,
        "[{\"vhost\":\"/\",\"name\":\"q\",\"messages\":3,\"head_message_timestamp\":%d}]"
            .formatted(epochSeconds));
  }

  private RabbitMqSnapshot limited(
      String type, String own, String policy, long ready, long readyBytes) {
    return Snapshots.ofQueues(
        now,
        """
        [{"vhost":"/","name":"q","type":"%s","messages":50,"messages_ready":%d,
          "message_bytes_ready":%d,"arguments":{%s},"effective_policy_definition":{%s}}]
        """
            .formatted(type, ready, readyBytes, own, policy));
  }
}
