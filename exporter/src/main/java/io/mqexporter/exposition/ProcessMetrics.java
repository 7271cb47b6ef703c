package io.mqexporter.exposition;

import io.mqexporter.metric.Granularity;
import io.mqexporter.metric.MetricDefinition;
import io.mqexporter.metric.MetricDescriptor;
import io.mqexporter.metric.MetricFamily;
import io.mqexporter.metric.MetricType;
import io.mqexporter.metric.Sample;
import io.prometheus.metrics.instrumentation.jvm.JvmBufferPoolMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmClassLoadingMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmCompilationMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmGarbageCollectorMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmMemoryMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmMemoryPoolAllocationMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmNativeMemoryMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmRuntimeInfoMetric;
import io.prometheus.metrics.instrumentation.jvm.JvmThreadsMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What client_java measures of the agent's own JVM and process, as families like all others: rules
 * and relayed pages may have families of the same names, and a page has each of them once.
 */
public final class ProcessMetrics {

  private final PrometheusRegistry registry = new PrometheusRegistry();

  /** Starts to measure. */
  public ProcessMetrics() {
    JvmThreadsMetrics.builder().register(registry);
    JvmBufferPoolMetrics.builder().register(registry);
    JvmClassLoadingMetrics.builder().register(registry);
    JvmCompilationMetrics.builder().register(registry);
    JvmGarbageCollectorMetrics.builder().register(registry);
    JvmMemoryPoolAllocationMetrics.builder().register(registry);
    JvmMemoryMetrics.builder().register(registry);
    JvmRuntimeInfoMetric.builder().register(registry);
    io.prometheus.metrics.instrumentation.jvm.ProcessMetrics.builder().register(registry);
    if (tracksNativeMemory()) {
      JvmNativeMemoryMetrics.builder().register(registry);
    }
  }

  /**
   * Returns whether the JVM was told to. Who asks it for the memory starts its whole management by
   * that, a tenth of the start of an agent.
   */
  private static boolean tracksNativeMemory() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .anyMatch(argument -> argument.startsWith("-XX:NativeMemoryTracking="));
  }

  private record Measured(MetricDefinition definition) implements MetricDescriptor {}

  /** Returns what is measured now. */
  public List<MetricFamily> read() {
    return registry.scrape().stream()
        .map(ProcessMetrics::family)
        .filter(family -> !family.samples().isEmpty())
        .toList();
  }

  private static MetricFamily family(MetricSnapshot snapshot) {
    return switch (snapshot) {
      case CounterSnapshot counter ->
          family(
              counter,
              "_total",
              MetricType.COUNTER,
              counter.getDataPoints(),
              point -> Stream.of(sample(point, point.getValue(), "")));
      case GaugeSnapshot gauge ->
          family(
              gauge,
              "",
              MetricType.GAUGE,
              gauge.getDataPoints(),
              point -> Stream.of(sample(point, point.getValue(), "")));
      case InfoSnapshot info ->
          family(
              info,
              "_info",
              MetricType.GAUGE,
              info.getDataPoints(),
              point -> Stream.of(sample(point, 1, "")));
      case SummarySnapshot summary ->
          family(
              summary,
              "",
              MetricType.SUMMARY,
              summary.getDataPoints(),
              point ->
                  Stream.of(
                      sample(point, (double) point.getCount(), Sample.COUNT),
                      sample(point, point.getSum(), Sample.SUM)));
      default -> throw new IllegalStateException("no such metric is expected: " + snapshot);
    };
  }

  private static <P extends DataPointSnapshot> MetricFamily family(
      MetricSnapshot snapshot,
      String ending,
      MetricType type,
      List<P> points,
      Function<P, Stream<Sample>> samples) {
    MetricMetadata metadata = snapshot.getMetadata();
    List<String> labels =
        points.isEmpty()
            ? List.of()
            : points.getFirst().getLabels().stream().map(label -> label.getName()).toList();
    var definition =
        new MetricDefinition(
            metadata.getPrometheusName() + ending,
            type,
            Objects.requireNonNull(metadata.getHelp()),
            labels,
            Granularity.CLUSTER);
    return new MetricFamily(new Measured(definition), points.stream().flatMap(samples).toList());
  }

  private static Sample sample(DataPointSnapshot point, double value, String suffix) {
    return new Sample(
        point.getLabels().stream().map(label -> label.getValue()).toList(), value, suffix);
  }
}
