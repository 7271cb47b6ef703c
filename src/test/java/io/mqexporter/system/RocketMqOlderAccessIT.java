package io.mqexporter.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.mqexporter.brokers.RightsScript;
import io.mqexporter.brokers.RocketMqBroker;
import io.mqexporter.collector.CollectionException;
import io.mqexporter.collector.Secret;
import io.mqexporter.rocketmq.RocketMqBrokerMetric;
import io.mqexporter.rocketmq.RocketMqCollector;
import io.mqexporter.rocketmq.RocketMqConfig;
import io.mqexporter.rocketmq.RocketMqConfig.Credentials;
import io.mqexporter.rocketmq.RocketMqMetric;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.rocketmq.acl.common.AclClientRPCHook;
import org.apache.rocketmq.acl.common.SessionCredentials;
import org.apache.rocketmq.client.exception.MQBrokerException;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.common.TopicConfig;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageQueue;
import org.apache.rocketmq.remoting.protocol.subscription.SubscriptionGroupConfig;
import org.apache.rocketmq.tools.admin.DefaultMQAdminExt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Access control of the 4.9 line, which knows users from a file and refuses with a code that stands
 * for any error.
 */
class RocketMqOlderAccessIT {

  private static final String MONITOR = "mq-exporter";
  private static final String PASSWORD = "changeme";
  private static final String TOPIC = "orders";
  private static final String GROUP = "billing";

  private static RocketMqBroker broker;

  @BeforeAll
  static void start() throws Exception {
    broker =
        RocketMqBroker.startWithAccessFile(
            "rocketmq-4.9-access", Files.readString(RightsScript.rocketMqAccounts()));
    var signer = new SessionCredentials(RocketMqBroker.OLDER_USER, RocketMqBroker.SECRET);
    var tool = new DefaultMQAdminExt(new AclClientRPCHook(signer), 10_000);
    tool.setNamesrvAddr(broker.nameServer());
    tool.setInstanceName("older-access");
    tool.start();
    try {
      tool.createAndUpdateTopicConfig(broker.broker(), new TopicConfig(TOPIC, 1, 1, 6));
      var group = new SubscriptionGroupConfig();
      group.setGroupName(GROUP);
      tool.createAndUpdateSubscriptionGroupConfig(broker.broker(), group);
      tool.updateConsumeOffset(
          broker.broker(), GROUP, new MessageQueue(TOPIC, RocketMqBroker.BROKER, 0), 0);
      // Until it has counted for a second, a broker answers this with an error of its own.
      await()
          .ignoreExceptionsMatching(MQBrokerException.class::isInstance)
          .until(() -> !tool.fetchBrokerRuntimeStats(broker.broker()).getTable().isEmpty());
    } finally {
      tool.shutdown();
    }
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void readsEverythingWithTheAccountOfTheFile() throws Exception {
    try (var collector = collector(signedBy(MONITOR, PASSWORD))) {
      RocketMqPass pass = RocketMqPass.of(collector);
      assertThat(pass.missing()).isEmpty();
      assertThat(pass.values().value(RocketMqMetric.CONSUMER_LAG, GROUP, TOPIC)).hasValue(0.0);
      assertThat(pass.values().of(RocketMqBrokerMetric.BROKER_INFO).keySet())
          .singleElement()
          .satisfies(labels -> assertThat(labels).contains("4.9.7"));
    }
  }

  @Test
  void itsAccountMayNotSend() throws Exception {
    var hook = new AclClientRPCHook(new SessionCredentials(MONITOR, PASSWORD));
    var producer = new DefaultMQProducer("a-producer", hook);
    producer.setNamesrvAddr(broker.nameServer());
    producer.setRetryTimesWhenSendFailed(0);
    producer.start();
    try {
      assertThatThrownBy(() -> producer.send(new Message(TOPIC, new byte[1])))
          .hasStackTraceContaining("AclException");
    } finally {
      producer.shutdown();
    }
  }

  @Test
  void namesAWrongSecret() {
    assertRefused(signedBy(MONITOR, "wrong-secret"), "signature", MONITOR);
  }

  @Test
  void namesAnUnknownUser() {
    assertRefused(signedBy("who-is-that", PASSWORD), "who-is-that");
  }

  @Test
  void namesMissingCredentials() {
    assertRefused(Optional.empty(), "accessKey");
  }

  private static void assertRefused(Optional<Credentials> credentials, String... told) {
    try (var collector = collector(credentials)) {
      assertThatThrownBy(() -> RocketMqPass.of(collector))
          .isInstanceOf(CollectionException.class)
          .hasMessageStartingWith("broker %s: not permitted: ", broker.broker())
          .hasMessageContainingAll(told);
    }
  }

  private static Optional<Credentials> signedBy(String user, String secret) {
    return Optional.of(new Credentials(user, new Secret(secret)));
  }

  private static RocketMqCollector collector(Optional<Credentials> credentials) {
    return new RocketMqCollector(
        "older-access",
        new RocketMqConfig(List.of(broker.nameServer()), credentials),
        Duration.ofMinutes(5),
        Clock.systemUTC());
  }
}
