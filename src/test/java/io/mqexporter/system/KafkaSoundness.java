package io.mqexporter.system;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.mqexporter.kafka.KafkaMetric;
import io.mqexporter.messaging.MessagingMetric;
import io.mqexporter.metric.MetricDescriptor;
import io.mqexporter.metric.MetricFamily;
import io.mqexporter.metric.MetricType;
import io.mqexporter.metric.Sample;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What must hold of each collection, whatever happens to a cluster that loses nothing. */
final class KafkaSoundness {

  private final Map<String, Double> counters = new HashMap<>();

  /** Checks one collection, and that no counter has fallen since the one before. */
  void check(KafkaPass pass) {
    assertThat(pass.time()).isLessThan(KafkaPass.TIMEOUT);
    MetricValues values = pass.values();
    for (MetricDescriptor lag :
        List.of(
            KafkaMetric.GROUP_LAG,
            KafkaMetric.GROUP_READ_COMMITTED_LAG,
            MessagingMetric.CONSUMER_LAG,
            MessagingMetric.CONSUMER_LAG_SECONDS)) {
      assertThat(values.of(lag).values()).allMatch(value -> value >= 0);
    }
    assertThat(values.of(KafkaMetric.GROUP_OFFSET_ANOMALY)).isEmpty();
    assertThat(values.of(KafkaMetric.TOPIC_RECREATIONS).values()).allMatch(value -> value == 0);
    assertThat(values.of(KafkaMetric.TOPIC_TRUNCATIONS).values()).allMatch(value -> value == 0);
    assertThat(values.of(MessagingMetric.CONSUMER_LOST).values()).allMatch(value -> value == 0);
    assertThat(values.of(MessagingMetric.CONSUMERS))
        .containsEntry(List.of("lost"), 0.0)
        .containsEntry(List.of("rewound"), 0.0);
    assertSums(values);
    assertNoCounterFalls(pass.collected().families());
  }

  /** A sum equals its parts, or is absent if one of them is. */
  private static void assertSums(MetricValues values) {
    Map<List<String>, Double> offsets = values.of(KafkaMetric.GROUP_OFFSET);
    Map<List<String>, Double> lags = sums(values.of(KafkaMetric.GROUP_LAG), 2, offsets.keySet());
    assertThat(ofGroups(values, MessagingMetric.CONSUMER_LAG)).isEqualTo(lags);
    assertThat(ofGroups(values, MessagingMetric.CONSUMER_ACKNOWLEDGED))
        .isEqualTo(sums(offsets, 2, offsets.keySet()));
    Set<List<String>> partitions = values.of(KafkaMetric.PARTITION_REPLICAS).keySet();
    Map<List<String>, Double> ends = values.of(KafkaMetric.PARTITION_END);
    Map<List<String>, Double> produced = sums(ends, 1, partitions);
    assertThat(ofTopics(values, MessagingMetric.DESTINATION_PRODUCED)).isEqualTo(produced);
    Map<List<String>, Double> starts = sums(values.of(KafkaMetric.PARTITION_START), 1, partitions);
    assertThat(ofTopics(values, MessagingMetric.DESTINATION_MESSAGES))
        .isEqualTo(
            produced.entrySet().stream()
                .filter(entry -> starts.containsKey(entry.getKey()))
                .collect(
                    toMap(
                        Map.Entry::getKey,
                        entry -> entry.getValue() - starts.getOrDefault(entry.getKey(), 0.0))));
  }

  /** Returns sums by the first labels, without those of which one of all parts is not there. */
  private static Map<List<String>, Double> sums(
      Map<List<String>, Double> parts, int labels, Set<List<String>> all) {
    Map<List<String>, List<List<String>>> keys =
        all.stream().collect(groupingBy(key -> key.subList(0, labels)));
    return keys.entrySet().stream()
        .filter(entry -> parts.keySet().containsAll(entry.getValue()))
        .collect(
            toMap(
                Map.Entry::getKey,
                entry ->
                    entry.getValue().stream()
                        .mapToDouble(key -> parts.getOrDefault(key, 0.0))
                        .sum()));
  }

  /** Returns values by group and topic. */
  private static Map<List<String>, Double> ofGroups(MetricValues values, MetricDescriptor metric) {
    return values.of(metric).entrySet().stream()
        .collect(toMap(entry -> entry.getKey().subList(1, 3).reversed(), Map.Entry::getValue));
  }

  /** Returns values by topic. */
  private static Map<List<String>, Double> ofTopics(MetricValues values, MetricDescriptor metric) {
    return values.of(metric).entrySet().stream()
        .collect(toMap(entry -> entry.getKey().subList(1, 2), Map.Entry::getValue));
  }

  private void assertNoCounterFalls(List<MetricFamily> families) {
    for (MetricFamily family : families) {
      if (family.descriptor().definition().type() == MetricType.COUNTER) {
        for (Sample sample : family.samples()) {
          String series = family.descriptor().metricName() + sample.labelValues();
          Double before = counters.put(series, sample.value());
          if (before != null) {
            assertThat(sample.value()).as(series).isGreaterThanOrEqualTo(before);
          }
        }
      }
    }
  }
}
