package io.mqexporter.otlp;

import static java.util.stream.Collectors.joining;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Requests as lines, one for each data point; times are in seconds since the epoch. */
final class RequestText {

  private RequestText() {}

  static ExportMetricsServiceRequest read(Push push) {
    return read(push.body(), push.gzip());
  }

  static ExportMetricsServiceRequest read(Buffer body, boolean gzip) {
    try {
      return gzip
          ? ExportMetricsServiceRequest.parseFrom(
              new GZIPInputStream(new ByteArrayInputStream(body.getBytes())))
          : ExportMetricsServiceRequest.parseFrom(body.getBytes());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String resource(ExportMetricsServiceRequest request) {
    ResourceMetrics metrics = request.getResourceMetrics(0);
    ScopeMetrics scope = metrics.getScopeMetrics(0);
    return attributes(metrics.getResource().getAttributesList())
        + " "
        + scope.getScope().getName()
        + " "
        + scope.getScope().getVersion();
  }

  static List<String> lines(List<Push> pushes) {
    return pushes.stream().flatMap(push -> lines(read(push))).toList();
  }

  static Stream<String> lines(ExportMetricsServiceRequest request) {
    return request.getResourceMetricsList().stream()
        .flatMap(resource -> resource.getScopeMetricsList().stream())
        .flatMap(scope -> scope.getMetricsList().stream())
        .flatMap(RequestText::lines);
  }

  private static Stream<String> lines(Metric metric) {
    String name = metric.getName();
    return switch (metric.getDataCase()) {
      case GAUGE ->
          metric.getGauge().getDataPointsList().stream()
              .map(point -> "gauge " + name + line(point));
      case SUM ->
          metric.getSum().getDataPointsList().stream()
              .map(point ->
                  "%s %s%s"
                      .formatted(
                          metric.getSum().getIsMonotonic() ? "counter" : "sum", name, line(point)));
      case SUMMARY ->
          metric.getSummary().getDataPointsList().stream()
              .map(point ->
                  "summary %s%s %s %d %s %s"
                      .formatted(
                          name,
                          attributes(point.getAttributesList()),
                          times(point.getStartTimeUnixNano(), point.getTimeUnixNano()),
                          point.getCount(),
                          point.getSum(),
                          point.getQuantileValuesList().stream()
                              .map(value -> value.getQuantile() + "=" + value.getValue())
                              .collect(joining(","))));
      case HISTOGRAM ->
          metric.getHistogram().getDataPointsList().stream()
              .map(point ->
                  "histogram %s%s %s %d %s %s %s"
                      .formatted(
                          name,
                          attributes(point.getAttributesList()),
                          times(point.getStartTimeUnixNano(), point.getTimeUnixNano()),
                          point.getCount(),
                          point.hasSum() ? point.getSum() : "no sum",
                          point.getExplicitBoundsList(),
                          point.getBucketCountsList()));
      default -> throw new IllegalStateException(metric.toString());
    };
  }

  private static String line(NumberDataPoint point) {
    return "%s %s %s"
        .formatted(
            attributes(point.getAttributesList()),
            times(point.getStartTimeUnixNano(), point.getTimeUnixNano()),
            point.getFlags() == 1 && !point.hasAsDouble() ? "gone" : point.getAsDouble());
  }

  private static String times(long start, long time) {
    return start / 1_000_000_000 + ".." + time / 1_000_000_000;
  }

  private static String attributes(List<KeyValue> attributes) {
    return attributes.stream()
        .map(attribute -> attribute.getKey() + "=" + attribute.getValue().getStringValue())
        .collect(joining(",", "{", "}"));
  }
}
