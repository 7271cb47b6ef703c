package io.mqexporter.system;

import io.mqexporter.brokers.RocketMqBroker;
import io.mqexporter.brokers.RocketMqClients;
import java.nio.charset.StandardCharsets;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.exception.MQBrokerException;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.client.producer.LocalTransactionState;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.remoting.exception.RemotingException;

/** Clients of a RocketMQ cluster that each are in trouble of their own. */
final class FaultyRocketMq implements AutoCloseable {

  private static final int MORE_THAN_A_THOUSAND = 1_100;

  /**
   * How often the two members of one group say what they subscribe to; the broker keeps the word of
   * the last. With these two, whenever each begins, either's word stands for ten seconds of a
   * minute at least.
   */
  private static final int HEARTBEAT_MILLIS = 30_000;

  private static final int OTHER_HEARTBEAT_MILLIS = 20_000;

  private final RocketMqClients clients;
  private final RocketMqClients torn;
  private final RocketMqClients others;

  FaultyRocketMq(RocketMqBroker broker) {
    clients = new RocketMqClients(broker.cluster());
    torn = new RocketMqClients(broker.cluster());
    others = new RocketMqClients(broker.cluster());
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
    clients.transactions(
        "undecided", "faulty-a", MORE_THAN_A_THOUSAND, LocalTransactionState.UNKNOW);
  }

  @Override
  public void close() {
    clients.close();
    torn.close();
    others.close();
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
