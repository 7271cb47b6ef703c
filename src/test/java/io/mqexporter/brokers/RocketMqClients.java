package io.mqexporter.brokers;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.rocketmq.client.ClientConfig;
import org.apache.rocketmq.client.consumer.DefaultLitePullConsumer;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently;
import org.apache.rocketmq.client.consumer.listener.MessageListenerOrderly;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.client.producer.LocalTransactionState;
import org.apache.rocketmq.client.producer.TransactionListener;
import org.apache.rocketmq.client.producer.TransactionMQProducer;
import org.apache.rocketmq.common.consumer.ConsumeFromWhere;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageExt;

/**
 * Producers and consumers of one cluster in this JVM. All share one connection and end with it;
 * groups that come later than the topics' messages consume from the start.
 */
public final class RocketMqClients implements AutoCloseable {

  private static final AtomicInteger INSTANCES = new AtomicInteger();
  private static final int COMMIT_INTERVAL_MILLIS = 1000;

  private final RocketMqCluster cluster;
  private final String instance = "clients-" + INSTANCES.incrementAndGet();
  private final Deque<Runnable> shutdowns = new ArrayDeque<>();

  /** Prepares clients of a running cluster. */
  public RocketMqClients(RocketMqCluster cluster) {
    this.cluster = cluster;
    // Broadcasting consumers keep their offsets in files, by default in the user's home.
    System.setProperty(
        "rocketmq.client.localOffsetStoreDir",
        cluster.folder().resolve("client-offsets").toString());
  }

  /** Starts a producer. */
  public DefaultMQProducer producer(String group) {
    var producer = new DefaultMQProducer(group);
    configure(producer);
    producer.setSendMsgTimeout(10_000);
    start(producer::start);
    shutdowns.push(producer::shutdown);
    return producer;
  }

  /** Sends messages in transactions that all end in the same way, or never. */
  public void transactions(String group, String topic, int count, LocalTransactionState end) {
    var producer = new TransactionMQProducer(group);
    configure(producer);
    producer.setTransactionListener(
        new TransactionListener() {
          @Override
          public LocalTransactionState executeLocalTransaction(Message message, Object argument) {
            return end;
          }

          @Override
          public LocalTransactionState checkLocalTransaction(MessageExt message) {
            return end;
          }
        });
    start(() -> {
      producer.start();
      for (int i = 0; i < count; i++) {
        producer.sendMessageInTransaction(new Message(topic, new byte[] {1}), null);
      }
    });
    shutdowns.push(producer::shutdown);
  }

  /**
   * Starts a consumer that is given messages by a thread of its own.
   *
   * @param setUp changes its settings before it starts
   * @return what shuts it down, which {@link #close} does otherwise
   */
  public Runnable push(
      String group,
      String topic,
      MessageListenerConcurrently listener,
      Consumer<DefaultMQPushConsumer> setUp) {
    return push(group, topic, "*", listener, setUp);
  }

  /** Starts one that is given the messages of each queue in order. */
  public Runnable pushOrdered(String group, String topic, MessageListenerOrderly listener) {
    return push(
        group,
        topic,
        (_, _) -> ConsumeConcurrentlyStatus.CONSUME_SUCCESS,
        consumer -> consumer.registerMessageListener(listener));
  }

  /** Starts the same for the messages of a topic that have a tag. */
  public Runnable pushTagged(
      String group, String topic, String tag, MessageListenerConcurrently listener) {
    return push(group, topic, tag, listener, _ -> {});
  }

  private Runnable push(
      String group,
      String topic,
      String expression,
      MessageListenerConcurrently listener,
      Consumer<DefaultMQPushConsumer> setUp) {
    var consumer = new DefaultMQPushConsumer(group);
    configure(consumer);
    consumer.setConsumeThreadMin(1);
    consumer.setConsumeThreadMax(1);
    consumer.setConsumeFromWhere(ConsumeFromWhere.CONSUME_FROM_FIRST_OFFSET);
    consumer.registerMessageListener(listener);
    setUp.accept(consumer);
    start(() -> {
      consumer.subscribe(topic, expression);
      consumer.start();
    });
    shutdowns.push(consumer::shutdown);
    return consumer::shutdown;
  }

  /** Starts a consumer that asks for messages and commits only when it is told to. */
  public DefaultLitePullConsumer pull(String group, String topic) {
    var consumer = new DefaultLitePullConsumer(group);
    configure(consumer);
    consumer.setAutoCommit(false);
    // One a queue: each waits at the broker for messages to come.
    consumer.setPullThreadNums(8);
    consumer.setConsumeFromWhere(ConsumeFromWhere.CONSUME_FROM_FIRST_OFFSET);
    start(() -> {
      consumer.subscribe(topic, "*");
      consumer.start();
    });
    shutdowns.push(consumer::shutdown);
    return consumer;
  }

  /**
   * Starts a consumer that is connected and registered for a topic, but never asks where it left
   * off: so that its group commits nothing, where any other kind of consumer has the broker commit
   * 0 for it.
   */
  @SuppressWarnings("deprecation") // The replacement cannot stay away from its offsets.
  public void idle(String group, String topic) {
    var consumer = new org.apache.rocketmq.client.consumer.DefaultMQPullConsumer(group);
    configure(consumer);
    consumer.setRegisterTopics(new HashSet<>(Set.of(topic)));
    start(consumer::start);
    shutdowns.push(consumer::shutdown);
  }

  @Override
  public void close() {
    while (!shutdowns.isEmpty()) {
      shutdowns.pop().run();
    }
  }

  private void configure(ClientConfig client) {
    client.setNamesrvAddr(cluster.nameServers());
    client.setInstanceName(instance);
    client.setVipChannelEnabled(false);
    // With one, a client waits for itself when it is asked how it fares.
    client.setClientCallbackExecutorThreads(2);
    client.setPersistConsumerOffsetInterval(COMMIT_INTERVAL_MILLIS);
    client.setPollNameServerInterval(1000);
    // Three seconds are not enough for a broker that has just started on a busy machine.
    client.setMqClientApiTimeout(30_000);
    client.setHeartbeatBrokerInterval(1000);
  }

  private interface Start {
    void run() throws MQClientException;
  }

  private static void start(Start start) {
    try {
      start.run();
    } catch (MQClientException e) {
      throw new IllegalStateException(e);
    }
  }
}
