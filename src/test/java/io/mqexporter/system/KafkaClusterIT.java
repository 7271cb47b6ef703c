package io.mqexporter.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mqexporter.brokers.KafkaCluster;
import io.mqexporter.brokers.KafkaRelease;
import io.mqexporter.brokers.KafkaSetup;
import io.mqexporter.collector.Collected;
import io.mqexporter.collector.Deadline;
import io.mqexporter.collector.Missing;
import io.mqexporter.kafka.KafkaCollector;
import io.mqexporter.kafka.KafkaConfig;
import io.mqexporter.kafka.KafkaMetric;
import io.mqexporter.messaging.MessagingMetric;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Reads a cluster of three brokers, and a broker of an older release. */
class KafkaClusterIT {

  @Test
  void readsThreeBrokersAndSaysWhatTheOthersStillKnowWhenOneEnds() throws Exception {
    // Without a copy of the groups' offsets, so that they go with their broker.
    KafkaSetup setup = KafkaSetup.of(3).with("offsets.topic.replication.factor", "1");
    try (var cluster = KafkaCluster.start("kafka-cluster", setup);
        Admin admin = cluster.admin();
        KafkaCollector collector = collector(cluster)) {
      createTopicAndGroup(admin, 3);

      Collected whole = collectWhole(collector);
      assertThat(values(whole).of(KafkaMetric.PARTITION_IN_SYNC))
          .hasSize(6)
          .allSatisfy((_, inSync) -> assertThat(inSync).isEqualTo(3));
      assertThat(values(whole).value(MessagingMetric.BROKERS, "up")).contains(3.0);

      cluster.stop(2);
      Collected broken = collect(collector);
      assertThat(values(broken).value(MessagingMetric.BROKERS, "down")).contains(1.0);
      assertThat(broken.missing())
          .extracting(Missing::what)
          .anyMatch(what -> what.contains("groups"));

      cluster.restart(2);
      assertThat(values(collectWhole(collector)).value(MessagingMetric.BROKERS, "up"))
          .contains(3.0);
    }
  }

  @Test
  void readsABrokerOfAnOlderRelease() throws Exception {
    KafkaSetup setup = KafkaSetup.of(1).of(KafkaRelease.V3_9);
    try (var cluster = KafkaCluster.start("kafka-3.9", setup);
        Admin admin = cluster.admin();
        KafkaCollector collector = collector(cluster)) {
      createTopicAndGroup(admin, 1);
      Collected collected = collectWhole(collector);
      assertThat(values(collected).of(KafkaMetric.PARTITION_END)).hasSize(6);
      assertThat(values(collected).of(KafkaMetric.GROUP_STATE)).hasSize(1);
    }
  }

  private static void createTopicAndGroup(Admin admin, int replicas) throws Exception {
    admin.createTopics(List.of(new NewTopic("orders", 6, (short) replicas))).all().get();
    admin
        .alterConsumerGroupOffsets(
            "billing", Map.of(new TopicPartition("orders", 0), new OffsetAndMetadata(0)))
        .all()
        .get();
  }

  /** Collects until nothing is missing: what is new is not known to all brokers at once. */
  private static Collected collectWhole(KafkaCollector collector) {
    return await()
        .pollInSameThread()
        .atMost(Duration.ofSeconds(30))
        .until(() -> collect(collector), collected -> collected.missing().isEmpty());
  }

  private static Collected collect(KafkaCollector collector) throws Exception {
    return collector.collect(Deadline.after(Duration.ofSeconds(10)));
  }

  private static MetricValues values(Collected collected) {
    return new MetricValues(collected.families());
  }

  private static KafkaCollector collector(KafkaCluster cluster) {
    return new KafkaCollector(
        "cluster",
        new KafkaConfig(
            cluster.bootstrapServers(), Map.of(), KafkaConfig.DEFAULT_DEAD_LETTER_TOPICS),
        Duration.ofMinutes(5),
        Clock.systemUTC());
  }
}
