package io.mqexporter.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * One series over a time.
 *
 * @param labels its labels
 * @param legend what it is called
 * @param points its values, the oldest first
 */
record Series(Map<String, String> labels, String legend, List<Point> points) {

  private static final Pattern LABEL = Pattern.compile("\\{\\{(\\w+)}}");

  /** A value at a time, in seconds since the epoch. */
  record Point(long seconds, double value) {}

  Series {
    labels = new LinkedHashMap<>(labels);
    points = List.copyOf(points);
  }

  /** Asks a Prometheus for an expression's values over the time until now. */
  static List<Series> read(
      URI prometheus, String expression, String legend, Instant now, Duration range) {
    Duration step = range.dividedBy(120).plusSeconds(1);
    JsonNode result =
        Prometheus.queryAt(prometheus, Prometheus.rangePath(expression, now, range, step))
            .path("data")
            .path("result");
    var all = new ArrayList<Series>();
    for (JsonNode one : result) {
      var labels = new LinkedHashMap<String, String>();
      one.path("metric").properties().forEach(e -> labels.put(e.getKey(), e.getValue().asText()));
      var points = new ArrayList<Point>();
      for (JsonNode pair : one.path("values")) {
        double value = Double.parseDouble(pair.get(1).asText().replace("Inf", "Infinity"));
        if (Double.isFinite(value)) {
          points.add(new Point(pair.get(0).asLong(), value));
        }
      }
      if (!points.isEmpty()) {
        all.add(new Series(labels, legend(legend, labels), points));
      }
    }
    return all;
  }

  /** Returns the newest value. */
  double last() {
    return points.getLast().value();
  }

  private static String legend(String pattern, Map<String, String> labels) {
    return LABEL
        .matcher(pattern)
        .replaceAll(label ->
            java.util.regex.Matcher.quoteReplacement(labels.getOrDefault(label.group(1), "")))
        .strip();
  }
}
