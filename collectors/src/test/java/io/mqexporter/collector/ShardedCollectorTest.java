package io.mqexporter.collector;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.mqexporter.metric.Granularity;
import io.mqexporter.metric.MetricDefinition;
import io.mqexporter.metric.MetricFamily;
import io.mqexporter.metric.MetricType;
import io.mqexporter.metric.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShardedCollectorTest {

  private static final int TOTAL = 3;

  private static final List<MetricFamily> FAMILIES =
      List.of(
          family("up", List.of("messaging_cluster"), List.of(List.of("shop"))),
          family(
              "lag",
              List.of("messaging_cluster", "topic", "consumer_group"),
              List.of(
                  List.of("shop", "orders", "billing"),
                  List.of("shop", "orders", "shipping"),
                  List.of("shop", "payments", "billing"),
                  List.of("shop", "payments", ""))),
          family(
              "end",
              List.of("topic", "partition"),
              List.of(List.of("orders", "0"), List.of("orders", "1"))),
          family(
              "messages",
              List.of("vhost", "queue"),
              List.of(List.of("/", "in"), List.of("/a", "in"))));

  @Test
  void eachSeriesIsInOneShare() throws Exception {
    var all = new ArrayList<String>();
    for (int i = 0; i < TOTAL; i++) {
      Collected own = collector(i, Set.of()).collect(Deadline.after(Duration.ofSeconds(1)));
      all.addAll(series(own.families()));
      assertThat(series(own.nodes().getOrDefault("node", List.of())))
          .isEqualTo(series(own.families()));
      assertThat(own.families()).noneMatch(family -> family.samples().isEmpty());
      assertThat(own.missing()).hasSize(1);
    }

    assertThat(all).containsExactlyInAnyOrderElementsOf(series(FAMILIES));
  }

  @Test
  void whatAGroupHasStaysTogether() throws Exception {
    for (int i = 0; i < TOTAL; i++) {
      Collected own = collector(i, Set.of()).collect(Deadline.after(Duration.ofSeconds(1)));
      assertThat(series(own.families()).stream().filter(text -> text.contains("billing")).count())
          .isIn(0L, 2L);
      assertThat(series(own.families()).stream().filter(text -> text.startsWith("end")).count())
          .isIn(0L, 2L);
    }
  }

  @Test
  void whatCountsTheShareIsInEach() throws Exception {
    for (int i = 0; i < TOTAL; i++) {
      Collected own = collector(i, Set.of("up")).collect(Deadline.after(Duration.ofSeconds(1)));
      assertThat(series(own.families())).contains("up[shop]");
    }
  }

  @Test
  void oneTellsThatTheClusterIsAway() {
    assertThat(
            IntStream.range(0, TOTAL)
                .mapToObj(i -> series(collector(i, Set.of()).unavailable()))
                .flatMap(List::stream))
        .containsExactly("up[shop]");
  }

  private static ShardedCollector collector(int ordinal, Set<String> shared) {
    var whole = new WholeCollector(FAMILIES, _ -> "");
    whole.node("node", FAMILIES);
    return new ShardedCollector(whole, new Shard(ordinal, TOTAL), shared);
  }

  private static MetricFamily family(String name, List<String> labels, List<List<String>> values) {
    return new MetricFamily(
        () -> new MetricDefinition(name, MetricType.GAUGE, "Help.", labels, Granularity.CLUSTER),
        values.stream().map(value -> new Sample(value, 1)).toList());
  }

  private static List<String> series(List<MetricFamily> families) {
    return families.stream()
        .flatMap(family ->
            family.samples().stream()
                .map(sample ->
                    sample.labelValues().stream()
                        .collect(joining(",", family.descriptor().metricName() + "[", "]"))))
        .toList();
  }
}
