package io.mqexporter.system;

import static org.awaitility.Awaitility.await;

import io.mqexporter.brokers.RocketMqBroker;
import io.mqexporter.brokers.RocketMqClients;
import io.mqexporter.brokers.RocketMqRelease;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.consumer.listener.ConsumeOrderlyStatus;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.common.TopicConfig;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageQueue;
import org.apache.rocketmq.common.message.MessageRequestMode;
import org.apache.rocketmq.remoting.protocol.heartbeat.MessageModel;
import org.apache.rocketmq.remoting.protocol.subscription.SubscriptionGroupConfig;
import org.apache.rocketmq.tools.admin.DefaultMQAdminExt;

/** Topics and groups of random shapes in a real cluster, which is at rest once they are made. */
final class RocketMqShapes implements AutoCloseable {

  static final int TOPICS = 100;
  static final String EMPTY = "topic-00";
  static final String BUSY = "topic-01";
  static final String NEVER = "never-committed";
  static final String NEWCOMER = "newcomer-online";
  static final String WITHOUT_RETRY_TOPIC = "without-retry-topic";
  static final String BEYOND = "beyond-the-end";
  static final String CAST_ONLINE = "broadcasting-online";
  static final String CAST_OFFLINE = "broadcasting-offline";
  static final String DEAD_LETTERS = "dead-letters";
  static final String RETRYING = "retrying";
  static final String PARTIAL = "partial";
  static final String POPPING = "popping";

  private static final int MOST_QUEUES = 6;
  private static final int OFFLINE_GROUPS = 46;
  private static final int PUSH_GROUPS = 4;
  private static final int PUSH_GROUPS_GONE = 3;
  private static final int PULL_GROUPS = 2;
  private static final int TOOL_TIMEOUT_MILLIS = 10_000;

  private final RocketMqBroker broker;
  private final Random random;
  private final DefaultMQAdminExt admin;
  private final RocketMqClients clients;
  private final Map<String, int[]> messages = new TreeMap<>();
  private final Set<String> groups = new TreeSet<>();

  /** Makes everything and waits until nothing moves any more. */
  RocketMqShapes(RocketMqBroker broker, long seed) throws Exception {
    this.broker = broker;
    this.random = new Random(seed);
    this.clients = new RocketMqClients(broker.cluster());
    this.admin = new DefaultMQAdminExt(10_000);
    admin.setNamesrvAddr(broker.nameServer());
    admin.setInstanceName("shapes");
    admin.start();
    makeTopics();
    makeOfflineGroups();
    makeOddGroups();
    makeClients();
  }

  /** Returns the number of messages in each queue of each topic. */
  Map<String, int[]> messages() {
    return Collections.unmodifiableMap(messages);
  }

  /** Returns the number of messages in each queue of a topic. */
  int[] counts(String topic) {
    return Optional.ofNullable(messages.get(topic)).orElseThrow();
  }

  /** Returns the groups that fetch everything and have committed a part of it. */
  List<String> pullGroups() {
    return groups.stream().filter(group -> group.startsWith("pull-")).toList();
  }

  /** Returns all groups. */
  Set<String> groups() {
    return Collections.unmodifiableSet(groups);
  }

  @Override
  public void close() {
    clients.close();
    admin.shutdown();
  }

  private void makeTopics() throws Exception {
    DefaultMQProducer producer = clients.producer("shapes-producer");
    for (int i = 0; i < TOPICS; i++) {
      String topic = "topic-%02d".formatted(i);
      int[] counts = new int[topic.equals(BUSY) ? MOST_QUEUES : 1 + random.nextInt(MOST_QUEUES)];
      makeTopic(topic, counts.length);
      for (int queue = 0; queue < counts.length; queue++) {
        boolean empty = topic.equals(EMPTY) || (!topic.equals(BUSY) && random.nextInt(5) == 0);
        counts[queue] = empty ? 0 : 5 + random.nextInt(30);
        send(producer, topic, queue, counts[queue]);
      }
      messages.put(topic, counts);
    }
  }

  private void makeOfflineGroups() throws Exception {
    for (int i = 0; i < OFFLINE_GROUPS; i++) {
      String group = "offline-%02d".formatted(i);
      makeGroup(group);
      makeTopic("%RETRY%" + group, 1);
      for (int t = 0; t <= random.nextInt(3); t++) {
        String topic = randomTopic();
        int[] counts = counts(topic);
        for (int queue = 0; queue < counts.length; queue++) {
          commit(group, topic, queue, random.nextInt(counts[queue] + 1));
        }
      }
    }
  }

  private void makeOddGroups() throws Exception {
    makeGroup(NEVER);
    makeTopic("%RETRY%" + NEVER, 1);

    makeGroup(WITHOUT_RETRY_TOPIC);
    commit(WITHOUT_RETRY_TOPIC, BUSY, 0, 1);

    makeGroup(BEYOND);
    makeTopic("%RETRY%" + BEYOND, 1);
    commit(BEYOND, BUSY, 0, counts(BUSY)[0] + 7L);

    makeGroup(PARTIAL);
    makeTopic("%RETRY%" + PARTIAL, 1);
    commit(PARTIAL, BUSY, 1, 2);
  }

  private void makeClients() throws Exception {
    clients.idle(added(NEWCOMER), BUSY);
    for (int i = 0; i < PUSH_GROUPS; i++) {
      consumeAll("push-" + i, randomTopic());
    }
    for (int i = 0; i < PUSH_GROUPS_GONE; i++) {
      consumeAll("push-gone-" + i, randomTopic()).run();
    }
    // A consumer of this kind and of the current release is given nothing by a broker of 4.9.
    int pullGroups = broker.cluster().release() == RocketMqRelease.CURRENT ? PULL_GROUPS : 0;
    for (int i = 0; i < pullGroups; i++) {
      var consumer = clients.pull(added("pull-" + i), BUSY);
      await().until(() -> !consumer.poll(1000).isEmpty());
      consumer.commit();
    }
    consumeInOrder();
    failAll();
    broadcast();
    if (broker.cluster().release() == RocketMqRelease.CURRENT) {
      pop();
    }
  }

  private void consumeInOrder() {
    var left = new AtomicInteger(total(BUSY));
    clients.pushOrdered(
        added("ordered"),
        BUSY,
        (batch, _) -> {
          left.addAndGet(-batch.size());
          return ConsumeOrderlyStatus.SUCCESS;
        });
    await().until(() -> left.get() <= 0);
  }

  private Runnable consumeAll(String group, String topic) {
    var left = new AtomicInteger(total(topic));
    Runnable shutdown =
        clients.push(
            added(group),
            topic,
            (batch, _) -> {
              left.addAndGet(-batch.size());
              return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
            },
            _ -> {});
    await().until(() -> left.get() <= 0);
    return shutdown;
  }

  /** Some messages go to a dead-letter topic, and some to a retry topic that nobody reads then. */
  private void failAll() {
    var dead = new AtomicInteger(total(BUSY));
    clients.push(
        added(DEAD_LETTERS),
        BUSY,
        (batch, _) -> {
          dead.addAndGet(-batch.size());
          return ConsumeConcurrentlyStatus.RECONSUME_LATER;
        },
        consumer -> consumer.setMaxReconsumeTimes(0));
    var retried = new AtomicInteger(total(BUSY));
    Runnable shutdown =
        clients.push(
            added(RETRYING),
            BUSY,
            (batch, context) -> {
              retried.addAndGet(-batch.size());
              context.setDelayLevelWhenNextConsume(2);
              return ConsumeConcurrentlyStatus.RECONSUME_LATER;
            },
            _ -> {});
    await().until(() -> dead.get() <= 0 && retried.get() <= 0);
    shutdown.run();
  }

  private void broadcast() {
    for (String group : List.of(CAST_ONLINE, CAST_OFFLINE)) {
      var left = new AtomicInteger(total(BUSY));
      Runnable shutdown =
          clients.push(
              added(group),
              BUSY,
              (batch, _) -> {
                left.addAndGet(-batch.size());
                return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
              },
              consumer -> consumer.setMessageModel(MessageModel.BROADCASTING));
      await().until(() -> left.get() <= 0);
      if (group.equals(CAST_OFFLINE)) {
        shutdown.run();
      }
    }
  }

  /** Messages that are given out one by one, and not queue by queue; from 5.0. */
  private void pop() throws Exception {
    makeGroup(POPPING);
    admin.setMessageRequestMode(
        broker.broker(), BUSY, POPPING, MessageRequestMode.POP, 8, TOOL_TIMEOUT_MILLIS);
    var left = new AtomicInteger(total(BUSY));
    clients.push(
        POPPING,
        BUSY,
        (batch, _) -> {
          left.addAndGet(-batch.size());
          return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
        },
        consumer -> consumer.setClientRebalance(false));
    await().until(() -> left.get() <= 0);
  }

  private String randomTopic() {
    return List.copyOf(messages.keySet()).get(random.nextInt(messages.size()));
  }

  private int total(String topic) {
    int total = 0;
    for (int count : counts(topic)) {
      total += count;
    }
    return total;
  }

  private String added(String group) {
    groups.add(group);
    return group;
  }

  private void makeTopic(String topic, int queues) throws Exception {
    admin.createAndUpdateTopicConfig(broker.broker(), new TopicConfig(topic, queues, queues, 6));
  }

  private void makeGroup(String group) throws Exception {
    var config = new SubscriptionGroupConfig();
    config.setGroupName(added(group));
    admin.createAndUpdateSubscriptionGroupConfig(broker.broker(), config);
  }

  private void commit(String group, String topic, int queue, long offset) throws Exception {
    admin.updateConsumeOffset(
        broker.broker(), group, new MessageQueue(topic, RocketMqBroker.BROKER, queue), offset);
  }

  private static void send(DefaultMQProducer producer, String topic, int queue, int count)
      throws Exception {
    var batch = new ArrayList<Message>();
    for (int i = 0; i < count; i++) {
      batch.add(new Message(topic, ("message " + i).getBytes(StandardCharsets.UTF_8)));
    }
    if (!batch.isEmpty()) {
      producer.send(batch, new MessageQueue(topic, RocketMqBroker.BROKER, queue));
    }
  }
}
