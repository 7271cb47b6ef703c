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

  /** So long that either member's word stands for a quarter of a minute: others beat every 30 s. */
  private static final int HEARTBEAT_MILLIS = 45_000;

  private final RocketMqClients clients;
  private final RocketMqClients others;

  FaultyRocketMq(RocketMqBroker broker) {
    clients = new RocketMqClients(broker.cluster());
    others = new RocketMqClients(broker.cluster());
  }

  void start()
      throws MQClientException, RemotingException, MQBrokerException, InterruptedException {
    DefaultMQProducer producer = clients.producer("faulty");
    for (String topic : new String[] {"faulty-a", "faulty-b"}) {
      producer.send(message(topic));
    }
    // One group, two subscriptions. The broker keeps the one of the last heartbeat: in step, one
    // member's would never be seen.
    clients.push("torn", "faulty-a", (_, _) -> ConsumeConcurrentlyStatus.CONSUME_SUCCESS, _ -> {});
    others.push(
        "torn",
        "faulty-b",
        (_, _) -> ConsumeConcurrentlyStatus.CONSUME_SUCCESS,
        consumer -> consumer.setHeartbeatBrokerInterval(HEARTBEAT_MILLIS));
    clients.transactions(
        "undecided", "faulty-a", MORE_THAN_A_THOUSAND, LocalTransactionState.UNKNOW);
  }

  @Override
  public void close() {
    clients.close();
    others.close();
  }

  private static Message message(String topic) {
    return new Message(topic, "a message".getBytes(StandardCharsets.UTF_8));
  }
}
