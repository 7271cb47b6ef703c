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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SidecarCollectorTest {

  private static final List<MetricFamily> FAMILIES =
      List.of(
          family("up", "messaging_cluster=shop"),
          family("end", "topic=orders,partition=0", "topic=orders,partition=1"),
          family("lag", "topic_name=orders,group_id=billing", "topic_name=orders,group_id="),
          family("queue", "vhost=/,queue=in", "vhost=/a,queue=in"),
          family("broker_up", "broker=a,broker_id=0", "broker=a,broker_id=1"),
          family("cpu", "messaging_broker_name=a", "messaging_broker_name=gone"));

  /** By what each series of these families is about, in that order. */
  private static final Map<Subject, String> LEADERS =
      Map.of(
          new Subject("", "", "", "", "orders", "0"), "b",
          new Subject("", "", "", "", "orders", "1"), "c",
          new Subject("", "", "billing", "", "orders", ""), "c",
          new Subject("", "", "", "/", "in", ""), "b",
          new Subject("a", "0", "", "", "", ""), "a",
          new Subject("a", "1", "", "", "", ""), "b",
          new Subject("a", "", "", "", "", ""), "a",
          new Subject("gone", "", "", "", "", ""), "gone");

  private final WholeCollector whole =
      new WholeCollector(FAMILIES, subject -> LEADERS.getOrDefault(subject, ""), "a", "b", "c");

  @Test
  void eachBrokersSeriesAreItsOwnAndTheFirstHasWhatNoneLeads() throws Exception {
    assertThat(series("a"))
        .containsExactly(
            "up[shop]", "lag[orders,]", "queue[/a,in]", "broker_up[a,0]", "cpu[a]", "cpu[gone]");
    assertThat(series("b")).containsExactly("end[orders,0]", "queue[/,in]", "broker_up[a,1]");
    assertThat(series("c")).containsExactly("end[orders,1]", "lag[orders,billing]");
    whole.node("b", FAMILIES.subList(0, 1));
    assertThat(collect("a").nodes()).isEmpty();
    assertThat(collect("b").nodes()).containsOnlyKeys("b");
  }

  @Test
  void whatABrokerLedThatNoLongerRunsIsWithTheFirst() throws Exception {
    whole.running("b", "c");

    assertThat(series("b"))
        .containsExactly(
            "up[shop]",
            "end[orders,0]",
            "lag[orders,]",
            "queue[/,in]",
            "queue[/a,in]",
            "broker_up[a,0]",
            "broker_up[a,1]",
            "cpu[a]",
            "cpu[gone]");
    assertThat(series("c")).containsExactly("end[orders,1]", "lag[orders,billing]");
  }

  @Test
  void besideABrokerThatDoesNotRunNothingIsShownAndThatIsSaid() throws Exception {
    Collected collected = collect("gone");

    assertThat(collected.families()).isEmpty();
    assertThat(collected.missing())
        .containsExactly(
            new Missing("what broker gone leads", "it is not one of those that run: a, b, c"),
            new Missing("a part", "a reason"));
  }

  @Test
  void whoRunsIsRememberedWhileItIsNotKnown() throws Exception {
    var sidecar = new SidecarCollector(whole, "b");
    whole.running();
    assertThat(sidecar.collect(Deadline.after(Duration.ofSeconds(1))).missing())
        .contains(new Missing("what broker b leads", "it is not known which brokers run"));

    whole.running("a", "b", "c");
    sidecar.collect(Deadline.after(Duration.ofSeconds(1)));
    whole.running();

    assertThat(series(sidecar.collect(Deadline.after(Duration.ofSeconds(1))).families()))
        .containsExactly("end[orders,0]", "queue[/,in]", "broker_up[a,1]");
  }

  @Test
  void eachTellsThatTheClusterIsAway() {
    for (String broker : List.of("a", "b", "gone")) {
      assertThat(series(new SidecarCollector(whole, broker).unavailable()))
          .containsExactly("up[shop]");
    }
  }

  private List<String> series(String broker) throws Exception {
    return series(collect(broker).families());
  }

  private Collected collect(String broker) throws Exception {
    return new SidecarCollector(whole, broker).collect(Deadline.after(Duration.ofSeconds(1)));
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

  /** Returns a family whose series have these labels, all of the same names. */
  private static MetricFamily family(String name, String... series) {
    var samples = new ArrayList<Sample>();
    var labels = new ArrayList<String>();
    for (String one : series) {
      String[] pairs = one.split(",", -1);
      labels.clear();
      Arrays.stream(pairs).map(pair -> pair.split("=", -1)[0]).forEach(labels::add);
      samples.add(new Sample(Arrays.stream(pairs).map(pair -> pair.split("=", -1)[1]).toList(), 1));
    }
    var definition =
        new MetricDefinition(name, MetricType.GAUGE, "Help.", labels, Granularity.CLUSTER);
    return new MetricFamily(() -> definition, samples);
  }
}
