package io.mqexporter.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.mqexporter.brokers.Ports;
import io.mqexporter.collector.Collected;
import io.mqexporter.collector.CollectionException;
import io.mqexporter.collector.Collector;
import io.mqexporter.collector.Deadline;
import io.mqexporter.messaging.BrokerMetric;
import io.mqexporter.messaging.MessagingMetric;
import io.mqexporter.metric.MetricDescriptor;
import io.mqexporter.metric.MetricFamily;
import io.mqexporter.metric.MetricType;
import io.mqexporter.metric.Sample;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What every collector holds to, whatever the broker. A subclass brings a real broker. */
abstract class CollectorContract {

  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Duration SHORT = Duration.ofSeconds(2);
  private static final Duration GRACE = Duration.ofSeconds(2);
  private static final int CYCLES = 10;

  /** Returns a new collector for the real broker. */
  abstract Collector collector();

  /** Returns a new collector for whatever listens at an address. */
  abstract Collector collectorAt(String host, int port);

  /** Returns the catalogue of the broker's own metrics. */
  abstract List<? extends MetricDescriptor> catalogue();

  @Test
  void readsEverythingFromARunningBroker() throws Exception {
    try (Collector collector = collector()) {
      Collected collected = collector.collect(Deadline.after(LONG));
      assertThat(collected.missing()).isEmpty();
      assertThat(series(collected.families()))
          .contains("messaging_up" + List.of(collector.system(), collector.name()));
    }
  }

  @Test
  void usesOnlyMetricsOfTheCatalogues() throws Exception {
    try (Collector collector = collector()) {
      var known = new HashSet<MetricDescriptor>(catalogue());
      known.addAll(List.of(MessagingMetric.values()));
      known.addAll(List.of(BrokerMetric.values()));
      for (MetricFamily family : collector.collect(Deadline.after(LONG)).families()) {
        assertThat(family.descriptor()).isIn(known);
        int cluster = family.descriptor().labelNames().indexOf("messaging_cluster");
        assertThat(family.samples())
            .isNotEmpty()
            .allSatisfy(sample -> {
              assertThat(sample.labelValues())
                  .hasSameSizeAs(family.descriptor().labelNames())
                  .element(cluster)
                  .isEqualTo(collector.name());
              assertThat(sample.value()).isNotNaN();
            });
      }
    }
  }

  @Test
  void namesEveryMetricByTheRules() {
    assertThat(catalogue())
        .allSatisfy(metric -> {
          assertThat(metric.metricName()).matches("[a-z][a-z0-9_]*[a-z0-9]");
          assertThat(metric.metricName().endsWith("_total"))
              .isEqualTo(metric.type() == MetricType.COUNTER);
          assertThat(metric.help()).endsWith(".");
          assertThat(metric.labelNames()).doesNotHaveDuplicates().contains("messaging_cluster");
        });
    assertThat(catalogue()).extracting(MetricDescriptor::metricName).doesNotHaveDuplicates();
  }

  @Test
  void writesEachSeriesOnce() throws Exception {
    try (Collector collector = collector()) {
      assertThat(series(collector.collect(Deadline.after(LONG)).families()))
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void findsTheSameSeriesInTheSameOrderWhileNothingChanges() throws Exception {
    try (Collector collector = collector()) {
      collector.collect(Deadline.after(LONG));
      List<String> first = series(collector.collect(Deadline.after(LONG)).families());
      List<String> second = series(collector.collect(Deadline.after(LONG)).families());
      assertThat(second).isEqualTo(first);
    }
  }

  @Test
  void countsTheRequestsThatItSends() throws Exception {
    try (Collector collector = collector()) {
      assertThat(collector.requestsSent()).isZero();
      collector.collect(Deadline.after(LONG));
      long first = collector.requestsSent();
      assertThat(first).isPositive();
      collector.collect(Deadline.after(LONG));
      assertThat(collector.requestsSent()).isGreaterThan(first);
    }
  }

  @Test
  void saysOfAnUnavailableClusterOnlyThatItIsDown() {
    try (Collector collector = collectorAt("127.0.0.1", Ports.free())) {
      assertThat(collector.unavailable())
          .singleElement()
          .satisfies(family -> {
            assertThat(family.descriptor()).isEqualTo(MessagingMetric.UP);
            assertThat(family.samples())
                .containsExactly(new Sample(List.of(collector.system(), collector.name()), 0));
          });
    }
  }

  @Test
  void saysInOneLineThatNothingListens() {
    try (Collector collector = collectorAt("127.0.0.1", Ports.free())) {
      assertFailsInOneLine(collector);
    }
  }

  @Test
  void saysInOneLineThatANameDoesNotResolve() {
    try (Collector collector = collectorAt("no-such-broker.invalid", Ports.free())) {
      assertFailsInOneLine(collector);
    }
  }

  @Test
  void obeysTheDeadlineWhenTheBrokerNeverAnswers() {
    try (var server = new SilentServer();
        Collector collector = collectorAt("127.0.0.1", server.port())) {
      assertFailsInOneLine(collector);
    }
  }

  @Test
  void endsSoonWhenItIsInterrupted() throws Exception {
    try (var server = new SilentServer();
        Collector collector = collectorAt("127.0.0.1", server.port())) {
      var collecting = new FutureTask<>(() -> collector.collect(Deadline.after(LONG)));
      Thread thread = Thread.ofVirtual().start(collecting);
      server.awaitConnection(LONG);
      thread.interrupt();
      assertThatThrownBy(() -> collecting.get(GRACE.toMillis(), TimeUnit.MILLISECONDS))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(InterruptedException.class);
    }
  }

  @Test
  void endsSoonWhenItIsClosed() {
    try (var server = new SilentServer()) {
      Collector collector = collectorAt("127.0.0.1", server.port());
      var collecting = new FutureTask<>(() -> collector.collect(Deadline.after(LONG)));
      Thread.ofVirtual().start(collecting);
      server.awaitConnection(LONG);
      collector.close();
      assertThatThrownBy(() -> collecting.get(GRACE.toMillis(), TimeUnit.MILLISECONDS))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(CollectionException.class);
    }
  }

  @Test
  void collectsNothingOnceItIsClosed() {
    Collector collector = collector();
    collector.close();
    assertThatThrownBy(() -> collector.collect(Deadline.after(LONG)))
        .isInstanceOf(CollectionException.class);
  }

  @Test
  void leavesNoThreadBehind() throws Exception {
    collectOnceAndClose();
    Map<String, Long> before = threads();
    for (int i = 0; i < CYCLES; i++) {
      collectOnceAndClose();
    }
    await()
        .pollInSameThread()
        .untilAsserted(() ->
            assertThat(threads())
                .allSatisfy((name, count) ->
                    assertThat(count).as(name).isLessThanOrEqualTo(before.getOrDefault(name, 0L))));
  }

  private void collectOnceAndClose() throws CollectionException, InterruptedException {
    try (Collector collector = collector()) {
      collector.collect(Deadline.after(LONG));
    }
  }

  private static void assertFailsInOneLine(Collector collector) {
    long start = System.nanoTime();
    assertThatThrownBy(() -> collector.collect(Deadline.after(SHORT)))
        .isInstanceOf(CollectionException.class)
        .satisfies(failure ->
            assertThat(failure.getMessage())
                .hasSizeBetween(10, 300)
                .doesNotContain("\n")
                .doesNotContain("Exception"));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SHORT.plus(GRACE));
  }

  private static List<String> series(List<MetricFamily> families) {
    return families.stream()
        .flatMap(family ->
            family.samples().stream()
                .map(sample -> family.descriptor().metricName() + sample.labelValues()))
        .toList();
  }

  /** Counts the live threads by name, without the numbers in it and the JVM's own pools. */
  private static Map<String, Long> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(thread -> thread.getName().replaceAll("\\d+", "#"))
        .filter(name -> !name.startsWith("ForkJoinPool") && !name.startsWith("VirtualThread"))
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
  }
}
