package io.mqexporter.exposition;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mqexporter.collection.CollectionResult;
import io.mqexporter.collection.Exposed;
import io.mqexporter.collection.SeriesLimit;
import io.mqexporter.collection.Target;
import io.mqexporter.metric.MetricFamilies;
import io.mqexporter.metric.MetricFamily;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class MetricsPagesTest {

  private final TestClock clock = new TestClock();
  private final MetricsPages pages = new MetricsPages(List.of(), clock);

  @Test
  void aFamilyIsOneGroupHoweverManyTargetsHaveIt() {
    accept("east", depth("east", "a", 1));
    accept("west", depth("west", "b", 2.5));

    assertThat(own(ExpositionFormat.TEXT))
        .isEqualTo(
            """
            # HELP queue_depth Messages "held" in C:\\\\queue.\\nNow.
            # TYPE queue_depth gauge
            queue_depth{cluster_name="east",queue="a"} 1
            queue_depth{cluster_name="west",queue="b"} 2.5
            """);
  }

  @Test
  void whatATargetHasUnderANameOfTheProcessIsInOneGroupWithIt() {
    pages.process(depth("", "own", 3));
    accept("east", depth("east", "a", 1));

    assertThat(own(ExpositionFormat.TEXT))
        .endsWith(
            """
            # TYPE queue_depth gauge
            queue_depth{queue="own"} 3
            queue_depth{cluster_name="east",queue="a"} 1
            """);
  }

  @Test
  void openMetricsNamesACounterWithoutItsSuffix() {
    var families = new MetricFamilies();
    families.add(TestMetric.SENT, 3, "east", "a");
    accept("east", families.toList());

    assertThat(own(ExpositionFormat.OPENMETRICS))
        .isEqualTo(
            """
            # HELP sent_messages Messages sent.
            # TYPE sent_messages counter
            sent_messages_total{cluster_name="east",queue="a"} 3
            """);
    assertThat(plain(ExpositionFormat.OPENMETRICS)).endsWith("# EOF\n");
  }

  @Test
  void anEmptyLabelIsLeftOut() {
    accept("east", depth("", "a", 1));
    assertThat(own(ExpositionFormat.TEXT)).contains("\nqueue_depth{queue=\"a\"} 1\n");

    accept("east", depth("", "", 1));
    assertThat(own(ExpositionFormat.TEXT)).contains("\nqueue_depth 1\n");
  }

  @Test
  void seriesThatComeAndGoLeaveNothingBehind() {
    accept("east", depths("a", "b", "c"));
    accept("east", depths("b", "c"));
    assertThat(queues()).containsExactly("b", "c");

    accept("east", depths("a", "b", "c", "d"));
    assertThat(queues()).containsExactly("a", "b", "c", "d");

    accept("east", List.of());
    assertThat(own(ExpositionFormat.TEXT)).isEmpty();
  }

  @Test
  void aResultOlderThanThreeIntervalsIsLeftOut() {
    accept("east", depths("a"));

    clock.now = clock.now.plusSeconds(29);
    assertThat(queues()).containsExactly("a");

    clock.now = clock.now.plusSeconds(1);
    assertThat(queues()).isEmpty();
  }

  @Test
  void theCompressedPageIsThePlainOne() throws IOException {
    var random = new Random(7);
    var families = new MetricFamilies();
    for (int i = 0; i < 5_000; i++) {
      families.add(TestMetric.DEPTH, random.nextGaussian(), "east", "queue-" + random.nextLong());
    }
    families.add(TestMetric.SENT, 1, "east", "a");
    accept("east", families.toList());

    for (ExpositionFormat format : ExpositionFormat.values()) {
      byte[] compressed = join(pages.page(format).gzip());
      assertThat(
              new String(
                  new GZIPInputStream(new ByteArrayInputStream(compressed)).readAllBytes(), UTF_8))
          .isEqualTo(plain(format));
      assertThat(compressed.length).isLessThan(plain(format).length() / 2);
    }
  }

  @Test
  void clientJavaWritesTheSame() throws IOException {
    List<String> values =
        List.of(
            "plain", "", "a\"b", "back\\slash", "line\nbreak", "\\n", "ünï©ødé 🐇", "{}", "x y");
    var families = new MetricFamilies();
    var gauge =
        GaugeSnapshot.builder().name(TestMetric.DEPTH.metricName()).help(TestMetric.DEPTH.help());
    var counter = CounterSnapshot.builder().name("sent_messages").help(TestMetric.SENT.help());
    for (String value : values.stream().sorted().toList()) {
      Labels labels =
          value.isEmpty()
              ? Labels.of("cluster_name", "east")
              : Labels.of("cluster_name", "east", "queue", value);
      families.add(TestMetric.DEPTH, -0.25, "east", value);
      families.add(TestMetric.SENT, 1.5, "east", value);
      gauge.dataPoint(new GaugeDataPointSnapshot(-0.25, labels, null));
      counter.dataPoint(new CounterDataPointSnapshot(1.5, labels, null, 0));
    }
    accept("east", families.toList());
    var snapshots = new MetricSnapshots(gauge.build(), counter.build());

    var text = new ByteArrayOutputStream();
    PrometheusTextFormatWriter.create().write(text, snapshots);
    assertThat(own(ExpositionFormat.TEXT)).isEqualTo(text.toString(UTF_8));

    // OpenMetrics leaves it open whether HELP or TYPE comes first; client_java begins with TYPE.
    var openMetrics = new ByteArrayOutputStream();
    OpenMetricsTextFormatWriter.create().write(openMetrics, snapshots);
    assertThat((own(ExpositionFormat.OPENMETRICS) + "# EOF\n").lines())
        .containsExactlyInAnyOrderElementsOf(openMetrics.toString(UTF_8).lines().toList());
  }

  private List<String> queues() {
    return own(ExpositionFormat.TEXT)
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.replaceAll(".*queue=\"(.*)\".*", "$1"))
        .toList();
  }

  private static List<MetricFamily> depths(String... queues) {
    var families = new MetricFamilies();
    for (String queue : queues) {
      families.add(TestMetric.DEPTH, 1, "east", queue);
    }
    return families.toList();
  }

  private static List<MetricFamily> depth(String cluster, String queue, double value) {
    var families = new MetricFamilies();
    families.add(TestMetric.DEPTH, value, cluster, queue);
    return families.toList();
  }

  private void accept(String name, List<MetricFamily> families) {
    var target =
        new Target("kafka", name, Duration.ofSeconds(10), Duration.ofSeconds(5), SeriesLimit.NONE);
    pages.accept(
        new CollectionResult.Success(target, clock.now, Duration.ofMillis(5), 1, List.of()),
        new Exposed(families));
  }

  /** The page without the end that OpenMetrics wants. */
  private String own(ExpositionFormat format) {
    String page = plain(format);
    return format == ExpositionFormat.OPENMETRICS ? page.replaceFirst("# EOF\n$", "") : page;
  }

  private String plain(ExpositionFormat format) {
    MetricsPage page = pages.page(format);
    try (InputStream plain = page.plain()) {
      byte[] bytes = plain.readAllBytes();
      assertThat(bytes).hasSize((int) page.plainLength());
      return new String(bytes, UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] join(byte[][] pieces) {
    var out = new ByteArrayOutputStream();
    for (byte[] piece : pieces) {
      out.writeBytes(piece);
    }
    return out.toByteArray();
  }
}
