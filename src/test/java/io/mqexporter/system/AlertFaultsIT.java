package io.mqexporter.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.mqexporter.alerts.Alerts;
import io.mqexporter.brokers.Ports;
import io.mqexporter.monitoring.Alertmanager;
import io.mqexporter.monitoring.Prometheus;
import io.mqexporter.monitoring.ScaledRules;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The alerts on the real faults, with real brokers, Prometheus and Alertmanager. The faults begin
 * together and go on, so that all wait at the same time; the durations of the rules are divided by
 * 60: a minute is a second.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(200)
class AlertFaultsIT {

  private static final int FACTOR = 60;
  private static final Duration SCRAPE_INTERVAL = Duration.ofSeconds(1);
  private static final Duration COLLECTION_INTERVAL = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Subjects subjects = Subjects.shared();
  private final SilentServer silent = new SilentServer();
  private FaultyKafka kafka;
  private FaultyRabbitMq rabbitMq;
  private FaultyRocketMq rocketMq;
  private AgentProcess agent;
  private Alertmanager alertmanager;
  private Prometheus prometheus;

  @BeforeAll
  void begin() throws Exception {
    kafka = new FaultyKafka();
    rabbitMq = new FaultyRabbitMq(subjects.rabbitMq());
    rocketMq = new FaultyRocketMq(subjects.rocketMq());
    agent = AgentProcess.start("alert-faults-agent", configuration());
    int alertmanagerPort = Ports.free();
    alertmanager = Alertmanager.start("alert-faults-alertmanager", alertmanagerPort);
    prometheus =
        Prometheus.start(
            new Prometheus.Setup(
                "alert-faults-prometheus",
                Ports.free(),
                agent.port(),
                alertmanagerPort,
                SCRAPE_INTERVAL,
                FACTOR));
    // What is compared with before needs a before: more than two steps of the longest subquery.
    await()
        .atMost(PATIENCE)
        .until(() ->
            !prometheus
                .query(
                    "count_over_time(messaging_destination_messages"
                        + "{messaging_destination_name=\"lost\"}[1m]) >= 12")
                .isEmpty());
    kafka.deleteConsumed();
    kafka.start();
    rabbitMq.start();
    rocketMq.start();
    kafka.killNode();
  }

  @AfterAll
  void end() throws Exception {
    rabbitMq.close();
    rocketMq.close();
    kafka.close();
    prometheus.close();
    alertmanager.close();
    agent.close();
    silent.close();
  }

  @Order(1)
  @ParameterizedTest
  @CsvSource({
    "Watchdog,                               ''",
    "MessagingConsumerNearDataLoss,          loser",
    "MessagingClusterUnreachable,            silent",
    "MqExporterCollectionIncomplete,         half",
    "MqExporterSeriesDropped,                tiny",
    "MessagingBrokerDown,                    kafka",
    "KafkaOfflinePartitions,                 kafka",
    "KafkaUnderMinInSyncReplicas,            kafka",
    "KafkaUnderReplicatedPartitions,         kafka",
    "MessagingConsumerStalled,               stalled",
    "MessagingConsumerStopped,               stopped",
    "MessagingConsumerLagAboveObjective,     slow",
    "MessagingConsumerLagBudgetBurningFast,  stopped",
    "MessagingConsumerLagBudgetBurningSlowly, stopped",
    "KafkaPartitionsUnassigned,              unassigned",
    "RabbitMqUnroutableMessages,             rabbitmq",
    "RabbitMqQueueNearlyFull,                full",
    "RabbitMqUnackedNotMoving,               held",
    "RabbitMqConnectionChurn,                rabbitmq",
    "MessagingDeadLettersGrowing,            rejected",
    "MessagingRedeliveriesHigh,              again",
    "RocketMqNameServerDown,                 half",
    "RocketMqSubscriptionsDiffer,            torn",
    "RocketMqTransactionsPending,            rocketmq",
    "MqExporterCollectionSlow,               silent",
    "MessagingConsumerLagAgeUnknown,         blind",
    "MessagingConsumerLagGrowing,            slow",
    "MessagingConsumerCatchesUpTooSlowly,    slow",
    "MessagingDestinationSilent,             silent",
  })
  void anAlertFiresAndArrives(String alert, String about) {
    firesAndArrives(alert, about);
  }

  @Order(2)
  @Test
  void whatHappensOnceAndIsOver() throws Exception {
    kafka.deleteUnconsumed();
    kafka.rewind();

    firesAndArrives("MessagingConsumerRewound", "rewinder");
    firesAndArrives("MessagingConsumerLostMessages", "loser");
  }

  @Order(3)
  @Test
  void whatStopsEverybody() {
    rabbitMq.raiseAlarms();
    kafka.killMajority();
    subjects.rocketMq().killBroker();

    for (String alert :
        List.of(
            "RabbitMqMemoryAlarm",
            "RabbitMqDiskAlarm",
            "RabbitMqMemoryNearLimit",
            "RabbitMqDiskSpaceLow")) {
      firesAndArrives(alert, "rabbitmq");
    }
    firesAndArrives("KafkaNoController", "kafka");
    // With its only broker away nothing is left to read.
    firesAndArrives("MessagingClusterUnreachable", "rocketmq");
  }

  @Order(4)
  @Test
  void whatIsRepairedIsTold() throws Exception {
    rabbitMq.repair();
    subjects.rocketMq().restartBroker();
    kafka.repair();

    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(() ->
            assertThat(alertmanager.alerts())
                .extracting(alert -> alert.path("labels").path("alertname").asText())
                .doesNotContain(
                    "RabbitMqMemoryAlarm",
                    "RabbitMqDiskAlarm",
                    "RabbitMqMemoryNearLimit",
                    "RabbitMqDiskSpaceLow",
                    "RabbitMqUnroutableMessages",
                    "RabbitMqQueueNearlyFull",
                    "RabbitMqUnackedNotMoving",
                    "RabbitMqConnectionChurn",
                    "MessagingDeadLettersGrowing",
                    "MessagingRedeliveriesHigh",
                    "KafkaNoController",
                    "KafkaOfflinePartitions",
                    "KafkaUnderMinInSyncReplicas",
                    "KafkaUnderReplicatedPartitions",
                    "MessagingConsumerLostMessages"));
  }

  @Order(5)
  @Test
  void anAgentThatIsGone() {
    agent.terminate(Duration.ofSeconds(10));

    firesAndArrives("MqExporterDown", String.valueOf(agent.port()));
    firesAndArrives("MqExporterAbsent", "");
  }

  /** Waits for an alert whose labels contain a text, and sees that it came in time and in whole. */
  private void firesAndArrives(String alert, String about) {
    JsonNode arrived =
        await(alert)
            .atMost(PATIENCE)
            .pollInterval(Duration.ofMillis(500))
            .until(() -> arrived(alert, about), Optional::isPresent)
            .orElseThrow();
    for (String annotation : List.of("summary", "description", "runbook_url", "dashboard_url")) {
      assertThat(arrived.path("annotations").path(annotation).asText())
          .as("%s of %s", annotation, alert)
          .isNotBlank()
          .doesNotContain("{{", "error", "<no value>");
    }
    Instant startsAt = Instant.parse(arrived.path("startsAt").asText());
    for (JsonNode active : prometheus.alerts()) {
      if (active.path("labels").equals(arrived.path("labels"))) {
        Duration pending =
            Duration.between(Instant.parse(active.path("activeAt").asText()), startsAt);
        Duration held =
            ScaledRules.duration(Alerts.rule(alert).keys().getOrDefault("for", "0s"))
                .dividedBy(FACTOR);
        assertThat(pending)
            .as("%s fires within for and two intervals", alert)
            .isLessThanOrEqualTo(held.plus(COLLECTION_INTERVAL.multipliedBy(2)));
      }
    }
  }

  private Optional<JsonNode> arrived(String alert, String about) {
    return alertmanager.alerts().stream()
        .filter(one -> one.path("labels").path("alertname").asText().equals(alert))
        .filter(one -> one.path("labels").toString().contains(about))
        .findFirst();
  }

  private String configuration() {
    return """
    interval: 2s
    lag_objectives: [{consumers: '.*', objective: 2s}]
    targets:
      - name: kafka
        kafka: {bootstrap_servers: '%1$s', details_interval: 0s}
      - name: blind
        kafka: {bootstrap_servers: '%1$s', unread_records: 0, groups: {include: stopped}}
      - name: silent
        interval: 9s
        timeout: 9s
        rabbitmq: {url: 'http://127.0.0.1:%2$d'}
      - name: rabbitmq
        rabbitmq: {url: '%3$s'}
      - name: tiny
        max_series: 20
        rabbitmq: {url: '%3$s'}
      - name: rocketmq
        rocketmq: {name_servers: '%4$s'}
      - name: half
        rocketmq: {name_servers: '%4$s,127.0.0.1:%5$d'}
    """
        .formatted(
            kafka.bootstrapServers(),
            silent.port(),
            subjects.rabbitMq().managementUrl(),
            subjects.rocketMq().nameServer(),
            Ports.free());
  }
}
