package io.mqexporter.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;
import static org.awaitility.Awaitility.await;

import io.mqexporter.brokers.KafkaCluster;
import io.mqexporter.brokers.KafkaSetup;
import io.mqexporter.collector.Collected;
import io.mqexporter.collector.NameFilter;
import io.mqexporter.kafka.KafkaCollector;
import io.mqexporter.kafka.KafkaMetric;
import io.mqexporter.kafka.vocabulary.BurrowMetric;
import io.mqexporter.kafka.vocabulary.KafkaExporterMetric;
import io.mqexporter.kafka.vocabulary.KminionMetric;
import io.mqexporter.kafka.vocabulary.Vocabulary;
import io.mqexporter.messaging.MessagingMetric;
import io.mqexporter.metric.MetricDescriptor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Holds the numbers of a collection against those of Kafka's own tools, with everything at rest, on
 * three brokers.
 */
class KafkaTruthIT {

  private static final List<String> PROTOCOLS = List.of("classic", "consumer", "share", "streams");

  private static KafkaCluster cluster;
  private static KafkaShapes shapes;
  private static KafkaPass pass;
  private static KafkaDifferences differences;

  @BeforeAll
  static void collect() throws Exception {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("KafkaTruthIT: again with -Dseed=" + seed);
    cluster = KafkaCluster.start("kafka-truth", KafkaSetup.of(3));
    shapes =
        KafkaShapes.create(
            cluster.bootstrapServers(), new KafkaShapes.Extent(60, 3, 200, 4, PROTOCOLS), seed);
    try (KafkaCollector collector = KafkaPass.collector(cluster)) {
      pass = KafkaPass.whole(collector);
    }
    differences = new KafkaDifferences(cluster.bootstrapServers(), pass.values());
  }

  @AfterAll
  static void stop() {
    try (KafkaCluster _ = cluster) {
      if (shapes != null) {
        shapes.close();
      }
    }
  }

  @Test
  void everythingIsRead() {
    assertThat(values(KafkaMetric.GROUP_STATE)).hasSizeGreaterThanOrEqualTo(200);
    assertThat(values(KafkaMetric.TOPIC_PARTITIONS)).hasSizeGreaterThanOrEqualTo(50);
    assertThat(
            values(KafkaMetric.GROUP_STATE).keySet().stream()
                .map(labels -> labels.get(1))
                .distinct())
        .containsExactlyInAnyOrderElementsOf(PROTOCOLS);
  }

  @Test
  void offsetsEqualThoseOfTheTool() {
    assertThat(differences.offsets()).isEmpty();
  }

  @Test
  void groupsTheirLagAndTheirMembersEqualThoseOfTheTools() {
    awaitNone(fresh -> fresh.groups(PROTOCOLS));
    assertThat(values(KafkaMetric.GROUP_PARTITION_ASSIGNED)).containsValue(0.0).containsValue(1.0);
  }

  @Test
  void sizesEqualThoseOfTheTool() {
    awaitNone(KafkaDifferences::sizes);
  }

  @Test
  void partitionsEqualThoseOfTheToolAlsoWhileABrokerIsAway() throws Exception {
    assertThat(differences.partitions()).isEmpty();
    try (KafkaCollector collector = KafkaPass.collector(cluster)) {
      cluster.stop(2);
      await()
          .pollInSameThread()
          .untilAsserted(() -> {
            MetricValues broken = KafkaPass.of(collector).values();
            assertThat(broken.of(KafkaMetric.TOPIC_OFFLINE)).containsValue(1.0);
            assertThat(new KafkaDifferences(cluster.bootstrapServers(), broken).partitions())
                .isEmpty();
          });
      cluster.restart(2);
      KafkaPass.whole(collector);
    }
  }

  @Test
  void whatTheFiltersLeaveOutIsNotRead() throws Exception {
    // Not of the lags: share groups have those, too, and no offsets.
    List<String> consumption = values(KafkaMetric.GROUP_OFFSET).keySet().iterator().next();
    String group = consumption.get(0);
    String topic = consumption.get(1);
    try (KafkaCollector collector = KafkaPass.collector(cluster, only(topic), only(group))) {
      Collected filtered = KafkaPass.of(collector).collected();
      var read = new MetricValues(filtered.families());
      assertThat(filtered.missing()).isEmpty();
      assertThat(read.of(KafkaMetric.TOPIC_PARTITIONS).keySet()).containsExactly(List.of(topic));
      assertThat(read.of(KafkaMetric.GROUP_MEMBERS).keySet()).containsExactly(List.of(group));
      assertThat(read.of(KafkaMetric.GROUP_OFFSET).keySet())
          .isNotEmpty()
          .allMatch(labels -> labels.subList(0, 2).equals(List.of(group, topic)));
      assertThat(read.of(MessagingMetric.DESTINATIONS)).containsValue(1.0);
    }
  }

  @Test
  void aGroupThatNeverCommittedHasMembersAndNoLag() {
    assertThat(shapes.groupsWithoutCommits())
        .isNotEmpty()
        .allSatisfy(group -> {
          assertThat(values(KafkaMetric.GROUP_MEMBERS)).containsEntry(List.of(group), 1.0);
          assertThat(values(KafkaMetric.GROUP_LAG).keySet())
              .noneMatch(labels -> labels.getFirst().equals(group));
          assertThat(values(MessagingMetric.CONSUMER_LAG).keySet())
              .noneMatch(labels -> labels.contains(group));
        });
  }

  @Test
  void lagInSecondsIsZeroWhereLagIsZero() {
    Map<List<String>, Double> seconds = values(MessagingMetric.CONSUMER_LAG_SECONDS);
    List<List<String>> caughtUp =
        values(MessagingMetric.CONSUMER_LAG).entrySet().stream()
            .filter(entry -> entry.getValue() == 0)
            .map(Map.Entry::getKey)
            .toList();
    assertThat(caughtUp)
        .isNotEmpty()
        .allSatisfy(labels -> assertThat(seconds).containsEntry(labels, 0.0));
  }

  @Test
  void sumsAreThoseOfTheirParts() {
    Map<List<String>, Double> sums =
        values(MessagingMetric.CONSUMER_LAG).entrySet().stream()
            .collect(
                Collectors.toMap(
                    entry -> entry.getKey().subList(1, 3).reversed(), Map.Entry::getValue));
    Map<List<String>, Double> parts =
        values(KafkaMetric.GROUP_LAG).entrySet().stream()
            .filter(entry -> sums.containsKey(entry.getKey().subList(0, 2)))
            .collect(
                Collectors.groupingBy(
                    entry -> entry.getKey().subList(0, 2),
                    Collectors.summingDouble(Map.Entry::getValue)));
    assertThat(parts).isEqualTo(sums);
  }

  @Test
  void otherVocabulariesSayTheSame() throws Exception {
    try (KafkaCollector collector = KafkaPass.collector(cluster, List.of(Vocabulary.values()))) {
      MetricValues read = KafkaPass.whole(collector).values();
      assertThat(read.of(KminionMetric.UP)).containsExactly(Map.entry(List.of(), 1.0));
      assertThat(read.of(KminionMetric.CLUSTER).keySet())
          .singleElement()
          .asInstanceOf(LIST)
          .startsWith("3")
          .doesNotContain("");
      assertThat(read.of(KminionMetric.BROKER_BYTES)).hasSize(3);
      assertThat(read.of(KminionMetric.TOPIC_BYTES).keySet())
          .isEqualTo(read.of(KafkaMetric.TOPIC_PARTITIONS).keySet());
      assertThat(read.of(KminionMetric.PARTITION_START))
          .isEqualTo(read.of(KafkaMetric.PARTITION_START));
      assertThat(read.of(KminionMetric.PARTITION_END))
          .isEqualTo(read.of(KafkaMetric.PARTITION_END));
      assertThat(read.of(KminionMetric.GROUP_PARTITION_LAG))
          .isEqualTo(read.of(KafkaMetric.GROUP_LAG));
      assertThat(read.of(KminionMetric.GROUP).keySet())
          .anySatisfy(labels -> assertThat(labels).contains("range", "consumer", "Stable"));
      assertThat(withoutFirst(read.of(BurrowMetric.PARTITION_END)))
          .isEqualTo(read.of(KafkaMetric.PARTITION_END));
      assertThat(withoutFirst(read.of(BurrowMetric.LAG))).isEqualTo(read.of(KafkaMetric.GROUP_LAG));
      assertThat(withoutFirst(read.of(BurrowMetric.OFFSET)))
          .isEqualTo(read.of(KafkaMetric.GROUP_OFFSET));
      assertThat(read.of(BurrowMetric.STATUS)).containsValue(1.0);
      assertThat(read.of(KafkaExporterMetric.LAG_SUM)).isEqualTo(read.of(KminionMetric.GROUP_LAG));
      assertThat(read.of(KafkaExporterMetric.LAG_SUM))
          .hasSameSizeAs(read.of(MessagingMetric.CONSUMER_LAG));
    }
  }

  /** Returns the values without the label that comes first, the cluster. */
  private static Map<List<String>, Double> withoutFirst(Map<List<String>, Double> values) {
    return values.entrySet().stream()
        .collect(
            Collectors.toMap(
                entry -> entry.getKey().subList(1, entry.getKey().size()), Map.Entry::getValue));
  }

  /**
   * Compares until both sides agree: share groups and the brokers' own topics come to rest a little
   * later than all the rest.
   */
  private static void awaitNone(Function<KafkaDifferences, List<String>> comparison) {
    try (KafkaCollector collector = KafkaPass.collector(cluster)) {
      await()
          .pollInSameThread()
          .atMost(Duration.ofMinutes(2))
          .untilAsserted(() -> {
            MetricValues values = KafkaPass.of(collector).values();
            var fresh = new KafkaDifferences(cluster.bootstrapServers(), values);
            assertThat(comparison.apply(fresh)).isEmpty();
          });
    }
  }

  private static NameFilter only(String name) {
    return new NameFilter(List.of(Pattern.compile(Pattern.quote(name))), List.of());
  }

  private static Map<List<String>, Double> values(MetricDescriptor descriptor) {
    return pass.values().of(descriptor);
  }
}
