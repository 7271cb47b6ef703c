package io.mqexporter.exposition;

import com.sun.management.ThreadMXBean;
import io.mqexporter.collection.CollectionResult;
import io.mqexporter.collection.Exposed;
import io.mqexporter.collection.SeriesLimit;
import io.mqexporter.collection.Target;
import io.mqexporter.metric.MetricFamilies;
import io.mqexporter.metric.MetricFamily;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Compares what 100,000 series cost here with what they cost with client_java's writer. */
final class ExpositionBenchmark {

  private static final int SERIES = 100_000;
  private static final int WARM_UP_RUNS = 20;
  private static final int RUNS = 21;

  private ExpositionBenchmark() {}

  private interface Work {
    void run() throws IOException;
  }

  private static final class PingPong {
    private final List<MetricFamily> even;
    private final List<MetricFamily> odd;
    private boolean isOdd;

    private PingPong(List<MetricFamily> even, List<MetricFamily> odd) {
      this.even = even;
      this.odd = odd;
    }

    private List<MetricFamily> next() {
      isOdd = !isOdd;
      return isOdd ? odd : even;
    }
  }

  private record Cost(double millis, double bytesASeries) {}

  public static void main(String[] arguments) throws IOException {
    // Two passes that name the same series with strings of their own, as two collections do.
    var passes = new PingPong(families(0), families(1));
    MetricSnapshots snapshots = snapshots(families(0));
    var pages = new MetricsPages(List.of(), Clock.systemUTC());
    var writer = new SeriesWriter(TestMetric.DEPTH);
    var sink = new ByteSink();
    var target =
        new Target(
            "kafka", "benchmark", Duration.ofMinutes(10), Duration.ofSeconds(5), SeriesLimit.NONE);
    var text = PrometheusTextFormatWriter.create();
    var openMetrics = OpenMetricsTextFormatWriter.create();

    System.out.printf("%,d series with 2 labels, %d runs, median%n", SERIES, RUNS);
    Cost theirWrite = measure(() -> text.write(OutputStream.nullOutputStream(), snapshots));
    Cost ourWrite =
        measure(() -> {
          sink.clear();
          passes.next().getFirst().samples().forEach(sample -> writer.write(sample, sink));
        });
    print("write the text format once", "client_java", theirWrite, ourWrite);

    Cost theirPage =
        measure(() -> {
          gzip(text, snapshots);
          gzip(openMetrics, snapshots);
        });
    Cost ourPage =
        measure(() ->
            pages.accept(
                new CollectionResult.Success(
                    target, Clock.systemUTC().instant(), Duration.ZERO, SERIES, List.of()),
                new Exposed(passes.next())));
    print("once a collection: both formats, plain and gzip", "client_java", theirPage, ourPage);

    Cost theirScrape = measure(() -> gzip(openMetrics, snapshots));
    Cost ourScrape =
        measure(() -> {
          for (byte[] piece : pages.page(ExpositionFormat.OPENMETRICS).gzip()) {
            OutputStream.nullOutputStream().write(piece);
          }
        });
    print("once a scrape: OpenMetrics, gzip", "client_java", theirScrape, ourScrape);
  }

  private static void gzip(ExpositionFormatWriter writer, MetricSnapshots snapshots)
      throws IOException {
    try (var out = new GZIPOutputStream(OutputStream.nullOutputStream())) {
      writer.write(out, snapshots);
    }
  }

  private static void print(String what, String theirName, Cost theirs, Cost ours) {
    System.out.printf(
        "%-50s %s %8.2f ms %8.1f B a series, here %8.3f ms %6.1f B a series: %.1f times as fast%n",
        what,
        theirName,
        theirs.millis(),
        theirs.bytesASeries(),
        ours.millis(),
        ours.bytesASeries(),
        theirs.millis() / ours.millis());
  }

  private static Cost measure(Work work) throws IOException {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (int i = 0; i < WARM_UP_RUNS; i++) {
      work.run();
    }
    var millis = new double[RUNS];
    long allocatedBefore = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < RUNS; i++) {
      long start = System.nanoTime();
      work.run();
      millis[i] = (System.nanoTime() - start) / 1e6;
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - allocatedBefore;
    Arrays.sort(millis);
    return new Cost(millis[RUNS / 2], (double) allocated / RUNS / SERIES);
  }

  private static List<MetricFamily> families(int pass) {
    var families = new MetricFamilies();
    for (int i = 0; i < SERIES; i++) {
      families.add(
          TestMetric.DEPTH, i * 7L + pass, "cluster-east-1", "team-" + i % 100 + ".orders." + i);
    }
    return families.toList();
  }

  private static MetricSnapshots snapshots(List<MetricFamily> families) {
    var gauge = GaugeSnapshot.builder().name(TestMetric.DEPTH.metricName()).help("Messages held.");
    families
        .getFirst()
        .samples()
        .forEach(sample ->
            gauge.dataPoint(
                new GaugeDataPointSnapshot(
                    sample.value(),
                    Labels.of(
                        "cluster_name",
                        sample.labelValues().get(0),
                        "queue",
                        sample.labelValues().get(1)),
                    null)));
    return new MetricSnapshots(gauge.build());
  }
}
