package io.mqexporter.bench;

import io.mqexporter.brokers.RocketMqBroker;
import io.mqexporter.collector.Deadline;
import io.mqexporter.rocketmq.RocketMqCollector;
import io.mqexporter.rocketmq.RocketMqConfig;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.rocketmq.common.TopicConfig;
import org.apache.rocketmq.common.message.MessageQueue;
import org.apache.rocketmq.remoting.protocol.subscription.SubscriptionGroupConfig;
import org.apache.rocketmq.tools.admin.DefaultMQAdminExt;

/** A pass over RocketMQ against the bare admin client's calls for the same data. */
final class RocketMqBenchmark {

  private static final int TOPICS = 100;
  private static final int GROUPS = 100;
  private static final long TIMEOUT_MILLIS = 5_000;

  private RocketMqBenchmark() {}

  static void run() throws Exception {
    var admin = new DefaultMQAdminExt();
    try (RocketMqBroker broker = RocketMqBroker.start("bench-rocketmq");
        var collector =
            new RocketMqCollector(
                "bench",
                new RocketMqConfig(List.of(broker.nameServer()), Optional.empty()),
                Duration.ofMinutes(3),
                Clock.systemUTC())) {
      admin.setNamesrvAddr(broker.nameServer());
      admin.setInstanceName("bench");
      admin.start();
      fill(admin, broker.broker());
      String what = "RocketMQ, %,d topics, %,d groups".formatted(TOPICS, GROUPS);
      Comparison.print(
          what,
          "the same data by the bare admin client",
          () -> bareCalls(admin, broker.broker()),
          () -> collector.collect(Deadline.after(Duration.ofMinutes(1))));
      long before = collector.requestsSent();
      collector.collect(Deadline.after(Duration.ofMinutes(1)));
      System.out.printf("%s: %d requests a collection%n", what, collector.requestsSent() - before);
    } finally {
      admin.shutdown();
    }
  }

  private static void fill(DefaultMQAdminExt admin, String broker) throws Exception {
    for (int i = 0; i < TOPICS; i++) {
      admin.createAndUpdateTopicConfig(broker, new TopicConfig("topic-" + i, 4, 4));
    }
    for (int i = 0; i < GROUPS; i++) {
      var group = new SubscriptionGroupConfig();
      group.setGroupName("group-" + i);
      admin.createAndUpdateSubscriptionGroupConfig(broker, group);
      admin.createAndUpdateTopicConfig(broker, new TopicConfig("%RETRY%group-" + i, 1, 1));
      for (int queue = 0; queue < 4; queue++) {
        admin.updateConsumeOffset(
            broker, "group-" + i, new MessageQueue("topic-" + i, RocketMqBroker.BROKER, queue), 0);
      }
    }
  }

  private static void bareCalls(DefaultMQAdminExt admin, String broker) throws Exception {
    admin.examineBrokerClusterInfo();
    admin.fetchBrokerRuntimeStats(broker);
    admin.getAllTopicConfig(broker, TIMEOUT_MILLIS);
    admin.getAllSubscriptionGroup(broker, TIMEOUT_MILLIS);
    for (int i = 0; i < TOPICS; i++) {
      admin.examineTopicStats(broker, "topic-" + i);
    }
    for (int i = 0; i < GROUPS; i++) {
      admin.examineTopicStats(broker, "%RETRY%group-" + i);
      admin.examineConsumeStats("group-" + i);
    }
  }
}
