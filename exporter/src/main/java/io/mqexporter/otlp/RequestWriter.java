package io.mqexporter.otlp;

import io.mqexporter.metric.MetricDescriptor;
import io.mqexporter.metric.MetricFamily;
import io.mqexporter.metric.MetricType;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.DataPointFlags;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/**
 * Writes what was read of one target as requests of a bounded size. Names stay what they are on the
 * page. A series that is gone gets a last point without a value, so that the receiver knows.
 */
final class RequestWriter {

  /** Well below what receivers take by default, and a few megabytes of heap. */
  private static final int MOST_POINTS = 5_000;

  private static final int GONE = DataPointFlags.DATA_POINT_FLAGS_NO_RECORDED_VALUE_MASK_VALUE;
  private static final AggregationTemporality CUMULATIVE =
      AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE;

  private final Frame frame;
  private final SeriesMemory memory;
  private final Instant at;
  private final List<Push> written = new ArrayList<>();
  private ScopeMetrics.Builder scope;
  private Metric.Builder metric = Metric.newBuilder();
  private int points;
  private int pointsOfMetric;

  /**
   * What all requests have in common.
   *
   * @param resource who sends, without any metrics
   * @param scope what made the metrics, without any
   * @param gzip whether requests are compressed
   */
  record Frame(ResourceMetrics resource, ScopeMetrics scope, boolean gzip) {}

  private RequestWriter(Frame frame, SeriesMemory memory, Instant at) {
    this.frame = frame;
    this.memory = memory;
    this.at = at;
    this.scope = frame.scope().toBuilder();
  }

  /**
   * Writes families.
   *
   * @param memory what was pushed before of the same source
   * @param at when they were read
   */
  static List<Push> write(
      Frame frame, SeriesMemory memory, List<MetricFamily> families, Instant at) {
    var writer = new RequestWriter(frame, memory, at);
    families.forEach(writer::add);
    memory.end(at).forEach(writer::addGone);
    writer.endRequest();
    return writer.written;
  }

  private void add(MetricFamily family) {
    MetricDescriptor descriptor = family.descriptor();
    var attributes = new Attributes(descriptor.labelNames());
    begin(descriptor);
    for (Point point : Points.of(family)) {
      Instant start = memory.startOf(descriptor, point, at);
      switch (point) {
        case Point.Single single -> add(descriptor, single, start, attributes);
        case Point.Distribution distribution when descriptor.type() == MetricType.SUMMARY ->
            metric.getSummaryBuilder().addDataPoints(summary(distribution, start, attributes));
        case Point.Distribution distribution ->
            metric.getHistogramBuilder().addDataPoints(histogram(distribution, start, attributes));
      }
      count(descriptor);
    }
    endMetric();
  }

  private void addGone(MetricDescriptor descriptor, List<List<String>> series) {
    var attributes = new Attributes(descriptor.labelNames());
    begin(descriptor);
    for (List<String> labels : series) {
      switch (descriptor.type()) {
        case COUNTER, GAUGE, UNTYPED ->
            add(
                descriptor,
                NumberDataPoint.newBuilder()
                    .addAllAttributes(attributes.of(labels))
                    .setTimeUnixNano(nanos(at))
                    .setFlags(GONE));
        case SUMMARY ->
            metric
                .getSummaryBuilder()
                .addDataPoints(
                    SummaryDataPoint.newBuilder()
                        .addAllAttributes(attributes.of(labels))
                        .setTimeUnixNano(nanos(at))
                        .setFlags(GONE));
        case HISTOGRAM ->
            metric
                .getHistogramBuilder()
                .addDataPoints(
                    HistogramDataPoint.newBuilder()
                        .addAllAttributes(attributes.of(labels))
                        .setTimeUnixNano(nanos(at))
                        .setFlags(GONE));
      }
      count(descriptor);
    }
    endMetric();
  }

  private void add(
      MetricDescriptor descriptor, Point.Single single, Instant start, Attributes attributes) {
    NumberDataPoint.Builder point =
        NumberDataPoint.newBuilder()
            .addAllAttributes(attributes.of(single.labels()))
            .setTimeUnixNano(nanos(at))
            .setAsDouble(single.value());
    if (isSum(descriptor)) {
      point.setStartTimeUnixNano(nanos(start));
    }
    add(descriptor, point);
  }

  private void add(MetricDescriptor descriptor, NumberDataPoint.Builder point) {
    if (isSum(descriptor)) {
      metric.getSumBuilder().addDataPoints(point);
    } else {
      metric.getGaugeBuilder().addDataPoints(point);
    }
  }

  private SummaryDataPoint summary(
      Point.Distribution distribution, Instant start, Attributes attributes) {
    var point =
        SummaryDataPoint.newBuilder()
            .addAllAttributes(attributes.of(distribution.labels()))
            .setStartTimeUnixNano(nanos(start))
            .setTimeUnixNano(nanos(at))
            .setCount((long) distribution.count())
            .setSum(distribution.sum());
    distribution
        .parts()
        .forEach((quantile, value) ->
            point.addQuantileValuesBuilder().setQuantile(quantile).setValue(value));
    return point.build();
  }

  /** Limits and the numbers of values between them: one more number than there are limits. */
  private HistogramDataPoint histogram(
      Point.Distribution distribution, Instant start, Attributes attributes) {
    var point =
        HistogramDataPoint.newBuilder()
            .addAllAttributes(attributes.of(distribution.labels()))
            .setStartTimeUnixNano(nanos(start))
            .setTimeUnixNano(nanos(at))
            .setCount((long) distribution.count());
    if (!Double.isNaN(distribution.sum())) {
      point.setSum(distribution.sum());
    }
    double below = 0;
    for (Map.Entry<Double, Double> part : distribution.parts().entrySet()) {
      if (!part.getKey().isInfinite()) {
        point.addExplicitBounds(part.getKey());
        point.addBucketCounts((long) (part.getValue() - below));
        below = part.getValue();
      }
    }
    return point.addBucketCounts((long) (distribution.count() - below)).build();
  }

  /**
   * Returns whether a family is a counter whose name says so. Receivers that write for Prometheus
   * would give another a new name; OpenMetrics calls it unknown, and here it is a gauge.
   */
  private static boolean isSum(MetricDescriptor descriptor) {
    return descriptor.type() == MetricType.COUNTER && descriptor.metricName().endsWith("_total");
  }

  private void begin(MetricDescriptor descriptor) {
    metric = Metric.newBuilder().setName(descriptor.metricName()).setDescription(descriptor.help());
    pointsOfMetric = 0;
    if (isSum(descriptor)) {
      metric.getSumBuilder().setAggregationTemporality(CUMULATIVE).setIsMonotonic(true);
    } else if (descriptor.type() == MetricType.HISTOGRAM) {
      metric.getHistogramBuilder().setAggregationTemporality(CUMULATIVE);
    }
  }

  private void count(MetricDescriptor descriptor) {
    points++;
    pointsOfMetric++;
    if (points == MOST_POINTS) {
      endMetric();
      endRequest();
      begin(descriptor);
    }
  }

  private void endMetric() {
    if (pointsOfMetric > 0) {
      scope.addMetrics(metric);
    }
  }

  private void endRequest() {
    if (points > 0) {
      ExportMetricsServiceRequest request =
          ExportMetricsServiceRequest.newBuilder()
              .addResourceMetrics(frame.resource().toBuilder().addScopeMetrics(scope))
              .build();
      written.add(new Push(Buffer.buffer(bytes(request)), frame.gzip(), points));
    }
    scope = frame.scope().toBuilder();
    points = 0;
  }

  private byte[] bytes(ExportMetricsServiceRequest request) {
    if (!frame.gzip()) {
      return request.toByteArray();
    }
    var bytes = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bytes)) {
      request.writeTo(gzip);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static long nanos(Instant time) {
    return time.getEpochSecond() * 1_000_000_000 + time.getNano();
  }
}
