package io.mqexporter.system;

import static org.awaitility.Awaitility.await;

import io.mqexporter.brokers.RocketMqBroker;
import io.mqexporter.brokers.RocketMqClients;
import io.mqexporter.brokers.RocketMqSetup;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.exception.MQBrokerException;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.client.producer.LocalTransactionState;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.remoting.exception.RemotingException;

/** A RocketMQ cluster with clients that each are in trouble of their own. */
final class FaultyRocketMq implements AutoCloseable {

  private static final int MORE_THAN_A_THOUSAND = 1_100;

  /**
   * How often the two members of one group say what they subscribe to; the broker keeps the word of
   * the last. With these two, whenever each begins, either's word stands for ten seconds of a
   * minute at least.
   */
  private static final int HEARTBEAT_MILLIS = 30_000;

  private static final int OTHER_HEARTBEAT_MILLIS = 20_000;

  /** More than {@link #MORE_THAN_A_THOUSAND} failures take; level 4 of RocketMQ's delays. */
  private static final int AFTER_THIRTY_SECONDS = 4;

  private static final int AFTER_A_SECOND = 1;
  private static final int FAILING_AT_A_TIME = 20;
  private static final String RETRIED = "faulty-retried";

  private final RocketMqBroker broker =
      RocketMqBroker.start("faulty-rocketmq", RocketMqSetup.SINGLE.withoutTimers());
  private final RocketMqClients clients = new RocketMqClients(broker.cluster());
  private final RocketMqClients torn = new RocketMqClients(broker.cluster());
  private final RocketMqClients others = new RocketMqClients(broker.cluster());

  RocketMqBroker broker() {
    return broker;
  }

  void start()
      throws MQClientException, RemotingException, MQBrokerException, InterruptedException {
    DefaultMQProducer producer = clients.producer("faulty");
    for (String topic : new String[] {"faulty-a", "faulty-b"}) {
      producer.send(message(topic));
    }
    // One group, two subscriptions.
    member(torn, "faulty-a", HEARTBEAT_MILLIS);
    member(others, "faulty-b", OTHER_HEARTBEAT_MILLIS);
    leaveAmidRetries(producer);
    clients.transactions(
        "undecided", "faulty-a", MORE_THAN_A_THOUSAND, LocalTransactionState.UNKNOW);
  }

  /** A group that once finished a retry, fails with very many messages, and is gone by then. */
  private void leaveAmidRetries(DefaultMQProducer producer)
      throws MQClientException, RemotingException, MQBrokerException, InterruptedException {
    var retried = new AtomicInteger();
    var failed = new AtomicInteger();
    Runnable leave =
        clients.push(
            "retrying",
            RETRIED,
            (messages, context) -> {
              if (messages.getFirst().getReconsumeTimes() > 0) {
                retried.incrementAndGet();
                return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
              }
              context.setDelayLevelWhenNextConsume(
                  failed.getAndIncrement() == 0 ? AFTER_A_SECOND : AFTER_THIRTY_SECONDS);
              return ConsumeConcurrentlyStatus.RECONSUME_LATER;
            },
            // On a busy machine, too, all have failed before the first is tried again.
            consumer -> {
              consumer.setConsumeThreadMax(FAILING_AT_A_TIME);
              consumer.setConsumeThreadMin(FAILING_AT_A_TIME);
            });
    producer.send(message(RETRIED));
    await().until(() -> retried.get() == 1);
    producer.send(Collections.nCopies(MORE_THAN_A_THOUSAND, message(RETRIED)));
    await().until(() -> failed.get() > MORE_THAN_A_THOUSAND);
    leave.run();
  }

  @Override
  public void close() {
    clients.close();
    torn.close();
    others.close();
    broker.close();
  }

  private static void member(RocketMqClients clients, String topic, int heartbeatMillis) {
    clients.push(
        "torn",
        topic,
        (_, _) -> ConsumeConcurrentlyStatus.CONSUME_SUCCESS,
        consumer -> consumer.setHeartbeatBrokerInterval(heartbeatMillis));
  }

  private static Message message(String topic) {
    return new Message(topic, "a message".getBytes(StandardCharsets.UTF_8));
  }
}
