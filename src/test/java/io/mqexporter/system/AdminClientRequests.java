package io.mqexporter.system;

import io.mqexporter.brokers.RocketMqBroker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.rocketmq.client.exception.MQBrokerException;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.remoting.RPCHook;
import org.apache.rocketmq.remoting.exception.RemotingException;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.apache.rocketmq.tools.admin.DefaultMQAdminExt;

/** Counts what RocketMQ's own admin client sends for the data of one collection. */
final class AdminClientRequests {

  private AdminClientRequests() {}

  private static final class Counter implements RPCHook {

    private final AtomicLong requests = new AtomicLong();

    @Override
    public void doBeforeRequest(String remoteAddr, RemotingCommand request) {
      requests.incrementAndGet();
    }

    @Override
    public void doAfterResponse(
        String remoteAddr, RemotingCommand request, RemotingCommand response) {}
  }

  private interface Question {
    void ask(String subject)
        throws RemotingException, MQClientException, MQBrokerException, InterruptedException;
  }

  /**
   * What it takes.
   *
   * @param requests the number of requests
   * @param time how long they took, one after another
   */
  record Cost(long requests, Duration time) {}

  /** Asks for the offsets of every topic, and for the offsets and clients of every group. */
  static Cost of(RocketMqBroker broker, RocketMqShapes shapes) throws Exception {
    var counter = new Counter();
    var client = new DefaultMQAdminExt(counter, 10_000);
    client.setNamesrvAddr(broker.nameServer());
    client.setInstanceName("count");
    client.start();
    try {
      long idle = counter.requests.get();
      long start = System.nanoTime();
      client.examineBrokerClusterInfo();
      client.fetchBrokerRuntimeStats(broker.broker());
      for (String topic : shapes.messages().keySet()) {
        ask(client::examineTopicStats, topic);
      }
      for (String group : shapes.groups()) {
        ask(client::examineConsumeStats, group);
        ask(client::examineConsumerConnectionInfo, group);
      }
      return new Cost(counter.requests.get() - idle, Duration.ofNanos(System.nanoTime() - start));
    } finally {
      client.shutdown();
    }
  }

  private static void ask(Question question, String subject)
      throws RemotingException, InterruptedException {
    try {
      question.ask(subject);
    } catch (MQClientException | MQBrokerException e) {
      // A group without a retry topic, or without clients: what was sent counts all the same.
      return;
    }
  }
}
