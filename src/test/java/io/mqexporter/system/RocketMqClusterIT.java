package io.mqexporter.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mqexporter.brokers.RocketMqAdmin;
import io.mqexporter.brokers.RocketMqAdmin.QueueProgress;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
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
  private static final String DEALS = "deals";
  private static final String STOCK = "stock";
  private static final String MOVED = "moved";
  private static final String SHELVING = "shelving";
  private static final String POPPING = "popping";
  private static final String LOGICAL = "__syslo__global__";
  private static final List<String> MASTERS = List.of(RocketMqCluster.FIRST, "broker-b");
  private static final int QUEUES = 2;
  private static final int STATIC_QUEUES = 4;
  private static final int EACH = 5;
  private static final int UNREAD = 3;

  /** How many messages of a broker the client takes before it has consumed any. */
  private static final int POPPED_AT_ONCE = 3;

  private static final CompletableFuture<ConsumeConcurrentlyStatus> consumed =
      new CompletableFuture<>();

  private static RocketMqCluster cluster;
  private static RocketMqAdmin admin;
  private static RocketMqClients popping;
  private static RocketMqCollector collector;
  private static RocketMqPass first;
  private static RocketMqPass atRest;

  @BeforeAll
  static void start() throws Exception {
    // No check of transactions while the test looks at them; and the one way in which brokers count
    // what is popped where they tell of it.
    cluster =
        RocketMqCluster.start(
            "rocketmq-cluster",
            RocketMqSetup.REPLICATED.with(
                """
                transactionCheckInterval=3600000
                popConsumerKVServiceInit=true
                popConsumerKVServiceEnable=true
                enablePopBufferMerge=true
                """));
    admin = new RocketMqAdmin(cluster);
    try (var clients = new RocketMqClients(cluster)) {
      fill(clients);
    }
    fillStatic();
    popping = new RocketMqClients(cluster);
    pop();
    collector = RocketMqPass.collector(cluster.nameServers());
    first = RocketMqPass.of(collector);
    atRest =
        RocketMqPass.until(
            collector,
            pass ->
                pass.values().of(RocketMqBrokerMetric.REPLICATION_LAG).containsValue(0.0)
                    && pass.values()
                        .value(RocketMqMetric.CONSUMER_INFLIGHT, POPPING, TOPIC)
                        .filter(inFlight -> inFlight == POPPED_AT_ONCE * MASTERS.size())
                        .isPresent());
  }

  @AfterAll
  static void stop() {
    collector.close();
    consumed.complete(ConsumeConcurrentlyStatus.CONSUME_SUCCESS);
    popping.close();
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
  void offsetsOfStaticTopicsAreTheLogicalOnesOfTheTool() {
    for (String topic : List.of(STOCK, MOVED)) {
      var min = new HashMap<List<String>, Double>();
      var max = new HashMap<List<String>, Double>();
      for (QueueStatus row : admin.status(topic).rows()) {
        // It shows those of the brokers, too.
        if (row.broker().equals(LOGICAL)) {
          List<String> queue = List.of(topic, LOGICAL, Integer.toString(row.queueId()));
          min.put(queue, (double) row.minOffset());
          max.put(queue, (double) row.maxOffset());
        }
      }
      assertThat(max).hasSize(STATIC_QUEUES);
      assertThat(atRest.values().of(RocketMqMetric.TOPIC_MIN_OFFSET, Set.of(topic))).isEqualTo(min);
      assertThat(atRest.values().of(RocketMqMetric.TOPIC_MAX_OFFSET, Set.of(topic))).isEqualTo(max);
    }
  }

  @Test
  void theLagOfAStaticTopicIsThatOfTheTool() {
    var tools = new HashMap<List<String>, Double>();
    for (QueueProgress row : admin.progress(SHELVING).rows()) {
      if (row.topic().equals(STOCK)) {
        assertThat(row.broker()).isEqualTo(LOGICAL);
        tools.put(
            List.of(SHELVING, STOCK, LOGICAL, Integer.toString(row.queueId())),
            (double) row.diff());
      }
    }
    assertThat(tools).hasSize(STATIC_QUEUES).doesNotContainValue(0.0);
    assertThat(values(RocketMqMetric.CONSUMER_QUEUE_LAG)).containsAllEntriesOf(tools);
    assertThat(values(RocketMqMetric.CONSUMER_LAG))
        .containsEntry(List.of(SHELVING, STOCK), (double) STATIC_QUEUES * UNREAD);
  }

  @Test
  void whatWasWrittenSinceAQueueMovedIsLagHereAndUnknownToTheTool() {
    assertThat(values(RocketMqMetric.CONSUMER_LAG))
        .containsEntry(List.of(SHELVING, MOVED), (double) STATIC_QUEUES * 2 * UNREAD);
    assertThat(values(MessagingMetric.DESTINATION_MESSAGES))
        .containsEntry(List.of("", MOVED), (double) STATIC_QUEUES * (EACH + 2 * UNREAD));
    assertThat(admin.progress(SHELVING).rows())
        .filteredOn(row -> row.topic().equals(MOVED))
        .hasSize(STATIC_QUEUES)
        .allSatisfy(row -> assertThat(row.diff()).isEqualTo(UNREAD));
  }

  @Test
  void whatIsPoppedAndNotConsumedIsInFlightAsInTheTool() {
    double inFlight =
        admin.progress(POPPING).rows().stream()
            .filter(row -> row.topic().equals(TOPIC))
            .mapToLong(QueueProgress::inflight)
            .sum();
    List<String> consumption = List.of(POPPING, TOPIC);
    assertThat(inFlight).isEqualTo(POPPED_AT_ONCE * MASTERS.size());
    assertThat(values(RocketMqMetric.CONSUMER_INFLIGHT)).containsEntry(consumption, inFlight);
    double lag = MASTERS.size() * QUEUES * EACH;
    assertThat(values(RocketMqMetric.CONSUMER_LAG)).containsEntry(consumption, lag);
    assertThat(values(RocketMqMetric.CONSUMER_READY)).containsEntry(consumption, lag - inFlight);
  }

  @Test
  void openTransactionsAreTheHalfMessagesOfTheTool() {
    long written =
        admin.status(TRANSACTIONS).rows().stream().mapToLong(QueueStatus::maxOffset).sum();
    assertThat(written).as("three open, one rolled back, two committed").isEqualTo(6);
    assertThat(admin.status(DEALS).rows().stream().mapToLong(QueueStatus::maxOffset).sum())
        .as("what was committed was delivered")
        .isEqualTo(2);
    assertThat(
            atRest.values().of(RocketMqMetric.TOPIC_MAX_OFFSET, Set.of(DEALS)).values().stream()
                .mapToDouble(Double::doubleValue)
                .sum())
        .isEqualTo(2);
    assertThat(sum(RocketMqBrokerMetric.TRANSACTION_HALF)).isEqualTo((double) written);
    assertThat(sum(RocketMqBrokerMetric.TRANSACTION_PENDING)).isEqualTo((double) written);
  }

  @Test
  void messagesThatWaitForTheirTimeAreCounted() {
    assertThat(sum(RocketMqBrokerMetric.TIMED)).isEqualTo(2);
    assertThat(values(RocketMqBrokerMetric.SCHEDULE_LAG).entrySet())
        .as("the slave follows by and by")
        .filteredOn(entry -> entry.getKey().subList(1, 3).equals(List.of("0", "18")))
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
    // Of each master 28, 43, 21, 201 and one for each group; of the slave 28; one of its master's
    // replication; and one of each name server.
    int groups = values(RocketMqMetric.CONSUMER_TOPICS).size();
    long most = 2L + 1 + 1 + 2 * 4 + 2L * groups;
    RocketMqPass quiet = RocketMqPass.until(collector, pass -> pass.requests() <= most);
    assertThat(quiet.missing()).isEmpty();
    System.out.printf(
        "RocketMqClusterIT: %d requests in the first pass, %d in one at rest%n",
        first.requests(), quiet.requests());
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
      clients.transactions("shipper", DEALS, 2, LocalTransactionState.COMMIT_MESSAGE);
      clients.transactions("seller", TOPIC, 1, LocalTransactionState.ROLLBACK_MESSAGE);
    } finally {
      tool.shutdown();
    }
  }

  /**
   * A topic whose queues are spread over the brokers, and one whose queues move from one broker to
   * the other after all was consumed and something more was written.
   */
  private static void fillStatic() throws Exception {
    String queues = Integer.toString(STATIC_QUEUES);
    admin.run("updateStaticTopic", "-t", STOCK, "-qn", queues, "-c", RocketMqCluster.CLUSTER);
    admin.run("updateStaticTopic", "-t", MOVED, "-qn", queues, "-b", MASTERS.getFirst());
    try (var clients = new RocketMqClients(cluster)) {
      DefaultMQProducer producer = clients.producer("stock-filler");
      for (String topic : List.of(STOCK, MOVED)) {
        send(producer, topic, EACH);
        Runnable shutdown =
            clients.push(
                SHELVING, topic, (_, _) -> ConsumeConcurrentlyStatus.CONSUME_SUCCESS, _ -> {});
        // What is consumed is not yet committed: one that is closed then commits less.
        await().until(() -> isConsumed(topic));
        shutdown.run();
        send(producer, topic, UNREAD);
      }
    }
    admin.run("remappingStaticTopic", "-t", MOVED, "-b", MASTERS.getLast());
    try (var clients = new RocketMqClients(cluster)) {
      send(clients.producer("stock-filler"), MOVED, UNREAD);
    }
  }

  private static boolean isConsumed(String topic) {
    List<QueueProgress> queues =
        admin.progress(SHELVING).rows().stream().filter(row -> row.topic().equals(topic)).toList();
    return queues.size() == STATIC_QUEUES && queues.stream().allMatch(row -> row.diff() == 0);
  }

  private static void send(DefaultMQProducer producer, String topic, int each) throws Exception {
    await()
        .ignoreExceptions()
        .until(() -> producer.fetchPublishMessageQueues(topic).size() == STATIC_QUEUES);
    for (MessageQueue queue : producer.fetchPublishMessageQueues(topic)) {
      for (int i = 0; i < each; i++) {
        producer.send(new Message(topic, new byte[] {1}), queue);
      }
    }
  }

  /** A client that pops a few messages and does not come to an end with the first. */
  private static void pop() {
    for (String broker : MASTERS) {
      admin.run(
          "setConsumeMode",
          "-b",
          cluster.master(broker).address(),
          "-t",
          TOPIC,
          "-g",
          POPPING,
          "-m",
          "POP",
          "-q",
          "8");
    }
    popping.push(
        POPPING,
        TOPIC,
        (_, _) -> consumed.join(),
        consumer -> {
          consumer.setClientRebalance(false);
          consumer.setPopBatchNums(1);
          consumer.setPopThresholdForQueue(POPPED_AT_ONCE - 1);
          consumer.setPopInvisibleTime(300_000);
        });
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
