package io.mqexporter.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mqexporter.brokers.RocketMqAdmin;
import io.mqexporter.brokers.RocketMqAdmin.QueueStatus;
import io.mqexporter.brokers.RocketMqClients;
import io.mqexporter.brokers.RocketMqCluster;
import io.mqexporter.brokers.RocketMqSetup;
import io.mqexporter.messaging.MessagingMetric;
import io.mqexporter.metric.MetricDescriptor;
import io.mqexporter.rocketmq.RocketMqBrokerMetric;
import io.mqexporter.rocketmq.RocketMqCollector;
import io.mqexporter.rocketmq.RocketMqMetric;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.client.producer.LocalTransactionState;
import org.apache.rocketmq.common.TopicConfig;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageQueue;
import org.apache.rocketmq.remoting.protocol.subscription.SubscriptionGroupConfig;
import org.apache.rocketmq.tools.admin.DefaultMQAdminExt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Holds what is collected of two masters, a slave and two name servers against {@code mqadmin},
 * with everything at rest.
 */
class RocketMqClusterIT {

  private static final String TOPIC = "orders";
  private static final String FIFO = "payments";
  private static final String BILLING = "billing";
  private static final String TRANSACTIONS = "RMQ_SYS_TRANS_HALF_TOPIC";
  private static final List<String> MASTERS = List.of(RocketMqCluster.FIRST, "broker-b");
  private static final int QUEUES = 2;
  private static final int EACH = 5;

  private static RocketMqCluster cluster;
  private static RocketMqAdmin admin;
  private static RocketMqCollector collector;
  private static RocketMqPass first;
  private static RocketMqPass atRest;

  @BeforeAll
  static void start() throws Exception {
    // No check of transactions while the test looks at them.
    cluster =
        RocketMqCluster.start(
            "rocketmq-cluster",
            RocketMqSetup.REPLICATED.with("transactionCheckInterval=3600000\n"));
    admin = new RocketMqAdmin(cluster);
    try (var clients = new RocketMqClients(cluster)) {
      fill(clients);
    }
    collector = RocketMqPass.collector(cluster.nameServers());
    first = RocketMqPass.of(collector);
    atRest =
        RocketMqPass.until(
            collector,
            pass -> pass.values().of(RocketMqBrokerMetric.REPLICATION_LAG).containsValue(0.0));
  }

  @AfterAll
  static void stop() {
    collector.close();
    cluster.close();
  }

  @Test
  void nothingIsMissing() {
    assertThat(first.missing()).isEmpty();
    assertThat(atRest.missing()).isEmpty();
  }

  @Test
  void theLayoutIsThatOfTheTool() {
    var ours = new HashMap<List<String>, Double>();
    values(RocketMqBrokerMetric.BROKER_INFO)
        .forEach((labels, one) ->
            ours.put(List.of(labels.get(0), labels.get(1), labels.get(4), labels.get(5)), one));
    var tools = new HashMap<List<String>, Double>();
    admin
        .brokers()
        .rows()
        .forEach(row ->
            tools.put(
                List.of(
                    row.broker(),
                    row.id(),
                    row.address(),
                    row.version().substring(1).replace('_', '.')),
                1.0));
    assertThat(ours).hasSize(3).isEqualTo(tools);
    assertThat(values(RocketMqBrokerMetric.BROKER_UP).values()).containsOnly(1.0);
  }

  @Test
  void allNameServersKnowAllBrokers() {
    assertThat(values(RocketMqBrokerMetric.NAME_SERVER_UP))
        .isEqualTo(
            Map.of(
                List.of(cluster.nameServer(0).address()), 1.0,
                List.of(cluster.nameServer(1).address()), 1.0));
    assertThat(values(RocketMqBrokerMetric.NAME_SERVER_BROKERS).values()).containsOnly(3.0);
    assertThat(values(RocketMqBrokerMetric.NAME_SERVER_UNKNOWN).values()).containsOnly(0.0);
    assertThat(values(RocketMqBrokerMetric.BROKER_PERMISSION))
        .isEqualTo(Map.of(List.of(MASTERS.get(0)), 6.0, List.of(MASTERS.get(1)), 6.0));
  }

  @Test
  void figuresAreThoseOfTheTool() {
    for (String broker : MASTERS) {
      Map<String, String> figures = admin.figures(cluster.master(broker).address());
      Map<RocketMqBrokerMetric, String> keys =
          Map.of(
              RocketMqBrokerMetric.BROKER_MESSAGES_IN, "msgPutTotalTodayNow",
              RocketMqBrokerMetric.STORAGE_MESSAGES, "putMessageTimesTotal",
              RocketMqBrokerMetric.STORAGE_BYTES, "putMessageSizeTotal",
              RocketMqBrokerMetric.STORAGE_FAILURES, "putMessageFailedTimes",
              RocketMqBrokerMetric.STORAGE_MIN_OFFSET, "commitLogMinOffset",
              RocketMqBrokerMetric.STORAGE_MAX_OFFSET, "commitLogMaxOffset",
              RocketMqBrokerMetric.STORAGE_DISPATCH_BEHIND, "dispatchBehindBytes",
              RocketMqBrokerMetric.TIMER_ENQUEUE_LAG, "timerOffsetBehind",
              RocketMqBrokerMetric.TIMER_CONGESTED, "timerCongestNum");
      keys.forEach((metric, key) ->
          assertThat(atRest.values().value(metric, broker, "0"))
              .as(key)
              .hasValue(Double.parseDouble(figures.getOrDefault(key, "NaN"))));
      assertThat(values(RocketMqBrokerMetric.PROCESSOR_CAPACITY))
          .containsEntry(
              List.of(broker, "0", "end_transaction"),
              Double.parseDouble(
                  figures.getOrDefault("EndTransactionThreadPoolQueueCapacity", "NaN")));
      assertThat(atRest.values().value(RocketMqBrokerMetric.STORAGE_DISK_TOTAL, broker, "0"))
          .hasValueSatisfying(bytes -> assertThat(bytes).isGreaterThan(1e9));
      assertThat(atRest.values().value(RocketMqBrokerMetric.STORAGE_FLUSH_BEHIND, broker, "0"))
          .isPresent();
    }
  }

  @Test
  void replicationIsThatOfTheTool() {
    String told = admin.replication(cluster.master(RocketMqCluster.FIRST).address());
    assertThat(told).containsPattern("#SlaveNum\\s+1").containsPattern("#InSyncSlaveNum\\s+1");
    assertThat(values(RocketMqBrokerMetric.SLAVES_CONNECTED))
        .isEqualTo(Map.of(List.of(RocketMqCluster.FIRST), 1.0));
    assertThat(values(RocketMqBrokerMetric.SLAVES_IN_SYNC))
        .isEqualTo(Map.of(List.of(RocketMqCluster.FIRST), 1.0));
    assertThat(values(RocketMqBrokerMetric.REPLICATION_LAG))
        .isEqualTo(Map.of(List.of(RocketMqCluster.FIRST, "1"), 0.0));
    assertThat(values(RocketMqBrokerMetric.REPLICATION_IN_SYNC))
        .isEqualTo(Map.of(List.of(RocketMqCluster.FIRST, "1"), 1.0));
  }

  @Test
  void offsetsOfAllMastersAreThoseOfTheTool() {
    var max = new HashMap<List<String>, Double>();
    for (QueueStatus row : admin.status(TOPIC).rows()) {
      max.put(
          List.of(TOPIC, row.broker(), Integer.toString(row.queueId())), (double) row.maxOffset());
    }
    assertThat(max).hasSize(MASTERS.size() * QUEUES);
    assertThat(atRest.values().of(RocketMqMetric.TOPIC_MAX_OFFSET, Set.of(TOPIC))).isEqualTo(max);
    assertThat(atRest.values().of(RocketMqMetric.TOPIC_LAST_STORED, Set.of(TOPIC)).keySet())
        .isEqualTo(max.keySet());
  }

  @Test
  void theLagOfAnOfflineGroupIsThatOverAllMasters() {
    assertThat(values(RocketMqMetric.CONSUMER_LAG))
        .containsEntry(List.of(BILLING, TOPIC), (double) MASTERS.size() * QUEUES * (EACH - 1));
    assertThat(values(MessagingMetric.CONSUMER_LAG))
        .containsEntry(List.of("", TOPIC, BILLING), (double) MASTERS.size() * QUEUES * (EACH - 1));
  }

  @Test
  void openTransactionsAreTheHalfMessagesOfTheTool() {
    long written =
        admin.status(TRANSACTIONS).rows().stream().mapToLong(QueueStatus::maxOffset).sum();
    assertThat(written).isEqualTo(4);
    assertThat(sum(RocketMqBrokerMetric.TRANSACTION_HALF)).isEqualTo((double) written);
    assertThat(sum(RocketMqBrokerMetric.TRANSACTION_PENDING)).isEqualTo((double) written);
  }

  @Test
  void messagesThatWaitForTheirTimeAreCounted() {
    assertThat(sum(RocketMqBrokerMetric.TIMED)).isEqualTo(2);
    assertThat(values(RocketMqBrokerMetric.SCHEDULE_LAG).entrySet())
        .filteredOn(entry -> entry.getKey().getLast().equals("18"))
        .singleElement()
        .satisfies(entry -> assertThat(entry.getValue()).isEqualTo(3));
  }

  @Test
  void topicsAreToldApart() {
    assertThat(values(RocketMqMetric.TOPIC_INFO).keySet())
        .contains(
            List.of(TOPIC, "ordinary", ""),
            List.of(FIFO, "ordinary", "FIFO"),
            List.of("SCHEDULE_TOPIC_XXXX", "delay", ""),
            List.of("TBW102", "system", ""));
  }

  @Test
  void aPassAtRestTakesAHandfulOfRequestsWhateverTheNumberOfTopics() {
    System.out.printf(
        "RocketMqClusterIT: %d requests in the first pass, %d in one at rest%n",
        first.requests(), atRest.requests());
    // Of each master 28, 43, 21, 201 and one for each group; of the slave 28; one of its master's
    // replication; and one of each name server.
    int groups = values(RocketMqMetric.CONSUMER_TOPICS).size();
    assertThat(atRest.requests()).isLessThanOrEqualTo(2L + 1 + 1 + 2 * 4 + 2L * groups);
  }

  private static void fill(RocketMqClients clients) throws Exception {
    var tool = new DefaultMQAdminExt(10_000);
    tool.setNamesrvAddr(cluster.nameServers());
    tool.setInstanceName("fill");
    tool.start();
    try {
      DefaultMQProducer producer = clients.producer("filler");
      for (String broker : MASTERS) {
        String address = cluster.master(broker).address();
        tool.createAndUpdateTopicConfig(address, new TopicConfig(TOPIC, QUEUES, QUEUES, 6));
        var fifo = new TopicConfig(FIFO, 1, 1, 6);
        fifo.setAttributes(Map.of("+message.type", "FIFO"));
        tool.createAndUpdateTopicConfig(address, fifo);
        var group = new SubscriptionGroupConfig();
        group.setGroupName(BILLING);
        tool.createAndUpdateSubscriptionGroupConfig(address, group);
      }
      await()
          .atMost(Duration.ofSeconds(60))
          .ignoreExceptions()
          .until(() -> producer.fetchPublishMessageQueues(TOPIC).size() == MASTERS.size() * QUEUES);
      for (String broker : MASTERS) {
        String address = cluster.master(broker).address();
        for (int queue = 0; queue < QUEUES; queue++) {
          var target = new MessageQueue(TOPIC, broker, queue);
          for (int i = 0; i < EACH; i++) {
            producer.send(message(), target);
          }
          tool.updateConsumeOffset(address, BILLING, target, 1);
        }
      }
      var target = new MessageQueue(TOPIC, RocketMqCluster.FIRST, 0);
      for (int i = 0; i < 3; i++) {
        Message delayed = message();
        delayed.setDelayTimeLevel(18);
        producer.send(delayed, target);
      }
      for (int i = 0; i < 2; i++) {
        Message timed = message();
        timed.setDelayTimeSec(3600);
        producer.send(timed, target);
      }
      clients.transactions("buyer", TOPIC, 3, LocalTransactionState.UNKNOW);
      clients.transactions("seller", TOPIC, 1, LocalTransactionState.ROLLBACK_MESSAGE);
    } finally {
      tool.shutdown();
    }
  }

  private static Message message() {
    return new Message(TOPIC, "message".getBytes(StandardCharsets.UTF_8));
  }

  private static double sum(MetricDescriptor metric) {
    return values(metric).values().stream().mapToDouble(Double::doubleValue).sum();
  }

  private static Map<List<String>, Double> values(MetricDescriptor metric) {
    return atRest.values().of(metric);
  }
}
