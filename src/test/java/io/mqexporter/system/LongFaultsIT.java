package io.mqexporter.system;

import static org.awaitility.Awaitility.await;

import io.mqexporter.brokers.KafkaCluster;
import io.mqexporter.brokers.KafkaSetup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The alerts on faults that are measured in minutes of real time, which no factor makes shorter.
 */
@Tag("soak")
class LongFaultsIT {

  private static final String TOPIC = "orders";
  private static final int GROUPS = 24;
  private static final Duration HOUR = Duration.ofHours(1);

  /** The quarter of an hour that a transaction may take, and a minute for the rest. */
  private static final Duration LONGEST = Duration.ofMinutes(16);

  private static final String SMALL_HEAP = "-Xmx24m";

  private static final String PENDING = "ALERTS{alertname=\"MqExporterHeapNearlyFull\"}";
  private static final int MORE_GROUPS = 30;

  private static KafkaCluster cluster;
  private static Admin admin;
  private static KafkaProducer<byte[], byte[]> producer;
  private static AlertWatch watch;

  @BeforeAll
  static void start() throws Exception {
    String hour = String.valueOf(HOUR.toMillis());
    cluster =
        KafkaCluster.start(
            "long-kafka",
            KafkaSetup.of(3)
                // So that nobody can stand in for a coordinator.
                .with("offsets.topic.replication.factor", "1")
                .with("transaction.max.timeout.ms", hour));
    admin = cluster.admin();
    admin.createTopics(List.of(new NewTopic(TOPIC, 2, (short) 3))).all().get();
    new KafkaChanges(admin).commit(TOPIC, "billing-", GROUPS);
    producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                cluster.bootstrapServers(),
                "transactional.id",
                "long",
                "transaction.timeout.ms",
                hour),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    watch =
        AlertWatch.start(
            "long-faults",
            "  - {name: kafka, kafka: {bootstrap_servers: '%s', details_interval: 0s}}\n"
                .formatted(cluster.bootstrapServers()));
    watch.awaitResult("count(kafka_consumergroup_lag) >= " + GROUPS);
  }

  @AfterAll
  static void stop() throws Exception {
    watch.close();
    producer.close(Duration.ZERO);
    admin.close();
    cluster.close();
  }

  @Test
  @Timeout(value = 30, unit = TimeUnit.MINUTES)
  void aTransactionStaysOpenAndACoordinatorAway() throws Exception {
    producer.initTransactions();
    producer.beginTransaction();
    producer.send(new ProducerRecord<>(TOPIC, new byte[] {1})).get();
    cluster.kill(3);

    watch.awaitFiring("KafkaGroupOffsetsUnknown", "billing-", LONGEST);
    watch.awaitFiring("KafkaTransactionOpenTooLong", "kafka", LONGEST);
    cluster.restart(3);
    producer.abortTransaction();
    watch.awaitResolved("KafkaGroupOffsetsUnknown", "KafkaTransactionOpenTooLong");
  }

  /** With ever more groups. */
  @Test
  @Timeout(value = 20, unit = TimeUnit.MINUTES)
  void theHeapOfAnAgentIsNearlyFull() throws Exception {
    AgentProcess agent =
        AgentProcess.start(
            "long-small",
            "interval: 2s\ntargets:\n  - {name: small, kafka: {bootstrap_servers: '%s'}}\n"
                .formatted(cluster.bootstrapServers()),
            Map.of("JAVA_OPTS", SMALL_HEAP));
    var added = new ArrayList<String>();
    try (var small = AlertWatch.start("long-small", List.of(agent))) {
      var changes = new KafkaChanges(admin);
      await()
          .atMost(LONGEST)
          .pollInterval(Duration.ofSeconds(2))
          .until(() -> {
            if (small.hasResult(PENDING)) {
              return true;
            }
            String prefix = "more-%d-".formatted(added.size());
            changes.commit(TOPIC, prefix, MORE_GROUPS);
            IntStream.range(0, MORE_GROUPS).forEach(group -> added.add(prefix + group));
            return false;
          });
      small.awaitFiring("MqExporterHeapNearlyFull", String.valueOf(agent.port()));
      admin.deleteConsumerGroups(added).all().get();
      small.awaitResolved("MqExporterHeapNearlyFull");
    }
  }
}
