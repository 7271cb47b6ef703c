package io.mqexporter.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mqexporter.brokers.Repository;
import io.mqexporter.brokers.RightsScript;
import io.mqexporter.brokers.RocketMqBroker;
import io.mqexporter.brokers.RocketMqCluster;
import io.mqexporter.brokers.RocketMqRelease;
import io.mqexporter.brokers.RocketMqSetup;
import io.mqexporter.collector.Collected;
import io.mqexporter.collector.CollectionException;
import io.mqexporter.collector.Deadline;
import io.mqexporter.collector.Secret;
import io.mqexporter.collector.Settings;
import io.mqexporter.messaging.ClusterMemory;
import io.mqexporter.messaging.LagObjectives;
import io.mqexporter.rocketmq.RocketMqCollector;
import io.mqexporter.rocketmq.RocketMqConfig;
import io.mqexporter.rocketmq.RocketMqConfig.Credentials;
import io.mqexporter.rocketmq.RocketMqMetric;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.rocketmq.acl.common.AclClientRPCHook;
import org.apache.rocketmq.acl.common.SessionCredentials;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.common.TopicConfig;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageQueue;
import org.apache.rocketmq.remoting.protocol.subscription.SubscriptionGroupConfig;
import org.apache.rocketmq.tools.admin.DefaultMQAdminExt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Reads a broker of the 4.9 line that controls access by a file of accounts (ACL 1.0). */
@Timeout(120)
class RocketMqOlderAccessIT {

  private static final String OPERATOR =
      """
        - {accessKey: operator, secretKey: operator-secret, admin: true}
      """;

  @Test
  void theAccountOfTheFileReadsEverythingAndMayDoNothingElse() throws Exception {
    Path folder = Repository.emptyRunFolder("rocketmq-acl1-accounts");
    Files.writeString(
        folder.resolve("plain_acl.yml"),
        Files.readString(RightsScript.rocketMqAccounts()) + OPERATOR);
    // The broker looks for it below its own folder.
    var setup =
        RocketMqSetup.SINGLE
            .of(RocketMqRelease.V4_9)
            .with("aclEnable=true\n")
            .with(List.of("-Drocketmq.acl.plain.file=../../rocketmq-acl1-accounts/plain_acl.yml"));
    try (RocketMqCluster cluster = RocketMqCluster.start("rocketmq-acl1", setup)) {
      fill(cluster);

      Collected collected = collect(cluster, Optional.of("changeme"));

      assertThat(collected.missing()).isEmpty();
      var values = new MetricValues(collected.families());
      assertThat(values.of(RocketMqMetric.TOPIC_MAX_OFFSET))
          .containsKey(List.of("orders", RocketMqBroker.BROKER, "0"));
      assertThat(values.of(RocketMqMetric.CONSUMER_TOPICS).keySet())
          .anyMatch(labels -> labels.contains("billing"));
      assertThatThrownBy(() -> collect(cluster, Optional.empty()))
          .isInstanceOf(CollectionException.class)
          .hasMessageContaining("not permitted");
      assertThatThrownBy(() -> collect(cluster, Optional.of("another")))
          .isInstanceOf(CollectionException.class)
          .hasMessageContaining("not permitted");
      assertThatThrownBy(() -> send(cluster)).hasStackTraceContaining("AclException");
    }
  }

  private static void fill(RocketMqCluster cluster) throws Exception {
    String broker = cluster.master(RocketMqBroker.BROKER).address();
    var tool = new DefaultMQAdminExt(signedBy("operator", "operator-secret"), 10_000);
    tool.setNamesrvAddr(cluster.nameServers());
    tool.setInstanceName("older-access");
    tool.start();
    try {
      tool.createAndUpdateTopicConfig(broker, new TopicConfig("orders", 1, 1, 6));
      var group = new SubscriptionGroupConfig();
      group.setGroupName("billing");
      tool.createAndUpdateSubscriptionGroupConfig(broker, group);
      tool.updateConsumeOffset(
          broker, "billing", new MessageQueue("orders", RocketMqBroker.BROKER, 0), 0);
    } finally {
      tool.shutdown();
    }
  }

  private static void send(RocketMqCluster cluster) throws Exception {
    var producer = new DefaultMQProducer("a-producer", signedBy("mq-exporter", "changeme"));
    producer.setNamesrvAddr(cluster.nameServers());
    producer.setRetryTimesWhenSendFailed(0);
    producer.start();
    try {
      producer.send(new Message("orders", new byte[1]));
    } finally {
      producer.shutdown();
    }
  }

  private static Collected collect(RocketMqCluster cluster, Optional<String> secret)
      throws CollectionException, InterruptedException {
    var config =
        new RocketMqConfig(
            List.of(cluster.nameServers()),
            secret.map(s -> new Credentials("mq-exporter", new Secret(s))));
    try (var collector =
        new RocketMqCollector(
            "older",
            Settings.fixed(config),
            new ClusterMemory(Duration.ofMinutes(5)),
            LagObjectives.NONE,
            Clock.systemUTC())) {
      return collector.collect(Deadline.after(Duration.ofSeconds(10)));
    }
  }

  private static AclClientRPCHook signedBy(String key, String secret) {
    return new AclClientRPCHook(new SessionCredentials(key, secret));
  }
}
