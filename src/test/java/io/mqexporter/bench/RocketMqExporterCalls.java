package io.mqexporter.bench;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.rocketmq.client.consumer.DefaultMQPullConsumer;
import org.apache.rocketmq.common.message.MessageQueue;
import org.apache.rocketmq.remoting.RPCHook;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.apache.rocketmq.remoting.protocol.admin.ConsumeStats;
import org.apache.rocketmq.tools.admin.DefaultMQAdminExt;
import org.jspecify.annotations.Nullable;

/**
 * The calls by which rocketmq-exporter reads a cluster once, through RocketMQ's admin client as it
 * does (its {@code MetricsCollectTask}), one after another. What it does with the answers is left
 * out.
 */
@SuppressWarnings("deprecation") // The consumer that it fetches messages with.
final class RocketMqExporterCalls implements AutoCloseable {

  private final AtomicLong requests = new AtomicLong();
  private final DefaultMQAdminExt admin;
  private final DefaultMQPullConsumer consumer;

  RocketMqExporterCalls(String nameServers) throws Exception {
    var hook = new Counter(requests);
    admin = new DefaultMQAdminExt(hook, 10_000);
    admin.setNamesrvAddr(nameServers);
    admin.setInstanceName("exporter-calls");
    admin.start();
    consumer = new DefaultMQPullConsumer("exporter-calls", hook);
    consumer.setNamesrvAddr(nameServers);
    consumer.setInstanceName("exporter-pulls");
    consumer.start();
  }

  private record Counter(AtomicLong requests) implements RPCHook {

    @Override
    public void doBeforeRequest(String address, RemotingCommand request) {
      requests.incrementAndGet();
    }

    @Override
    public void doAfterResponse(String address, RemotingCommand request, RemotingCommand answer) {}
  }

  private interface Call<T> {
    T ask() throws Exception;
  }

  /** Returns how many requests were sent. */
  long requests() {
    return requests.get();
  }

  /** Reads the cluster once, whose masters are at these addresses. */
  void run(List<String> masters) throws Exception {
    var topics = new TreeSet<>(admin.fetchAllTopicList().getTopicList());
    for (String topic : topics) {
      tolerant(() -> admin.examineTopicStats(topic));
    }
    for (String topic : topics) {
      for (String group : groups(topic)) {
        tolerant(() -> admin.examineConsumerConnectionInfo(group));
        ConsumeStats stats = tolerant(() -> admin.examineConsumeStats(group, topic));
        if (stats != null) {
          for (var queue : stats.getOffsetTable().entrySet()) {
            pull(queue.getKey(), queue.getValue().getConsumerOffset());
          }
        }
      }
    }
    for (String topic : topics) {
      for (String master : masters) {
        statistics(master, "TOPIC_PUT_NUMS", topic);
        statistics(master, "TOPIC_PUT_SIZE", topic);
      }
      for (String group : groups(topic)) {
        for (String master : masters) {
          for (String name : List.of("GROUP_GET_NUMS", "GROUP_GET_SIZE", "SNDBCK_PUT_NUMS")) {
            statistics(master, name, topic + "@" + group);
          }
        }
      }
    }
    for (String master : masters) {
      tolerant(() -> admin.fetchBrokerRuntimeStats(master));
    }
  }

  @Override
  public void close() {
    consumer.shutdown();
    admin.shutdown();
  }

  private Set<String> groups(String topic) {
    var answer = tolerant(() -> admin.queryTopicConsumeByWho(topic));
    return answer == null ? Set.of() : answer.getGroupList();
  }

  private void pull(MessageQueue queue, long offset) {
    tolerant(() -> consumer.pull(queue, "*", offset, 1));
  }

  private void statistics(String master, String name, String key) {
    tolerant(() -> admin.viewBrokerStatsData(master, name, key));
  }

  /** Like that exporter, goes on when a group has no clients or a statistic does not exist. */
  private static <T> @Nullable T tolerant(Call<T> call) {
    try {
      return call.ask();
    } catch (Exception e) {
      return null;
    }
  }
}
