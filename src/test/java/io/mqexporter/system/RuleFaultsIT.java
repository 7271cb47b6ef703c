package io.mqexporter.system;

import io.mqexporter.brokers.Ports;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The alerts on the real faults, with real brokers, Prometheus and Alertmanager. The faults begin
 * together and go on, so that all wait at the same time. The brokers are nobody else's: what is
 * done to them outlasts the test.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RuleFaultsIT {

  private final SilentServer silent = new SilentServer();
  private FaultyKafka kafka;
  private FaultyRabbitMq rabbitMq;
  private FaultyRocketMq rocketMq;
  private AlertWatch watch;

  @BeforeAll
  void begin() throws Exception {
    kafka = new FaultyKafka();
    rabbitMq = new FaultyRabbitMq();
    rocketMq = new FaultyRocketMq();
    watch = AlertWatch.start("alert-faults", targets());
    // What is compared with before needs a before: more than two steps of the longest subquery.
    watch.awaitResult(
        "count_over_time(messaging_destination_messages"
            + "{messaging_destination_name=\"lost\"}[1m]) >= 12");
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
    watch.close();
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
    "KafkaGroupRebalancing,                  rebalancing",
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
    "KafkaGroupMembersFlapping,              flapping",
    "RocketMqRetriesPilingUp,                retrying",
  })
  void anAlertFiresAndArrives(String alert, String about) {
    watch.awaitFiring(alert, about);
  }

  @Order(2)
  @Test
  void whatHappensOnceAndIsOver() throws Exception {
    kafka.deleteUnconsumed();
    kafka.rewind();

    watch.awaitFiring("MessagingConsumerRewound", "rewinder");
    watch.awaitFiring("MessagingConsumerLostMessages", "loser");
  }

  @Order(3)
  @Test
  void whatStopsEverybody() {
    rabbitMq.raiseAlarms();
    kafka.killMajority();
    rocketMq.broker().killBroker();

    for (String alert :
        List.of(
            "RabbitMqMemoryAlarm",
            "RabbitMqDiskAlarm",
            "RabbitMqMemoryNearLimit",
            "RabbitMqDiskSpaceLow")) {
      watch.awaitFiring(alert, "rabbitmq");
    }
    watch.awaitFiring("KafkaNoController", "kafka");
    // With its only broker away nothing is left to read.
    watch.awaitFiring("MessagingClusterUnreachable", "rocketmq");
  }

  @Order(4)
  @Test
  void whatIsRepairedIsTold() throws Exception {
    rabbitMq.repair();
    rocketMq.broker().restartBroker();
    kafka.repair();

    watch.awaitResolved(
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
        "MessagingConsumerLostMessages");
  }

  @Order(5)
  @Test
  void anAgentThatIsGone() {
    watch.agent().terminate(Duration.ofSeconds(10));

    watch.awaitFiring("MqExporterDown", String.valueOf(watch.agent().port()));
    watch.awaitFiring("MqExporterAbsent", "");
  }

  private String targets() {
    return """
      - name: kafka
        kafka: {bootstrap_servers: '%1$s', details_interval: 0s}
      - name: blind
        kafka: {bootstrap_servers: '%1$s', unread_records: 0, groups: {include: stopped}}
      - name: flapping
        interval: 1s
        kafka: {bootstrap_servers: '%1$s', topics: {include: none}, groups: {include: flapping}}
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
            rabbitMq.broker().managementUrl(),
            rocketMq.broker().nameServer(),
            Ports.free());
  }
}
