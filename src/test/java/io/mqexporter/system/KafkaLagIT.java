package io.mqexporter.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;
import static org.awaitility.Awaitility.await;

import io.mqexporter.brokers.KafkaCluster;
import io.mqexporter.brokers.KafkaSetup;
import io.mqexporter.collector.Collected;
import io.mqexporter.collector.Deadline;
import io.mqexporter.collector.Missing;
import io.mqexporter.kafka.KafkaCollector;
import io.mqexporter.kafka.KafkaConfig;
import io.mqexporter.kafka.KafkaConfig.Effort;
import io.mqexporter.kafka.KafkaMetric;
import io.mqexporter.messaging.MessagingMetric;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Holds lag, its age and the status against what a consumer of a real broker could read. */
class KafkaLagIT {

  private static final String GROUP = "billing";

  /** Details at each collection. */
  private static final Effort EFFORT = new Effort(200, 4 << 20, Duration.ZERO);

  private static KafkaCluster cluster;
  private static Admin admin;

  private String topic;
  private KafkaCollector collector;

  @BeforeAll
  static void start() {
    cluster =
        KafkaCluster.start("kafka-lag", KafkaSetup.of(1).with("log.cleaner.backoff.ms", "200"));
    admin = cluster.admin();
  }

  @AfterAll
  static void stop() {
    admin.close();
    cluster.close();
  }

  @BeforeEach
  void createTopic(TestInfo test) throws Exception {
    topic = test.getTestMethod().orElseThrow().getName();
    createTopic(Map.of());
    collector = collector();
  }

  @AfterEach
  void closeCollector() {
    collector.close();
  }

  @Test
  void theEndMarkerOfATransactionIsNotWorkLeft() throws Exception {
    try (var producer = transactional()) {
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(topic, "k", "v")).get();
      producer.commitTransaction();
    }
    commit(1);
    MetricValues values = collect();
    assertThat(lag(values)).contains(1.0);
    assertThat(seconds(values)).contains(0.0);
    assertThat(status(values)).isEqualTo("ok");
  }

  @Test
  void anAbortedTransactionIsNotWorkLeft() throws Exception {
    try (var producer = transactional()) {
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(topic, "k", "v")).get();
      producer.abortTransaction();
    }
    commit(0);
    MetricValues values = collect();
    assertThat(lag(values)).contains(2.0);
    assertThat(seconds(values)).contains(0.0);
    assertThat(status(values)).isEqualTo("ok");
  }

  @Test
  void anOpenTransactionIsNotWorkLeftAndIsShown() throws Exception {
    produce(3);
    commit(3);
    Instant before = Instant.now();
    try (var producer = transactional()) {
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(topic, "k", "v")).get();
      MetricValues values = collect();
      assertThat(lag(values)).contains(1.0);
      assertThat(values.value(KafkaMetric.GROUP_READ_COMMITTED_LAG, GROUP, topic, "0"))
          .contains(0.0);
      assertThat(values.value(KafkaMetric.PARTITION_LAST_STABLE, topic, "0")).contains(3.0);
      assertThat(seconds(values)).contains(0.0);
      assertThat(status(values)).isEqualTo("ok");
      assertThat(values.value(KafkaMetric.TRANSACTIONS, "Ongoing")).contains(1.0);
      assertThat(values.value(KafkaMetric.TRANSACTIONS_HANGING)).contains(0.0);
      assertThat(values.value(KafkaMetric.TRANSACTION_START).orElseThrow())
          .isBetween(seconds(before), seconds(Instant.now()));
      producer.abortTransaction();
    }
    MetricValues after = collect();
    assertThat(after.of(KafkaMetric.GROUP_READ_COMMITTED_LAG)).isEmpty();
  }

  @Test
  void whatWasCompactedAwayIsNotTheOldestThatIsLeft() throws Exception {
    deleteTopic();
    createTopic(
        Map.of(
            "cleanup.policy", "compact",
            "segment.ms", "100",
            "min.cleanable.dirty.ratio", "0.01"));
    Instant old = Instant.now().minusSeconds(1000);
    Instant kept = Instant.now().minusSeconds(100);
    produce(record("a", old));
    produce(record("a", old));
    produce(record("b", kept));
    commit(0);
    // The newest segment is not compacted: new ones are begun until it is done.
    await()
        .pollInSameThread()
        .pollInterval(Duration.ofMillis(300))
        .untilAsserted(() -> {
          produce(record("a", Instant.now()));
          try (KafkaCollector fresh = collector()) {
            assertThat(seconds(collect(fresh)).orElseThrow()).isCloseTo(age(kept), offset(2.0));
          }
        });
  }

  @Test
  void theAgeOfARecordThatIsOlderThanTheAgentIsRead() throws Exception {
    Instant written = Instant.now().minusSeconds(500);
    produce(record("k", Instant.now().minusSeconds(900)));
    produce(record("k", written));
    commit(1);
    MetricValues values = collect();
    assertThat(lag(values)).contains(1.0);
    assertThat(seconds(values).orElseThrow()).isCloseTo(age(written), offset(2.0));
    assertThat(source(values)).contains("record");
  }

  @Test
  void theAgeOfWhatAMovingGroupHasYetToReadIsKnownToWithinAnInterval() throws Exception {
    commit(0);
    Instant first = Instant.now();
    collect();
    Instant written = Instant.now();
    produce(10);
    commit(5);
    MetricValues values = collect();
    Instant last = Instant.now();
    double interval = seconds(last) - seconds(first);
    assertThat(lag(values)).contains(5.0);
    assertThat(source(values)).contains("history");
    assertThat(seconds(values).orElseThrow()).isCloseTo(age(written), offset(interval));
  }

  @Test
  void aGroupThatStandsHasTheAgeOfItsRecord() throws Exception {
    commit(0);
    collect();
    produce(1);
    Instant written = Instant.now();
    collect();
    MetricValues values = collect();
    assertThat(source(values)).contains("record");
    assertThat(seconds(values).orElseThrow()).isCloseTo(age(written), offset(2.0));
  }

  /** The consumer that reads tells of such a record alone, whatever it has of other partitions. */
  @Test
  void aRecordThatIsDamagedHidesNoAgeButThatOfItsPartition() throws Exception {
    Instant written = Instant.now().minusSeconds(500);
    List<String> whole = IntStream.range(0, 8).mapToObj(i -> topic + "-" + i).toList();
    for (String one : whole) {
      createTopic(one, Map.of());
      produce(new ProducerRecord<>(one, 0, written.toEpochMilli(), "k", "v"));
      commit(new TopicPartition(one, 0), 0);
    }
    produce(record("k", written));
    commit(0);
    flipLastBit(cluster.folder(1).resolve("data").resolve(partition().toString()));

    Collected collected = collector.collect(Deadline.after(Duration.ofMinutes(1)));

    assertThat(collected.missing())
        .singleElement()
        .extracting(Missing::what)
        .isEqualTo("age of the oldest unread record of 1 topic (%s)".formatted(topic));
    var values = new MetricValues(collected.families());
    assertThat(seconds(values)).isEmpty();
    assertThat(lag(values)).contains(1.0);
    for (String one : whole) {
      assertThat(values.value(MessagingMetric.CONSUMER_LAG_SECONDS, "", one, GROUP).orElseThrow())
          .isCloseTo(age(written), offset(2.0));
    }
    admin.deleteTopics(whole).all().get();
    deleteTopic();
  }

  /** Changes the newest record of a log, so that the checksum of its batch is wrong. */
  private static void flipLastBit(Path log) throws IOException {
    try (var file = new RandomAccessFile(log.resolve("00000000000000000000.log").toFile(), "rw")) {
      file.seek(file.length() - 1);
      int last = file.read();
      file.seek(file.length() - 1);
      file.write(last ^ 1);
    }
  }

  @Test
  void whatRetentionTookBeforeItWasReadIsLost() throws Exception {
    produce(10);
    commit(2);
    assertThat(lost(collect())).contains(0.0);
    admin.deleteRecords(Map.of(partition(), RecordsToDelete.beforeOffset(6))).all().get();
    MetricValues values = collect();
    assertThat(lag(values)).contains(8.0);
    assertThat(lost(values)).contains(4.0);
    assertThat(values.value(MessagingMetric.CONSUMER_RETENTION_USED, "", topic, GROUP))
        .contains(2.0);
    assertThat(status(values)).isEqualTo("lost");
    assertThat(values.of(KafkaMetric.GROUP_OFFSET_ANOMALY))
        .containsKey(List.of(GROUP, topic, "0", "before_start"));
    commit(6);
    assertThat(lost(collect())).contains(4.0);
  }

  @Test
  void aCommitBeyondTheEndHasNoLagAndIsSaid() throws Exception {
    produce(3);
    commit(5);
    MetricValues values = collect();
    assertThat(lag(values)).isEmpty();
    assertThat(seconds(values)).isEmpty();
    assertThat(status(values)).isEqualTo("rewound");
    assertThat(values.of(KafkaMetric.GROUP_OFFSET_ANOMALY))
        .containsKey(List.of(GROUP, topic, "0", "beyond_end"));
  }

  @Test
  void aTopicThatWasDeletedAndCreatedAgainBeginsAnew() throws Exception {
    produce(10);
    commit(10);
    assertThat(lag(collect())).contains(0.0);
    deleteTopic();
    createTopic(Map.of());
    produce(20);
    MetricValues without = collect();
    assertThat(lag(without)).isEmpty();
    assertThat(without.value(KafkaMetric.TOPIC_RECREATIONS, topic)).contains(1.0);
    assertThat(without.value(KafkaMetric.TOPIC_TRUNCATIONS, topic)).contains(0.0);
    commit(5);
    MetricValues anew = collect();
    assertThat(lag(anew)).contains(15.0);
    assertThat(status(anew)).isEqualTo("unknown");
  }

  @Test
  void sizeAndConfigurationOfTopicsAreRead() throws Exception {
    deleteTopic();
    createTopic(Map.of("retention.bytes", "1000000", "retention.ms", "3600000"));
    produce(100);
    MetricValues values = collect();
    double bytes = values.value(MessagingMetric.DESTINATION_SIZE, "", topic).orElseThrow();
    assertThat(bytes).isPositive();
    assertThat(values.value(MessagingMetric.DESTINATION_FILL, "", topic))
        .contains(bytes / 1_000_000);
    assertThat(values.of(KafkaMetric.TOPIC_CONFIG).keySet())
        .anySatisfy(
            labels -> assertThat(labels).startsWith(topic, "delete", "3600000", "1000000", "1"));
    assertThat(values.value(KafkaMetric.TOPIC_UNDER_MIN_IN_SYNC, topic)).contains(0.0);
    assertThat(values.of(KafkaMetric.LOG_DIR_OFFLINE).values()).containsOnly(0.0);
    assertThat(values.of(KafkaMetric.FEATURE_LEVEL)).containsKey(List.of("metadata.version"));
    assertThat(values.value(KafkaMetric.REASSIGNING)).contains(0.0);
  }

  private MetricValues collect() throws Exception {
    return collect(collector);
  }

  private static MetricValues collect(KafkaCollector collector) throws Exception {
    Collected collected = collector.collect(Deadline.after(Duration.ofMinutes(1)));
    assertThat(collected.missing()).isEmpty();
    return new MetricValues(collected.families());
  }

  private Optional<Double> lag(MetricValues values) {
    return values.value(MessagingMetric.CONSUMER_LAG, "", topic, GROUP);
  }

  private Optional<Double> seconds(MetricValues values) {
    return values.value(MessagingMetric.CONSUMER_LAG_SECONDS, "", topic, GROUP);
  }

  private Optional<Double> lost(MetricValues values) {
    return values.value(MessagingMetric.CONSUMER_LOST, "", topic, GROUP);
  }

  private Optional<String> source(MetricValues values) {
    return last(values, MessagingMetric.CONSUMER_LAG_SECONDS_SOURCE);
  }

  private String status(MetricValues values) {
    return last(values, MessagingMetric.CONSUMER_STATUS).orElseThrow();
  }

  /** Returns the last label of the series of this test's group that is 1. */
  private Optional<String> last(MetricValues values, MessagingMetric metric) {
    return values.of(metric).entrySet().stream()
        .filter(entry ->
            entry.getValue() == 1 && entry.getKey().subList(1, 3).equals(List.of(topic, GROUP)))
        .map(entry -> entry.getKey().getLast())
        .findFirst();
  }

  private static double seconds(Instant instant) {
    return instant.toEpochMilli() / 1000.0;
  }

  private static double age(Instant instant) {
    return seconds(Instant.now()) - seconds(instant);
  }

  private TopicPartition partition() {
    return new TopicPartition(topic, 0);
  }

  private void createTopic(Map<String, String> configs) throws Exception {
    createTopic(topic, configs);
  }

  private static void createTopic(String name, Map<String, String> configs) throws Exception {
    admin.createTopics(List.of(new NewTopic(name, 1, (short) 1).configs(configs))).all().get();
    // The controller answers before the broker has the news.
    await().until(() -> admin.listTopics().names().get().contains(name));
  }

  private void deleteTopic() throws Exception {
    admin.deleteTopics(List.of(topic)).all().get();
  }

  private void commit(long offset) throws Exception {
    commit(partition(), offset);
  }

  private static void commit(TopicPartition partition, long offset) throws Exception {
    admin
        .alterConsumerGroupOffsets(GROUP, Map.of(partition, new OffsetAndMetadata(offset)))
        .all()
        .get();
  }

  private ProducerRecord<String, String> record(String key, Instant at) {
    return new ProducerRecord<>(topic, 0, at.toEpochMilli(), key, "v");
  }

  private void produce(int records) throws Exception {
    try (var producer = producer(Map.of())) {
      for (int i = 0; i < records; i++) {
        producer.send(new ProducerRecord<>(topic, "k", "v")).get();
      }
    }
  }

  private void produce(ProducerRecord<String, String> record) throws Exception {
    try (var producer = producer(Map.of())) {
      producer.send(record).get();
    }
  }

  private KafkaProducer<String, String> transactional() {
    var producer = producer(Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, topic));
    producer.initTransactions();
    return producer;
  }

  private static KafkaProducer<String, String> producer(Map<String, Object> more) {
    var properties = new HashMap<>(more);
    properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, cluster.bootstrapServers());
    return new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer());
  }

  private static KafkaCollector collector() {
    return new KafkaCollector(
        "lag",
        new KafkaConfig(
                cluster.bootstrapServers(), Map.of(), KafkaConfig.DEFAULT_DEAD_LETTER_TOPICS)
            .with(EFFORT),
        Duration.ofMinutes(5),
        Clock.systemUTC());
  }
}
