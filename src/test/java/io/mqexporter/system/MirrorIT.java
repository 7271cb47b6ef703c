package io.mqexporter.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mqexporter.brokers.Command;
import io.mqexporter.brokers.KafkaCluster;
import io.mqexporter.brokers.KafkaMirror;
import io.mqexporter.brokers.KafkaSetup;
import io.mqexporter.collector.Collected;
import io.mqexporter.collector.CollectionException;
import io.mqexporter.collector.Deadline;
import io.mqexporter.collector.Settings;
import io.mqexporter.kafka.KafkaConfig;
import io.mqexporter.kafka.MirrorCollector;
import io.mqexporter.messaging.MessagingMetric;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The lag of MirrorMaker 2 between two real clusters against the offsets of both. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MirrorIT {

  private static final Duration LONG = Duration.ofMinutes(1);
  private static final int PARTITIONS = 3;
  private static final int DELETED = 40;

  private static KafkaCluster near;
  private static KafkaCluster far;
  private static KafkaMirror mirror;
  private static MirrorCollector collector;

  @BeforeAll
  static void start() throws Exception {
    near = KafkaCluster.start("mirror-near", KafkaSetup.of(1));
    far = KafkaCluster.start("mirror-far", KafkaSetup.of(1));
    try (Admin admin = near.admin()) {
      admin
          .createTopics(
              List.of(
                  new NewTopic("orders", PARTITIONS, (short) 1),
                  new NewTopic("trimmed", PARTITIONS, (short) 1),
                  new NewTopic("private", PARTITIONS, (short) 1)))
          .all()
          .get(60, TimeUnit.SECONDS);
      produce("orders", 100);
      produce("trimmed", 100);
      produce("private", 100);
      // What a source has already deleted is never copied: offsets differ from then on.
      var first = new HashMap<TopicPartition, RecordsToDelete>();
      for (int partition = 0; partition < PARTITIONS; partition++) {
        first.put(new TopicPartition("trimmed", partition), RecordsToDelete.beforeOffset(DELETED));
      }
      admin.deleteRecords(first).all().get(60, TimeUnit.SECONDS);
    }
    mirror =
        KafkaMirror.start(
            "mirror", near.bootstrapServers(), far.bootstrapServers(), "orders,trimmed");
    Map<String, Settings<KafkaConfig>> settings =
        Map.of("near", settings(near), "far", settings(far));
    collector =
        new MirrorCollector(
            "far",
            List.of(new KafkaConfig.Mirror("near", "near", "far")),
            name -> Optional.ofNullable(settings.get(name)).orElseThrow(),
            Clock.systemUTC());
  }

  private static Settings<KafkaConfig> settings(KafkaCluster cluster) {
    return Settings.fixed(
        new KafkaConfig(
            cluster.bootstrapServers(), Map.of(), KafkaConfig.DEFAULT_DEAD_LETTER_TOPICS));
  }

  @AfterAll
  static void stop() {
    if (collector != null) {
      collector.close();
    }
    for (AutoCloseable each : new AutoCloseable[] {mirror, near, far}) {
      try {
        if (each != null) {
          each.close();
        }
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Writes so many records to each partition. */
  private static void produce(String topic, int records) throws Exception {
    produce(topic, records, Instant.now());
  }

  private static void produce(String topic, int records, Instant written) throws Exception {
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of(
                "bootstrap.servers",
                near.bootstrapServers(),
                // In order also where a broker does not know a new topic yet.
                "max.in.flight.requests.per.connection",
                1),
            new StringSerializer(),
            new StringSerializer())) {
      for (int partition = 0; partition < PARTITIONS; partition++) {
        for (int i = 0; i < records; i++) {
          var _ =
              producer.send(
                  new ProducerRecord<>(topic, partition, written.toEpochMilli(), "k", "v" + i));
        }
      }
      producer.flush();
    }
  }

  @Test
  @Order(1)
  void whatIsCopiedHasNoLag() {
    // Until MirrorMaker has made its topics.
    await()
        .ignoreExceptions()
        .untilAsserted(() -> {
          Collected collected = collect();
          assertThat(collected.missing()).isEmpty();
          assertThat(lag(collected)).isEqualTo(Map.of("orders", 0.0, "trimmed", 0.0));
          assertThat(seconds(collected)).isEqualTo(Map.of("orders", 0.0, "trimmed", 0.0));
        });
    assertThat(end(far, "near.trimmed")).isEqualTo(end(near, "trimmed") - PARTITIONS * DELETED);
  }

  @Test
  @Order(2)
  void whatIsNotCopiedIsTheDifferenceOfTheOffsets() throws Exception {
    Command.signal(mirror.handle(), "STOP");
    try {
      produce("orders", 50);
      produce("trimmed", 7);
      long written = System.nanoTime();

      Collected collected = collect();
      assertThat(collected.missing()).isEmpty();
      assertThat(lag(collected))
          .isEqualTo(
              Map.of(
                  "orders",
                  (double) (end(near, "orders") - end(far, "near.orders")),
                  "trimmed",
                  (double) PARTITIONS * 7));
      assertThat(lag(collected)).containsEntry("orders", (double) PARTITIONS * 50);

      await().untilAsserted(() -> assertThat(seconds(collect()).get("orders")).isGreaterThan(2));
      double since = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - written) / 1000.0;
      assertThat(seconds(collect()).get("orders")).isLessThan(since + 3);
    } finally {
      Command.signal(mirror.handle(), "CONT");
    }
    await()
        .untilAsserted(
            () -> assertThat(lag(collect())).isEqualTo(Map.of("orders", 0.0, "trimmed", 0.0)));
  }

  @Test
  @Order(3)
  void theAgentShowsItBesideBothClustersAndItsAlertFires() throws Exception {
    try (AlertWatch watch =
        AlertWatch.start(
            "mirror-alerts",
            """
              - name: near
                kafka: {bootstrap_servers: "%s"}
              - name: elsewhere
                kafka:
                  bootstrap_servers: %s
                  mirrors: [{source: near, target_alias: far}]
            """
                .formatted(near.bootstrapServers(), far.bootstrapServers()))) {
      await()
          .untilAsserted(() ->
              assertThat(
                      watch
                          .agent()
                          .scrape()
                          .value(
                              "messaging_replication_lag_messages",
                              "messaging_cluster=\"elsewhere\"",
                              "messaging_source_cluster=\"near\"",
                              "messaging_destination_name=\"orders\""))
                  .hasValue(0));
      Command.signal(mirror.handle(), "STOP");
      try {
        produce("orders", 1, Instant.now().minus(Duration.ofMinutes(10)));
        watch.awaitFiring("MessagingReplicationBehind", "orders");
      } finally {
        Command.signal(mirror.handle(), "CONT");
      }
      watch.awaitResolved("MessagingReplicationBehind");
    }
  }

  @Test
  @Order(4)
  void aClusterThatIsAwayIsNamed() throws Exception {
    near.kill(1);
    Throwable failure = failure();
    assertThat(failure).isInstanceOf(CollectionException.class);
    assertThat(failure).hasMessageStartingWith("near: Kafka at " + near.bootstrapServers() + ": ");
  }

  private static Throwable failure() throws Exception {
    try {
      return new AssertionError(
          "read: " + collector.collect(Deadline.after(Duration.ofSeconds(4))));
    } catch (CollectionException e) {
      return e;
    }
  }

  private static Collected collect() throws Exception {
    return collector.collect(Deadline.after(LONG));
  }

  private static Map<String, Double> lag(Collected collected) {
    return values(collected, MessagingMetric.REPLICATION_LAG);
  }

  private static Map<String, Double> seconds(Collected collected) {
    return values(collected, MessagingMetric.REPLICATION_LAG_SECONDS);
  }

  private static Map<String, Double> values(Collected collected, MessagingMetric metric) {
    var values = new HashMap<String, Double>();
    new MetricValues(collected.families())
        .of(metric)
        .forEach((labels, value) -> values.put(labels.getLast(), value));
    return values;
  }

  private static long end(KafkaCluster cluster, String topic) {
    try (Admin admin = cluster.admin()) {
      var latest = new HashMap<TopicPartition, OffsetSpec>();
      for (int partition = 0; partition < PARTITIONS; partition++) {
        latest.put(new TopicPartition(topic, partition), OffsetSpec.latest());
      }
      return admin.listOffsets(latest).all().get(60, TimeUnit.SECONDS).values().stream()
          .mapToLong(ListOffsetsResultInfo::offset)
          .sum();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
