package io.mqexporter.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import io.mqexporter.brokers.KafkaBroker;
import io.mqexporter.brokers.KafkaTools;
import io.mqexporter.collector.Collected;
import io.mqexporter.collector.Deadline;
import io.mqexporter.collector.NameFilter;
import io.mqexporter.kafka.KafkaCollector;
import io.mqexporter.kafka.KafkaConfig;
import io.mqexporter.kafka.KafkaMetric;
import io.mqexporter.kafka.vocabulary.BurrowMetric;
import io.mqexporter.kafka.vocabulary.KafkaExporterMetric;
import io.mqexporter.kafka.vocabulary.KminionMetric;
import io.mqexporter.kafka.vocabulary.Vocabulary;
import io.mqexporter.messaging.MessagingMetric;
import io.mqexporter.metric.MetricDescriptor;
import io.mqexporter.metric.Sample;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Holds the numbers of a collection against those of Kafka's own tools, with everything at rest.
 */
class KafkaTruthIT {

  private static KafkaBroker broker;
  private static KafkaShapes shapes;
  private static KafkaTools tools;
  private static Collected collected;

  @BeforeAll
  static void collect() throws Exception {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("KafkaTruthIT: again with -Dseed=" + seed);
    broker = KafkaBroker.start("kafka-truth");
    shapes = KafkaShapes.create(broker, seed);
    tools = new KafkaTools(broker.bootstrapServers());
    var config =
        new KafkaConfig(
            broker.bootstrapServers(), Map.of(), KafkaConfig.DEFAULT_DEAD_LETTER_TOPICS);
    try (var collector =
        new KafkaCollector("truth", config, Duration.ofMinutes(5), Clock.systemUTC())) {
      collected = collector.collect(Deadline.after(Duration.ofSeconds(30)));
    }
  }

  @AfterAll
  static void stop() {
    try (KafkaBroker _ = broker) {
      if (shapes != null) {
        shapes.close();
      }
    }
  }

  @Test
  void everythingIsRead() {
    assertThat(collected.missing()).isEmpty();
    assertThat(values(KafkaMetric.GROUP_STATE)).hasSizeGreaterThanOrEqualTo(50);
    assertThat(values(KafkaMetric.TOPIC_PARTITIONS)).hasSizeGreaterThanOrEqualTo(50);
  }

  @Test
  void whatTheFiltersLeaveOutIsNotRead() throws Exception {
    List<String> consumption = values(KafkaMetric.GROUP_LAG).keySet().iterator().next();
    String group = consumption.get(0);
    String topic = consumption.get(1);
    var config =
        new KafkaConfig(broker.bootstrapServers(), Map.of(), KafkaConfig.DEFAULT_DEAD_LETTER_TOPICS)
            .reading(only(topic), only(group));
    try (var collector =
        new KafkaCollector("truth", config, Duration.ofMinutes(5), Clock.systemUTC())) {
      Collected filtered = collector.collect(Deadline.after(Duration.ofSeconds(30)));
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
  void startAndEndOffsetsEqualThoseOfTheTool() {
    assertThat(values(KafkaMetric.PARTITION_START)).isEqualTo(toolOffsets("earliest"));
    assertThat(values(KafkaMetric.PARTITION_END)).isEqualTo(toolOffsets("latest"));
  }

  @Test
  void committedOffsetsAndLagEqualThoseOfTheTool() {
    List<KafkaTools.Committed> lines = tools.committed();
    Map<List<String>, Double> offsets =
        byKey(lines, KafkaTruthIT::key, KafkaTools.Committed::committed);
    // The tool prints a negative lag for a commit beyond the end.
    Map<List<String>, Double> lags =
        byKey(
            lines.stream().filter(line -> line.lag().orElse(-1) >= 0).toList(),
            KafkaTruthIT::key,
            KafkaTools.Committed::lag);
    Map<List<String>, Double> lagsOfShareGroups =
        byKey(
            tools.shared(),
            line -> List.of(line.group(), line.topic(), Integer.toString(line.partition())),
            KafkaTools.Shared::lag);
    assertThat(offsets).hasSizeGreaterThan(300);
    assertThat(lagsOfShareGroups).isNotEmpty();
    lags.putAll(lagsOfShareGroups);
    assertThat(values(KafkaMetric.GROUP_OFFSET)).isEqualTo(offsets);
    assertThat(values(KafkaMetric.GROUP_LAG)).isEqualTo(lags);
  }

  @Test
  void statesAndMembersEqualThoseOfTheTool() {
    Map<List<String>, Double> members = values(KafkaMetric.GROUP_MEMBERS);
    Set<List<String>> states = values(KafkaMetric.GROUP_STATE).keySet();
    List<KafkaTools.State> lines = tools.states();
    assertThat(lines)
        .hasSizeGreaterThanOrEqualTo(50)
        .allSatisfy(line -> {
          assertThat(members).containsEntry(List.of(line.group()), (double) line.members());
          assertThat(states)
              .anySatisfy(
                  labels -> assertThat(labels).startsWith(line.group()).endsWith(line.state()));
        });
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
    var config =
        new KafkaConfig(broker.bootstrapServers(), Map.of(), KafkaConfig.DEFAULT_DEAD_LETTER_TOPICS)
            .speaking(List.of(Vocabulary.values()));
    try (var collector =
        new KafkaCollector("truth", config, Duration.ofMinutes(5), Clock.systemUTC())) {
      var read =
          new MetricValues(collector.collect(Deadline.after(Duration.ofSeconds(30))).families());
      assertThat(read.of(KminionMetric.UP)).containsExactly(Map.entry(List.of(), 1.0));
      assertThat(read.of(KminionMetric.CLUSTER).keySet())
          .singleElement()
          .asInstanceOf(LIST)
          .startsWith("1")
          .doesNotContain("");
      assertThat(read.of(KminionMetric.BROKER_BYTES)).hasSize(1);
      assertThat(read.of(KminionMetric.TOPIC_BYTES).keySet())
          .isEqualTo(read.of(KafkaMetric.TOPIC_PARTITIONS).keySet());
      assertThat(read.of(KminionMetric.PARTITION_START)).isEqualTo(toolOffsets("earliest"));
      assertThat(read.of(KminionMetric.PARTITION_END)).isEqualTo(toolOffsets("latest"));
      assertThat(read.of(KminionMetric.GROUP_PARTITION_LAG))
          .isEqualTo(values(KafkaMetric.GROUP_LAG));
      assertThat(read.of(KminionMetric.GROUP).keySet())
          .anySatisfy(labels -> assertThat(labels).contains("range", "consumer", "Stable"));
      assertThat(withoutFirst(read.of(BurrowMetric.PARTITION_END)))
          .isEqualTo(toolOffsets("latest"));
      assertThat(withoutFirst(read.of(BurrowMetric.LAG))).isEqualTo(values(KafkaMetric.GROUP_LAG));
      assertThat(withoutFirst(read.of(BurrowMetric.OFFSET)))
          .isEqualTo(values(KafkaMetric.GROUP_OFFSET));
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

  private static NameFilter only(String name) {
    return new NameFilter(List.of(Pattern.compile(Pattern.quote(name))), List.of());
  }

  /** Returns the values of a metric by its labels, without those that name system and cluster. */
  private static Map<List<String>, Double> values(MetricDescriptor descriptor) {
    int skipped = descriptor.labelNames().indexOf("messaging_cluster") + 1;
    return collected.families().stream()
        .filter(family -> family.descriptor().equals(descriptor))
        .flatMap(family -> family.samples().stream())
        .collect(
            Collectors.toMap(
                sample -> sample.labelValues().subList(skipped, sample.labelValues().size()),
                Sample::value));
  }

  private static Map<List<String>, Double> toolOffsets(String time) {
    return tools.offsets(time).stream()
        .collect(
            Collectors.toMap(
                line -> List.of(line.topic(), Integer.toString(line.partition())),
                line -> (double) line.offset()));
  }

  private static List<String> key(KafkaTools.Committed line) {
    return List.of(line.group(), line.topic(), Integer.toString(line.partition()));
  }

  /** Returns what lines know, by their labels. */
  private static <T> Map<List<String>, Double> byKey(
      List<T> lines, Function<T, List<String>> key, Function<T, OptionalLong> value) {
    return lines.stream()
        .filter(line -> value.apply(line).isPresent())
        .collect(Collectors.toMap(key, line -> (double) value.apply(line).getAsLong()));
  }
}
