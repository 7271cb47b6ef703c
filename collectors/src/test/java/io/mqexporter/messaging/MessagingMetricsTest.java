package io.mqexporter.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqexporter.metric.FamilyText;
import io.mqexporter.metric.MetricType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MessagingMetricsTest {

  private static final DestinationId ORDERS = DestinationId.topic("orders");
  private static final OptionalLong UNKNOWN = OptionalLong.empty();

  @Test
  void aLogBasedClusterIsRenderedInWhole() {
    var state =
        new ClusterState(
            MessagingSystem.KAFKA,
            "shop",
            Instant.EPOCH,
            Set.of("1", "2"),
            Set.of("3"),
            List.of(
                Destination.ofLogs(ORDERS, false, List.of(log("0", 5, 20), log("1", 0, 10))),
                Destination.ofLogs(
                    DestinationId.topic("orders.DLT"), true, List.of(log("0", 0, 2)))),
            List.of(
                new Consumption(
                    ORDERS,
                    "billing",
                    OptionalInt.of(2),
                    OptionalLong.of(30),
                    List.of(committed("0", 20, 20), committed("1", 10, 10)))),
            Map.of("newcomer", 1, "billing", 2));
    assertThat(render(state))
        .isEqualTo(
            """
            messaging_up{messaging_system="kafka",messaging_cluster="shop"} 1
            messaging_brokers{messaging_system="kafka",messaging_cluster="shop",state="up"} 2
            messaging_brokers{messaging_system="kafka",messaging_cluster="shop",state="down"} 1
            messaging_destinations{CLUSTER} 2
            messaging_destination_messages{DESTINATION="orders"} 25
            messaging_destination_messages{DESTINATION="orders.DLT"} 2
            messaging_destination_produced_messages_total{DESTINATION="orders"} 30
            messaging_destination_produced_messages_total{DESTINATION="orders.DLT"} 2
            messaging_dead_letter_messages{DESTINATION="orders.DLT"} 2
            messaging_consumer_members{GROUP="billing"} 2
            messaging_consumer_members{GROUP="newcomer"} 1
            messaging_consumer_lag_messages{DESTINATION="orders",GROUP="billing"} 0
            messaging_consumer_lag_seconds{DESTINATION="orders",GROUP="billing"} 0
            messaging_consumer_drain_seconds{DESTINATION="orders",GROUP="billing"} 0
            messaging_consumer_retention_used_ratio{DESTINATION="orders",GROUP="billing"} 0
            messaging_consumer_lost_messages_total{DESTINATION="orders",GROUP="billing"} 0
            messaging_consumer_acknowledged_messages_total{DESTINATION="orders",GROUP="billing"} 30
            messaging_consumer_status{DESTINATION="orders",GROUP="billing",status="ok"} 1
            messaging_consumer_status{DESTINATION="orders",GROUP="billing",status="unknown"} 0
            messaging_consumer_status{DESTINATION="orders",GROUP="billing",status="lagging"} 0
            messaging_consumer_status{DESTINATION="orders",GROUP="billing",status="stalled"} 0
            messaging_consumer_status{DESTINATION="orders",GROUP="billing",status="stopped"} 0
            messaging_consumer_status{DESTINATION="orders",GROUP="billing",status="rewound"} 0
            messaging_consumer_status{DESTINATION="orders",GROUP="billing",status="lost"} 0
            messaging_consumer_lag_objective_seconds{DESTINATION="orders",GROUP="billing"} 300
            messaging_consumers{CLUSTER,status="ok"} 1
            messaging_consumers{CLUSTER,status="unknown"} 0
            messaging_consumers{CLUSTER,status="lagging"} 0
            messaging_consumers{CLUSTER,status="stalled"} 0
            messaging_consumers{CLUSTER,status="stopped"} 0
            messaging_consumers{CLUSTER,status="rewound"} 0
            messaging_consumers{CLUSTER,status="lost"} 0
            """
                .replace("{DESTINATION", "{CLUSTER,DESTINATION")
                .replace("{GROUP", "{CLUSTER,GROUP")
                .replace("CLUSTER", "messaging_system=\"kafka\",messaging_cluster=\"shop\"")
                .replace("DESTINATION", "messaging_destination_name")
                .replace("GROUP", "messaging_consumer_group_name"));
  }

  @Test
  void aSumOfWhichOnePartIsNotKnownIsAbsent() {
    var unknownEnd = new LogState("1", OptionalLong.of(0), UNKNOWN);
    var unknownLag = LogConsumption.committed("1", 5, UNKNOWN, UNKNOWN);
    var state =
        new ClusterState(
            MessagingSystem.KAFKA,
            "shop",
            Instant.EPOCH,
            Set.of("1"),
            Set.of(),
            List.of(Destination.ofLogs(ORDERS, true, List.of(log("0", 0, 20), unknownEnd))),
            List.of(
                new Consumption(
                    ORDERS,
                    "billing",
                    OptionalInt.empty(),
                    OptionalLong.of(25),
                    List.of(committed("0", 20, 20), unknownLag))),
            Map.of());
    assertThat(render(state).lines().filter(line -> line.endsWith(" 1") || line.endsWith(" 25")))
        .map(line -> line.replaceAll("\\{.*status=", "{").replaceAll("\\{messaging.*}", ""))
        .containsExactly(
            "messaging_up 1",
            "messaging_brokers 1",
            "messaging_destinations 1",
            "messaging_consumer_acknowledged_messages_total 25",
            "messaging_consumer_status{\"unknown\"} 1",
            "messaging_consumers{\"unknown\"} 1");
    assertThat(render(state))
        .doesNotContain(
            "messaging_destination_messages",
            "messaging_destination_produced",
            "messaging_consumer_lag_messages",
            "messaging_consumer_lag_seconds",
            "messaging_dead_letter");
  }

  @Test
  void membersOfAQueueBelongToTheQueueAndItsVhost() {
    var queue = new DestinationId("/", "q");
    var state =
        new ClusterState(
            MessagingSystem.RABBITMQ,
            "rabbit",
            Instant.EPOCH,
            Set.of("rabbit@a"),
            Set.of(),
            List.of(),
            List.of(
                new Consumption(
                    queue,
                    "",
                    OptionalInt.of(3),
                    OptionalLong.of(7),
                    List.of(LogConsumption.told("", UNKNOWN, OptionalLong.of(0))))),
            Map.of());
    assertThat(
            FamilyText.of(
                MessagingMetrics.of(state, memoryOf(state), LagObjectives.DEFAULT),
                "messaging_consumer_members"::equals))
        .isEqualTo(
            """
            messaging_consumer_members{messaging_system="rabbitmq",messaging_cluster="rabbit",\
            messaging_rabbitmq_vhost="/",messaging_destination_name="q"} 3
            """);
  }

  @Test
  void aClusterThatCouldNotBeReadIsDown() {
    assertThat(FamilyText.of(MessagingMetrics.unavailable(MessagingSystem.ROCKETMQ, "r")))
        .isEqualTo("messaging_up{messaging_system=\"rocketmq\",messaging_cluster=\"r\"} 0\n");
  }

  @Test
  void countersAndOnlyCountersEndInTotal() {
    assertThat(MessagingMetric.values())
        .allSatisfy(metric ->
            assertThat(metric.metricName().endsWith("_total"))
                .isEqualTo(metric.type() == MetricType.COUNTER));
  }

  private static String render(ClusterState state) {
    return FamilyText.of(MessagingMetrics.of(state, memoryOf(state), LagObjectives.DEFAULT));
  }

  private static ClusterMemory memoryOf(ClusterState state) {
    var memory = new ClusterMemory(Duration.ofMinutes(5));
    memory.observe(state);
    return memory;
  }

  private static LogState log(String name, long start, long end) {
    return new LogState(name, OptionalLong.of(start), OptionalLong.of(end));
  }

  private static LogConsumption committed(String name, long position, long end) {
    return LogConsumption.committed(name, position, OptionalLong.of(0), OptionalLong.of(end));
  }
}
