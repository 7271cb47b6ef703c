package io.mqexporter.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqexporter.brokers.RocketMqAdmin;
import io.mqexporter.brokers.RocketMqClients;
import io.mqexporter.brokers.RocketMqCluster;
import io.mqexporter.brokers.RocketMqSetup;
import io.mqexporter.messaging.MessagingMetric;
import io.mqexporter.rocketmq.RocketMqCollector;
import io.mqexporter.rocketmq.RocketMqMetric;
import java.util.List;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.common.TopicConfig;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageQueue;
import org.apache.rocketmq.remoting.protocol.subscription.SubscriptionGroupConfig;
import org.apache.rocketmq.tools.admin.DefaultMQAdminExt;
import org.junit.jupiter.api.Test;

/** Watches a broker delete what a group has not consumed. */
class RocketMqLossIT {

  private static final String TOPIC = "orders";
  private static final String GROUP = "late";
  private static final int SENT = 300;
  private static final int COMMITTED = 3;

  @Test
  void whatIsDeletedBeforeItWasConsumedIsLostAndStaysInTheLag() throws Exception {
    // Files so small that there are several to delete, at once and without waiting for the night.
    String settings =
        """
        mappedFileSizeCommitLog=65536
        fileReservedTime=0
        cleanResourceInterval=1000
        """;
    try (var cluster =
            RocketMqCluster.start(
                "rocketmq-loss", RocketMqSetup.SINGLE.withoutTimers().with(settings));
        RocketMqCollector collector = RocketMqPass.collector(cluster.nameServers())) {
      String broker = cluster.master(RocketMqCluster.FIRST).address();
      var tool = new DefaultMQAdminExt(10_000);
      tool.setNamesrvAddr(cluster.nameServers());
      tool.setInstanceName("loss");
      tool.start();
      try (var clients = new RocketMqClients(cluster)) {
        tool.createAndUpdateTopicConfig(broker, new TopicConfig(TOPIC, 1, 1, 6));
        var group = new SubscriptionGroupConfig();
        group.setGroupName(GROUP);
        tool.createAndUpdateSubscriptionGroupConfig(broker, group);
        var queue = new MessageQueue(TOPIC, RocketMqCluster.FIRST, 0);
        DefaultMQProducer producer = clients.producer("producer");
        for (int i = 0; i < SENT; i++) {
          producer.send(new Message(TOPIC, new byte[1024]), queue);
        }
        tool.updateConsumeOffset(broker, GROUP, queue, COMMITTED);
        RocketMqPass before = RocketMqPass.of(collector);
        assertThat(before.values().value(MessagingMetric.CONSUMER_LOST, "", TOPIC, GROUP))
            .hasValue(0.0);

        tool.deleteExpiredCommitLogByAddr(broker);
        RocketMqPass after =
            RocketMqPass.until(
                collector,
                pass -> firstHeld(pass) > COMMITTED && firstHeld(pass) == toolsFirstHeld(cluster));
        assertThat(after.values().value(MessagingMetric.CONSUMER_LOST, "", TOPIC, GROUP))
            .hasValue(firstHeld(after) - COMMITTED);
        assertThat(after.values().value(RocketMqMetric.CONSUMER_LAG, GROUP, TOPIC))
            .as("as the tool has it")
            .hasValue((double) SENT - COMMITTED);
        assertThat(after.values().of(MessagingMetric.CONSUMER_STATUS))
            .containsEntry(List.of("", TOPIC, GROUP, "lost"), 1.0);
      } finally {
        tool.shutdown();
      }
    }
  }

  private static double firstHeld(RocketMqPass pass) {
    return pass.values()
        .value(RocketMqMetric.TOPIC_MIN_OFFSET, TOPIC, RocketMqCluster.FIRST, "0")
        .orElse(0.0);
  }

  private static double toolsFirstHeld(RocketMqCluster cluster) {
    return new RocketMqAdmin(cluster).status(TOPIC).rows().getFirst().minOffset();
  }
}
