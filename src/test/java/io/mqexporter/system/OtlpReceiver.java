package io.mqexporter.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.DataPointFlags;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * A receiver of OpenTelemetry's protocol that knows of each series what it was told last. What it
 * reads with are the classes that OpenTelemetry publishes of its messages.
 */
final class OtlpReceiver implements AutoCloseable {

  private final HttpServer server;
  private final Map<String, Double> series = new ConcurrentHashMap<>();
  private final Map<String, List<Long>> starts = new ConcurrentHashMap<>();

  /** Starts one. */
  OtlpReceiver(int port) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 10);
      server.createContext("/v1/metrics", this::receive);
      server.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the newest values, by name and labels as {@link #key} writes them. */
  Map<String, Double> series() {
    return Map.copyOf(series);
  }

  /** Returns since when a counter counts and when it was read, in nanoseconds since the epoch. */
  List<Long> times(String key) {
    return starts.getOrDefault(key, List.of());
  }

  /** Returns what a series is called, with its labels in the order of their names. */
  static String key(String name, Map<String, String> labels) {
    return name
        + new TreeMap<>(labels)
            .entrySet().stream()
                .map(label -> label.getKey() + "=\"" + label.getValue() + "\"")
                .collect(joining(",", "{", "}"));
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      boolean gzip = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
      InputStream body = exchange.getRequestBody();
      var request = ExportMetricsServiceRequest.parseFrom(gzip ? new GZIPInputStream(body) : body);
      request.getResourceMetricsList().stream()
          .flatMap(resource -> resource.getScopeMetricsList().stream())
          .flatMap(scope -> scope.getMetricsList().stream())
          .forEach(this::accept);
      byte[] answer = ExportMetricsServiceResponse.getDefaultInstance().toByteArray();
      exchange.sendResponseHeaders(200, answer.length == 0 ? -1 : answer.length);
      exchange.getResponseBody().write(answer);
    } catch (RuntimeException e) {
      byte[] reason = e.toString().getBytes(UTF_8);
      exchange.sendResponseHeaders(400, reason.length);
      exchange.getResponseBody().write(reason);
    }
  }

  private void accept(Metric metric) {
    String name = metric.getName();
    switch (metric.getDataCase()) {
      case GAUGE -> metric.getGauge().getDataPointsList().forEach(point -> accept(name, point));
      case SUM -> {
        if (!metric.getSum().getIsMonotonic()
            || metric.getSum().getAggregationTemporality()
                != AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE) {
          throw new IllegalArgumentException(name + ": no cumulative counter");
        }
        metric
            .getSum()
            .getDataPointsList()
            .forEach(point -> {
              accept(name, point);
              starts.put(
                  key(name, labels(point.getAttributesList())),
                  List.of(point.getStartTimeUnixNano(), point.getTimeUnixNano()));
            });
      }
      case SUMMARY -> metric.getSummary().getDataPointsList().forEach(point -> accept(name, point));
      default -> throw new IllegalArgumentException(name + ": " + metric.getDataCase());
    }
  }

  private void accept(String name, NumberDataPoint point) {
    Map<String, String> labels = labels(point.getAttributesList());
    put(point.getFlags(), key(name, labels), point.getAsDouble());
  }

  private void accept(String name, SummaryDataPoint point) {
    Map<String, String> labels = labels(point.getAttributesList());
    put(point.getFlags(), key(name + "_count", labels), (double) point.getCount());
    put(point.getFlags(), key(name + "_sum", labels), point.getSum());
    point
        .getQuantileValuesList()
        .forEach(value -> {
          var quantile = new TreeMap<>(labels);
          quantile.put("quantile", Double.toString(value.getQuantile()));
          put(point.getFlags(), key(name, quantile), value.getValue());
        });
  }

  private void put(int flags, String key, double value) {
    if (flags == DataPointFlags.DATA_POINT_FLAGS_NO_RECORDED_VALUE_MASK_VALUE) {
      series.remove(key);
    } else {
      series.put(key, value);
    }
  }

  private static Map<String, String> labels(List<KeyValue> attributes) {
    var labels = new TreeMap<String, String>();
    attributes.forEach(
        attribute -> labels.put(attribute.getKey(), attribute.getValue().getStringValue()));
    return labels;
  }

  /** Returns what a page says in the same words. */
  static Map<String, Double> of(Exposition page) {
    var series = new TreeMap<String, Double>();
    page.series()
        .forEach((text, value) -> {
          int labelsStart = text.indexOf('{');
          String name = labelsStart < 0 ? text : text.substring(0, labelsStart);
          var labels = new TreeMap<String, String>();
          if (labelsStart >= 0) {
            Stream.of(text.substring(labelsStart + 1, text.length() - 1).split("(?<=\"),"))
                .forEach(label -> {
                  int equals = label.indexOf('=');
                  labels.put(
                      label.substring(0, equals), label.substring(equals + 2, label.length() - 1));
                });
          }
          series.put(key(name, labels), value);
        });
    return series;
  }
}
