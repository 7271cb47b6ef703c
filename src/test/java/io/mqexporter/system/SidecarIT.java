package io.mqexporter.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mqexporter.brokers.KafkaCluster;
import io.mqexporter.brokers.KafkaSetup;
import io.mqexporter.brokers.RabbitMqBroker;
import io.mqexporter.brokers.RabbitMqRelease;
import io.mqexporter.brokers.RocketMqCluster;
import io.mqexporter.brokers.RocketMqSetup;
import io.mqexporter.collector.Collected;
import io.mqexporter.collector.CollectionException;
import io.mqexporter.kafka.vocabulary.Vocabulary;
import io.mqexporter.metric.Sample;
import io.mqexporter.rabbitmq.RabbitMqCollector;
import io.mqexporter.rabbitmq.RabbitMqConfig.Source;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.rocketmq.common.TopicConfig;
import org.apache.rocketmq.common.message.MessageQueue;
import org.apache.rocketmq.remoting.protocol.subscription.SubscriptionGroupConfig;
import org.apache.rocketmq.tools.admin.DefaultMQAdminExt;
import org.junit.jupiter.api.Test;

/**
 * Agents beside the brokers of a cluster show together what one shows alone, and each series once:
 * while all brokers run, and after the first of them has stopped.
 */
class SidecarIT {

  @Test
  void besideThreeBrokersOfKafka() throws Exception {
    var setup =
        KafkaSetup.of(3)
            // What has stopped is noticed after this time.
            .with("broker.session.timeout.ms", "4000")
            .with("broker.heartbeat.interval.ms", "500")
            // A broker that a busy machine kept from its heartbeats is given back what it led.
            .with("leader.imbalance.check.interval.seconds", "2");
    var vocabularies = List.of(Vocabulary.values());
    try (var cluster = KafkaCluster.start("sidecars-kafka", setup);
        var admin = cluster.admin();
        var sidecars =
            new Sidecars(
                KafkaPass.collector(cluster, vocabularies),
                "_seconds|kafka_quorum_high_watermark|_usable_bytes|_disk_free_bytes")) {
      List<String> ids = List.of("1", "2", "3");
      ids.forEach(id -> sidecars.add(id, KafkaPass.collector(cluster, vocabularies)));
      admin
          .createTopics(
              List.of(new NewTopic("orders", 9, (short) 3), new NewTopic("single", 3, (short) 1)))
          .all()
          .get();
      new KafkaChanges(admin).commit("orders", "billing-", 30);

      sidecars.awaitTheSame(() -> {
        for (String id : ids) {
          assertThat(sidecars.shown(id, "kafka_topic_partition_current_offset")).isNotEmpty();
          assertThat(sidecars.shown(id, "kafka_consumergroup_lag")).isNotEmpty();
          assertThat(sidecars.shown(id, "kafka_broker_info"))
              .singleElement()
              .asString()
              .contains("id=\"" + id + "\"");
        }
        assertThat(sidecars.shown("1", "kafka_brokers")).hasSize(1);
      });
      anAgentSaysThatItsBrokerIsNotThere(cluster);

      cluster.stop(1);
      sidecars.stopped("1");

      sidecars.awaitTheSame();
      assertThat(sidecars.shown("2", "kafka_brokers")).hasSize(1);
    }
  }

  /** As a process, with the broker's name from the environment. */
  private static void anAgentSaysThatItsBrokerIsNotThere(KafkaCluster cluster) {
    String configuration =
        """
        interval: 3s
        targets:
          - name: orders
            kafka: {bootstrap_servers: "%s"}
            sidecar_of: ${NODE_ID}
        """
            .formatted(cluster.bootstrapServers());
    try (var second = AgentProcess.start("sidecar-2", configuration, Map.of("NODE_ID", "2"));
        var none = AgentProcess.start("sidecar-9", configuration, Map.of("NODE_ID", "9"))) {
      await()
          .untilAsserted(() -> {
            assertThat(second.scrape().values("kafka_topic_partition_leader"))
                .hasSizeGreaterThan(2)
                .containsOnly(2.0);
            Exposition page = none.scrape();
            assertThat(page.value("mq_exporter_collection_missing_parts")).hasValue(1);
            assertThat(page.series().keySet())
                .noneMatch(
                    series -> series.startsWith("messaging_") || series.startsWith("kafka_"));
          });
      assertThat(second.scrape().value("messaging_up")).isEmpty();
      assertThat(none.logLines("what broker 9 leads (it is not one of those that run: 1, 2, 3)"))
          .isNotEmpty();
    }
  }

  @Test
  void besideThreeNodesOfRabbitMq() throws Exception {
    List<RabbitMqBroker> nodes =
        RabbitMqBroker.startCluster("sidecars", RabbitMqRelease.INSTALLED, "", 3);
    try {
      // Until it has a name, a cluster is called as the node is that is asked.
      nodes.getFirst().rabbitmqctl("set_cluster_name", "sidecars");
      for (RabbitMqBroker node : nodes) {
        declareQueues(node);
      }
      awaitTold(nodes);
      compareBeside(nodes);
    } finally {
      nodes.forEach(RabbitMqBroker::close);
    }
  }

  private static void compareBeside(List<RabbitMqBroker> nodes) {
    try (var sidecars =
        new Sidecars(
            collector(nodes.reversed()),
            // Of nodes and of queues' processes, what they use of their machines.
            "rabbitmq_node=|messaging_broker_name=|_seconds")) {
      nodes.forEach(node -> sidecars.add(node.nodeName(), collector(List.of(node))));

      sidecars.awaitTheSame();

      for (RabbitMqBroker node : nodes) {
        String name = node.nodeName();
        assertThat(sidecars.shown(name, "page")).containsExactly("page{" + name);
        assertThat(sidecars.shown(name, "rabbitmq_queue_messages"))
            .anyMatch(series -> series.contains("classic-" + name));
        assertThat(sidecars.shown(name, "messaging_consumer_lag_messages"))
            .anyMatch(series -> series.contains("classic-" + name));
      }
      assertThat(sidecars.shown(nodes.getFirst().nodeName(), "rabbitmq_queues")).hasSize(1);

      nodes.getFirst().stop();
      sidecars.stopped(nodes.getFirst().nodeName());

      sidecars.awaitTheSame();
      assertThat(sidecars.shown(nodes.get(1).nodeName(), "rabbitmq_queues")).hasSize(1);
    }
  }

  /**
   * Waits until RabbitMQ has told how many messages each queue has and took. It tells so queue by
   * queue, and the status of consumers depends on when that was seen to change.
   */
  private static void awaitTold(List<RabbitMqBroker> nodes) {
    try (var first = collector(nodes)) {
      await()
          .pollInSameThread()
          .ignoreException(CollectionException.class)
          .untilAsserted(() -> {
            Collected now = RabbitMqPass.collect(first);
            for (String counted : List.of("ready", "published_total")) {
              assertThat(RabbitMqPass.samples(now, "rabbitmq_queue_messages_" + counted))
                  .extracting(Sample::value)
                  .hasSize(2 * nodes.size())
                  .containsOnly(1.0);
            }
          });
    }
  }

  private static RabbitMqCollector collector(List<RabbitMqBroker> nodes) {
    List<URI> urls = nodes.stream().map(RabbitMqBroker::managementUrl).toList();
    return RabbitMqPass.collector(urls, Source.MANAGEMENT, Source.PROMETHEUS);
  }

  /**
   * A classic queue lives where it is declared; who leads a quorum queue is for RabbitMQ to say.
   */
  private static void declareQueues(RabbitMqBroker node) throws Exception {
    try (var connection = node.connectionFactory().newConnection();
        var channel = connection.createChannel()) {
      channel.confirmSelect();
      for (String type : List.of("classic", "quorum")) {
        String queue = type + "-" + node.nodeName();
        channel.queueDeclare(queue, true, false, false, Map.of("x-queue-type", type));
        channel.basicPublish("amq.direct", queue, null, new byte[] {1});
        channel.basicPublish("", queue, null, new byte[] {1});
      }
      channel.waitForConfirms(Patience.LONGEST.toMillis());
    }
  }

  @Test
  void besideTwoMastersAndASlaveOfRocketMq() throws Exception {
    var setup = RocketMqSetup.REPLICATED.withoutTimers().with("registerNameServerPeriod=10000\n");
    try (var cluster = RocketMqCluster.start("sidecars-rocketmq", setup);
        var sidecars =
            new Sidecars(RocketMqPass.collector(cluster.nameServers()), "_seconds|_per_second")) {
      List<String> names = List.of("broker-a:0", "broker-b:0", "broker-a:1");
      names.forEach(name -> sidecars.add(name, RocketMqPass.collector(cluster.nameServers())));
      createTopics(cluster);

      sidecars.awaitTheSame();

      for (String name : names) {
        assertThat(sidecars.shown(name, "rocketmq_broker_up"))
            .singleElement()
            .asString()
            .contains(name.replaceFirst("(.*):(.*)", "{broker=\"$1\", broker_id=\"$2\""));
      }
      assertThat(sidecars.shown("broker-a:0", "messaging_up")).hasSize(1);

      cluster.master("broker-a").kill();
      sidecars.stopped("broker-a:0");

      sidecars.awaitTheSame();
      assertThat(sidecars.shown("broker-b:0", "messaging_up")).hasSize(1);
    }
  }

  private static void createTopics(RocketMqCluster cluster) throws Exception {
    var tool = new DefaultMQAdminExt(10_000);
    tool.setNamesrvAddr(cluster.nameServers());
    tool.setInstanceName("sidecars");
    tool.start();
    try {
      for (String broker : List.of("broker-a", "broker-b")) {
        String address = cluster.master(broker).address();
        var group = new SubscriptionGroupConfig();
        group.setGroupName("billing");
        tool.createAndUpdateSubscriptionGroupConfig(address, group);
        tool.createAndUpdateTopicConfig(address, new TopicConfig("orders", 2, 2, 6));
        tool.updateConsumeOffset(address, "billing", new MessageQueue("orders", broker, 0), 0);
      }
    } finally {
      tool.shutdown();
    }
  }
}
