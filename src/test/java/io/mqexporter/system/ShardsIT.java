package io.mqexporter.system;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mqexporter.brokers.KafkaBroker;
import io.mqexporter.brokers.ProcessMemory;
import io.mqexporter.collector.Collector;
import io.mqexporter.collector.NameFilter;
import io.mqexporter.collector.Settings;
import io.mqexporter.collector.Shard;
import io.mqexporter.collector.ShardedCollector;
import io.mqexporter.kafka.KafkaCollector;
import io.mqexporter.kafka.KafkaConfig;
import io.mqexporter.messaging.ClusterMemory;
import io.mqexporter.messaging.LagObjectives;
import io.mqexporter.metric.MetricFamily;
import io.mqexporter.metric.Sample;
import io.mqexporter.system.Subjects.Subject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several that share a cluster show together what one shows alone, and each series once. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ShardsIT {

  private static final int GROUPS = 3_000;
  private static final int TOPICS = 60;
  private static final int RECORDS = 6;
  private static final int AT_ONCE = 100;

  /** What moves by itself: times, the metadata log, the room on the machine's disk. */
  private static final Pattern MOVES =
      Pattern.compile("_seconds|kafka_quorum_high_watermark|_usable_bytes|_disk_free_bytes");

  @RegisterExtension private final Subjects subjects = Subjects.shared();
  private KafkaBroker broker;
  private Map<String, Double> alone;

  @BeforeAll
  void start() throws Exception {
    broker = KafkaBroker.start("shards-kafka");
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
        var producer =
            new KafkaProducer<>(
                Map.of(
                    "bootstrap.servers",
                    broker.bootstrapServers(),
                    // A broker may refuse the first of several, as it does not know the topic yet,
                    // and take the next: then the first can never be sent.
                    "max.in.flight.requests.per.connection",
                    1),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
      admin
          .createTopics(
              IntStream.range(0, TOPICS)
                  .mapToObj(i -> new NewTopic("topic-" + i, 2, (short) 1))
                  .toList())
          .all()
          .get();
      var sent = new ArrayList<Future<RecordMetadata>>();
      for (int i = 0; i < TOPICS * 2 * RECORDS; i++) {
        sent.add(
            producer.send(
                new ProducerRecord<>("topic-" + i % TOPICS, i / TOPICS % 2, null, new byte[] {1})));
      }
      for (var record : sent) {
        record.get();
      }
      commit(admin);
    }
    alone = values(List.of(new Share(Shard.WHOLE)));
  }

  @AfterAll
  void stop() {
    broker.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void manyGroupsAreSpread(int total) throws Exception {
    List<Share> shares =
        IntStream.range(0, total).mapToObj(i -> new Share(new Shard(i, total))).toList();

    assertThat(differences(values(shares))).isEmpty();
    assertThat(shares)
        .allSatisfy(share ->
            assertThat(share.groups)
                .isBetween(GROUPS * 9 / (10 * total), GROUPS * 11 / (10 * total)));
  }

  /** What a container of 512 MiB gives: 45 % of it are the heap's. */
  @Test
  void aHundredThousandSeriesFitIntoHalfAGibibyte() throws Exception {
    String configuration =
        """
        interval: 1s
        targets:
          - name: many
            max_series: 200000
            kafka:
              bootstrap_servers: %s
              details_interval: 0s
              vocabularies: [kminion, burrow]
        """
            .formatted(broker.bootstrapServers());
    try (var agent =
        AgentProcess.start(
            "shards-memory", configuration, Map.of("JAVA_OPTS", "-Xmx230m -XX:MaxRAM=512m"))) {
      long begun = Instant.now().getEpochSecond();
      await()
          .untilAsserted(() -> {
            Exposition page = agent.scrape();
            assertThat(page.value("mq_exporter_series").orElse(0)).isGreaterThan(100_000);
            assertThat(
                    page.value("mq_exporter_collection_last_success_timestamp_seconds").orElse(0))
                .isGreaterThan(begun + 20.0);
          });
      long bytes = ProcessMemory.MOST.bytes(agent.handle());
      System.out.printf(
          "ShardsIT: %.0f series with at most %d MiB%n",
          agent.scrape().value("mq_exporter_series").orElse(0), bytes >> 20);
      assertThat(bytes).isLessThan(512L << 20);
      assertThat(agent.scrape().value("messaging_up")).hasValue(1);
    }
  }

  @Test
  void agentsShareTheThreeBrokers() throws Exception {
    try (Admin admin =
        Admin.create(Map.of("bootstrap.servers", subjects.kafka().bootstrapServers()))) {
      admin
          .createTopics(
              IntStream.range(0, 8)
                  .mapToObj(i -> new NewTopic("shared-" + i, 1, (short) 1))
                  .toList())
          .all()
          .get();
      for (int i = 0; i < 8; i++) {
        admin
            .alterConsumerGroupOffsets(
                "sharing-" + i, Map.of(new TopicPartition("shared-0", 0), new OffsetAndMetadata(0)))
            .all()
            .get();
      }
    }
    try (var connection = subjects.rabbitMq().connectionFactory().newConnection();
        var channel = connection.createChannel()) {
      for (int i = 0; i < 8; i++) {
        channel.queueDeclare("shared-" + i, true, false, false, null);
      }
    }
    // Each in the same second, not each once in a minute of its own.
    String configuration =
        subjects
            .configuration("1s", "1s")
            .replace("bootstrap_servers:", "details_interval: 1s\n      bootstrap_servers:");
    try (var whole = AgentProcess.start("shards-whole", configuration);
        var first = share(configuration, 0);
        var second = share(configuration, 1)) {
      await()
          .untilAsserted(() -> {
            Set<String> expected = ofBrokers(whole);
            Set<String> ofFirst = ofBrokers(first);
            Set<String> ofSecond = ofBrokers(second);
            assertThat(expected).hasSizeGreaterThan(500);
            assertThat(minus(expected, List.of(ofFirst, ofSecond))).isEmpty();
            assertThat(minus(ofFirst, List.of(expected))).isEmpty();
            assertThat(minus(ofSecond, List.of(expected))).isEmpty();
            assertThat(minus(ofFirst, List.of(minus(ofFirst, List.of(ofSecond)))))
                .allMatch(series ->
                    series.contains("\"the-kafka\"")
                        && KafkaCollector.COUNTS_OF_A_SHARE.stream().anyMatch(series::startsWith));
            for (Subject subject : Subject.values()) {
              assertThat(ofFirst).anyMatch(series -> series.contains(subject.target()));
              assertThat(ofSecond).anyMatch(series -> series.contains(subject.target()));
            }
          });
      assertThat(second.scrape().value("mq_exporter_shard_ordinal")).hasValue(1);
      assertThat(second.scrape().value("mq_exporter_shards")).hasValue(2);
      assertThat(whole.scrape().value("mq_exporter_shards")).isEmpty();
    }
  }

  /** Returns the series that are not as one alone shows them, with both values. */
  private Map<String, String> differences(Map<String, Double> together) {
    var different = new TreeMap<String, String>();
    together.forEach((series, value) -> {
      if (!value.equals(alone.get(series))) {
        different.put(series, value + " instead of " + alone.get(series));
      }
    });
    alone.forEach((series, value) -> {
      if (!together.containsKey(series)) {
        different.put(series, "missing instead of " + value);
      }
    });
    return different;
  }

  private static AgentProcess share(String configuration, int ordinal) {
    return AgentProcess.start(
        "shards-" + ordinal,
        configuration,
        Map.of(),
        List.of("--shard=mq-exporter-" + ordinal, "--total-shards=2"));
  }

  /** Returns the series that an agent shows of brokers. */
  private static Set<String> ofBrokers(AgentProcess agent) {
    return agent.scrape().series().keySet().stream()
        .filter(series -> series.contains("messaging_cluster=\"the-"))
        .filter(series -> !series.startsWith("mq_exporter_"))
        .collect(toSet());
  }

  private static Set<String> minus(Set<String> all, List<Set<String>> others) {
    return all.stream()
        .filter(one -> others.stream().noneMatch(other -> other.contains(one)))
        .collect(toSet());
  }

  private static void commit(Admin admin) throws Exception {
    var commits = new ArrayDeque<KafkaFuture<Void>>();
    for (int group = 0; group < GROUPS; group++) {
      var offset = new OffsetAndMetadata(group % 3);
      String topic = "topic-" + group % TOPICS;
      var offsets =
          Map.of(new TopicPartition(topic, 0), offset, new TopicPartition(topic, 1), offset);
      commits.add(admin.alterConsumerGroupOffsets("group-" + group, offsets).all());
      if (commits.size() > AT_ONCE) {
        commits.remove().get();
      }
    }
    for (var commit : commits) {
      commit.get();
    }
  }

  /** Returns what shares show together; none but a count of what is theirs may be in two. */
  private static Map<String, Double> values(List<Share> shares) throws Exception {
    var all = new HashMap<String, Double>();
    for (Share share : shares) {
      share
          .values()
          .forEach((series, value) -> {
            Double other = all.put(series, value);
            if (other != null) {
              assertThat(KafkaCollector.COUNTS_OF_A_SHARE).anyMatch(series::startsWith);
              all.put(series, value + other);
            }
          });
    }
    return all;
  }

  /** One of those that share the cluster. */
  private final class Share {

    private final Shard shard;
    private int groups;

    private Share(Shard shard) {
      this.shard = shard;
    }

    /** Returns what it shows, without a value where that moves by itself. */
    private Map<String, Double> values() throws Exception {
      try (Collector collector = collector()) {
        // What is consumed is known after the first collection.
        KafkaPass.whole(collector);
        KafkaPass pass = KafkaPass.whole(collector);
        var values = new HashMap<String, Double>();
        for (MetricFamily family : pass.collected().families()) {
          boolean moves = MOVES.matcher(family.descriptor().metricName()).find();
          for (Sample sample : family.samples()) {
            values.put(key(family, sample), moves ? Double.NaN : sample.value());
          }
        }
        groups =
            (int)
                values.keySet().stream()
                    .filter(key -> key.startsWith("kafka_consumergroup_state"))
                    .count();
        System.out.printf(
            "ShardsIT: shard %d of %d has %d groups and %d series, %d requests in %d ms%n",
            shard.ordinal(),
            shard.total(),
            groups,
            values.size(),
            pass.requests(),
            pass.time().toMillis());
        return values;
      }
    }

    private Collector collector() {
      var config =
          new KafkaConfig(
                  broker.bootstrapServers(), Map.of(), KafkaConfig.DEFAULT_DEAD_LETTER_TOPICS)
              .reading(NameFilter.ALL, NameFilter.ALL);
      var whole =
          new KafkaCollector(
              "many",
              Settings.fixed(config),
              new ClusterMemory(Duration.ofMinutes(5)),
              LagObjectives.NONE,
              shard,
              Clock.systemUTC());
      return new ShardedCollector(whole, shard, KafkaCollector.COUNTS_OF_A_SHARE);
    }

    private static String key(MetricFamily family, Sample sample) {
      return family.descriptor().metricName() + sample.suffix() + sample.labelValues();
    }
  }
}
