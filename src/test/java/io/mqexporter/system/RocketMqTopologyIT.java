package io.mqexporter.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mqexporter.brokers.Command;
import io.mqexporter.brokers.RocketMqClients;
import io.mqexporter.brokers.RocketMqCluster;
import io.mqexporter.brokers.RocketMqNode;
import io.mqexporter.brokers.RocketMqSetup;
import io.mqexporter.collector.CollectionException;
import io.mqexporter.messaging.MessagingMetric;
import io.mqexporter.rocketmq.RocketMqBrokerMetric;
import io.mqexporter.rocketmq.RocketMqCollector;
import io.mqexporter.rocketmq.RocketMqConfig;
import io.mqexporter.rocketmq.RocketMqMetric;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.common.TopicConfig;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageQueue;
import org.apache.rocketmq.remoting.protocol.subscription.SubscriptionGroupConfig;
import org.apache.rocketmq.tools.admin.DefaultMQAdminExt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What happens to two masters, a slave and two name servers, and what is then said of them. */
class RocketMqTopologyIT {

  private static final String TOPIC = "orders";
  private static final String OTHER = "payments";
  private static final String GROUP = "billing";
  private static final String A = RocketMqCluster.FIRST;
  private static final String B = "broker-b";
  private static final List<String> MASTER = List.of(A, "0");
  private static final List<String> SLAVE = List.of(A, "1");

  private static RocketMqCluster cluster;
  private static RocketMqNode stranger;
  private static RocketMqCollector collector;
  private static AlertWatch watch;

  @BeforeAll
  static void start() throws Exception {
    cluster =
        RocketMqCluster.start(
            "rocketmq-faults",
            // A slave that hangs is kept, and is out of step soon.
            RocketMqSetup.REPLICATED
                .withoutTimers()
                .with(
                    """
                    registerNameServerPeriod=10000
                    haHousekeepingInterval=180000
                    haMaxGapNotInSync=1000
                    """));
    stranger = cluster.strangeNameServer();
    collector = RocketMqPass.collector(cluster.nameServers());
    var tool = new DefaultMQAdminExt(10_000);
    tool.setNamesrvAddr(cluster.nameServers());
    tool.setInstanceName("faults");
    tool.start();
    try {
      for (String broker : List.of(A, B)) {
        String address = cluster.master(broker).address();
        var group = new SubscriptionGroupConfig();
        group.setGroupName(GROUP);
        tool.createAndUpdateSubscriptionGroupConfig(address, group);
        for (String topic : List.of(TOPIC, OTHER)) {
          tool.createAndUpdateTopicConfig(address, new TopicConfig(topic, 1, 1, 6));
        }
        tool.updateConsumeOffset(address, GROUP, new MessageQueue(TOPIC, broker, 0), 0);
      }
    } finally {
      tool.shutdown();
    }
    RocketMqPass.until(collector, RocketMqTopologyIT::isWhole);
    watch =
        AlertWatch.start(
            "rocketmq-alerts",
            """
              - {name: cluster, rocketmq: {name_servers: '%1$s'}}
              - {name: misled, rocketmq: {name_servers: '%1$s;%2$s'}}
            """
                .formatted(cluster.nameServers(), stranger.address()));
  }

  @AfterAll
  static void stop() throws Exception {
    watch.close();
    collector.close();
    stranger.close();
    cluster.close();
  }

  @Test
  void aSlaveThatIsGoneIsDownAndNamedUntilItIsBack() {
    cluster.slave(1).kill();
    RocketMqPass pass =
        RocketMqPass.until(
            collector,
            one ->
                one.missing()
                    .contains("slave broker-a#1: it is not registered with the name server"));
    assertThat(pass.values().of(RocketMqBrokerMetric.BROKER_UP)).containsEntry(SLAVE, 0.0);
    assertThat(pass.values().of(RocketMqBrokerMetric.SLAVES_CONNECTED))
        .containsEntry(List.of(A), 0.0);
    assertThat(pass.values().of(MessagingMetric.BROKERS)).containsEntry(List.of("down"), 1.0);
    assertThat(pass.values().value(RocketMqMetric.CONSUMER_LAG, GROUP, TOPIC)).hasValue(0.0);
    watch.awaitFiring("RocketMqSlaveDown", A);
    cluster.slave(1).restart();
    RocketMqPass back = RocketMqPass.until(collector, RocketMqTopologyIT::isWhole);
    assertThat(back.values().of(RocketMqBrokerMetric.BROKER_UP)).containsEntry(SLAVE, 1.0);
  }

  @Test
  void aMasterThatIsGoneTakesTheSumsAlongAndNotItsSlave() {
    cluster.master(A).kill();
    RocketMqPass pass =
        RocketMqPass.until(
            collector,
            one ->
                one.missing()
                    .contains(
                        "master of broker broker-a: it is not registered with the name server"));
    assertThat(pass.values().of(RocketMqBrokerMetric.BROKER_UP))
        .containsEntry(MASTER, 0.0)
        .containsEntry(SLAVE, 1.0)
        .containsEntry(List.of(B, "0"), 1.0);
    assertThat(pass.values().of(RocketMqBrokerMetric.REPLICATION_LAG)).isEmpty();
    assertThat(pass.values().value(RocketMqMetric.CONSUMER_LAG, GROUP, TOPIC)).isEmpty();
    assertThat(pass.values().value(RocketMqMetric.TOPIC_MAX_OFFSET, TOPIC, B, "0")).isPresent();
    watch.awaitFiring("RocketMqMasterDown", A);
    // Its slave does not do them in its place.
    watch.awaitFiring("RocketMqSpecialServicesStopped", A);
    cluster.master(A).restart();
    RocketMqPass back = RocketMqPass.until(collector, RocketMqTopologyIT::isWhole);
    assertThat(back.values().value(RocketMqMetric.CONSUMER_LAG, GROUP, TOPIC)).isPresent();
  }

  @Test
  void aNameServerThatIsGoneIsNamedAndDoesNotKnowAllWhenItComesBack() throws Exception {
    String address = cluster.nameServer(1).address();
    cluster.nameServer(1).kill();
    RocketMqPass pass = RocketMqPass.of(collector);
    assertThat(pass.missing())
        .singleElement()
        .asString()
        .startsWith("name server %s: %s: ".formatted(address, address));
    assertThat(pass.values().of(RocketMqBrokerMetric.NAME_SERVER_UP))
        .containsEntry(List.of(address), 0.0)
        .containsEntry(List.of(cluster.nameServer(0).address()), 1.0);
    assertThat(pass.values().of(RocketMqBrokerMetric.BROKER_UP).values()).containsOnly(1.0);
    cluster.nameServer(1).restart();
    RocketMqPass back = RocketMqPass.until(collector, one -> one.missing().isEmpty());
    assertThat(back.values().of(RocketMqBrokerMetric.NAME_SERVER_UNKNOWN))
        .hasEntrySatisfying(List.of(address), unknown -> assertThat(unknown).isPositive());
    RocketMqPass.until(collector, RocketMqTopologyIT::isWhole);
  }

  @Test
  void aBrokerThatIsTakenOutOfWritingIsTold() throws Exception {
    setPermission(B, 4);
    watch.awaitFiring("RocketMqBrokerNotWritable", B);
    setPermission(B, 6);
    watch.awaitResolved("RocketMqBrokerNotWritable", "RocketMqMasterDown", "RocketMqSlaveDown");
  }

  @Test
  void aNameServerThatNoBrokerRegistersWithIsTold() {
    watch.awaitFiring("RocketMqNameServersDisagree", stranger.address());
  }

  @Test
  void aSlaveThatHangsFallsOutOfStep() throws Exception {
    Command.signal(cluster.slave(1).handle(), "STOP");
    try (var clients = new RocketMqClients(cluster)) {
      clients
          .producer("filler")
          .send(new Message(TOPIC, new byte[2_000]), new MessageQueue(TOPIC, A, 0));
      watch.awaitFiring("RocketMqSlaveOutOfSync", A);
    } finally {
      Command.signal(cluster.slave(1).handle(), "CONT");
    }
    watch.awaitResolved("RocketMqSlaveOutOfSync");
  }

  @Test
  void withoutAnyNameServerNothingCanBeReadUntilOneIsBack() {
    cluster.nameServer(0).kill();
    cluster.nameServer(1).kill();
    assertThatThrownBy(() -> RocketMqPass.of(collector))
        .isInstanceOf(CollectionException.class)
        .hasMessageContaining("name server " + cluster.nameServer(0).address())
        .hasMessageContaining("name server " + cluster.nameServer(1).address());
    cluster.nameServer(0).restart();
    cluster.nameServer(1).restart();
    RocketMqPass.untilRead(collector, RocketMqTopologyIT::isWhole);
  }

  @Test
  void clientsOfOneGroupThatDoNotSubscribeToTheSameAreFound() {
    try (var some = new RocketMqClients(cluster);
        var others = new RocketMqClients(cluster)) {
      some.push("torn", TOPIC, (_, _) -> ConsumeConcurrentlyStatus.CONSUME_SUCCESS, _ -> {});
      others.push("torn", OTHER, (_, _) -> ConsumeConcurrentlyStatus.CONSUME_SUCCESS, _ -> {});
      some.push("whole", TOPIC, (_, _) -> ConsumeConcurrentlyStatus.CONSUME_SUCCESS, _ -> {});
      others.push("whole", TOPIC, (_, _) -> ConsumeConcurrentlyStatus.CONSUME_SUCCESS, _ -> {});
      RocketMqPass pass =
          RocketMqPass.until(
              collector,
              one ->
                  one.values()
                          .value(RocketMqMetric.CONSUMER_SUBSCRIPTIONS, "torn")
                          .equals(Optional.of(2.0))
                      && one.values()
                          .value(
                              RocketMqMetric.CONSUMER_CONNECTIONS, "whole", "JAVA", "5.5.0", "push")
                          .equals(Optional.of(2.0)));
      assertThat(pass.values().value(RocketMqMetric.CONSUMER_SUBSCRIPTIONS, "whole")).hasValue(1.0);
    }
  }

  /**
   * A broker keeps one expression of a topic for a group, the newest, and filters by it what it
   * gives to any of the group's clients: each can only be asked itself.
   */
  @Test
  void clientsOfOneGroupThatSubscribeToDifferentTagsAreFoundByAskingThem() {
    var asking =
        new RocketMqConfig(List.of(cluster.nameServers().split(";", -1)), Optional.empty())
            .with(new RocketMqConfig.Further(List.of(), List.of(), true, false, false));
    try (var some = new RocketMqClients(cluster);
        var others = new RocketMqClients(cluster);
        var statistics =
            new RocketMqCollector("asking", asking, Duration.ofMinutes(5), Clock.systemUTC())) {
      some.pushTagged("tagged", TOPIC, "red", (_, _) -> ConsumeConcurrentlyStatus.CONSUME_SUCCESS);
      others.pushTagged(
          "tagged", TOPIC, "blue", (_, _) -> ConsumeConcurrentlyStatus.CONSUME_SUCCESS);
      // A client that has just come may take longer for its first answer than it is given.
      RocketMqPass pass =
          RocketMqPass.until(
              statistics,
              one ->
                  one.missing().isEmpty()
                      && one.values().of(RocketMqMetric.CLIENT_CONSUME).keySet().stream()
                              .filter(
                                  labels -> labels.subList(0, 2).equals(List.of("tagged", TOPIC)))
                              .count()
                          == 2);
      assertThat(pass.values().value(RocketMqMetric.CONSUMER_SUBSCRIPTIONS, "tagged"))
          .hasValue(2.0);
    }
  }

  private static void setPermission(String broker, int permission) throws Exception {
    RocketMqChanges.configure(
        cluster.master(broker), Map.of("brokerPermission", Integer.toString(permission)));
  }

  private static boolean isWhole(RocketMqPass pass) {
    return pass.missing().isEmpty()
        && pass.values().of(RocketMqBrokerMetric.BROKER_UP).size() == 3
        && pass.values().of(RocketMqBrokerMetric.NAME_SERVER_UNKNOWN).values().stream()
            .allMatch(unknown -> unknown == 0);
  }
}
