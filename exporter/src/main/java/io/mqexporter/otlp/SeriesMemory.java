package io.mqexporter.otlp;

import io.mqexporter.metric.MetricDescriptor;
import io.mqexporter.metric.MetricType;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What was pushed last of one target: since when each of its counters counts, and which series were
 * there. Used by one thread at a time.
 */
final class SeriesMemory {

  /** What the agent itself counts begins with it. */
  private static final String OWN = "mq_exporter_";

  private final Instant agentStart;
  private Map<MetricDescriptor, Map<List<String>, Known>> before = Map.of();
  private Map<MetricDescriptor, Map<List<String>, Known>> now = new HashMap<>();
  private Instant lastPush;

  private record Known(Instant start, double counted) {

    /** Of what is not counted, only that it is there is remembered. */
    private static final Known NOT_COUNTED = new Known(Instant.EPOCH, 0);
  }

  /** Creates an empty memory. */
  SeriesMemory(Instant agentStart) {
    this.agentStart = agentStart;
    this.lastPush = agentStart;
  }

  /**
   * Remembers a point that is pushed, and returns since when it counts: since it was seen first, or
   * since the push before the one in which it had fallen. That is what the data model of
   * OpenTelemetry wants of a cumulative stream whose beginning nobody knows.
   */
  Instant startOf(MetricDescriptor descriptor, Point point, Instant at) {
    Known known = known(descriptor, point, at);
    now.computeIfAbsent(descriptor, _ -> new HashMap<>()).put(point.labels(), known);
    return known.start();
  }

  private Known known(MetricDescriptor descriptor, Point point, Instant at) {
    if (descriptor.type() == MetricType.GAUGE || descriptor.type() == MetricType.UNTYPED) {
      return Known.NOT_COUNTED;
    }
    Known last = before.getOrDefault(descriptor, Map.of()).get(point.labels());
    if (last == null) {
      boolean own = descriptor.metricName().startsWith(OWN);
      return new Known(own ? agentStart : at, point.counted());
    }
    return new Known(point.counted() < last.counted() ? lastPush : last.start(), point.counted());
  }

  /**
   * Ends a push, and returns the series that were in the one before and not in this one, by their
   * labels.
   */
  Map<MetricDescriptor, List<List<String>>> end(Instant at) {
    var gone = new HashMap<MetricDescriptor, List<List<String>>>();
    before.forEach((descriptor, series) -> {
      Map<List<String>, Known> still = now.getOrDefault(descriptor, Map.of());
      List<List<String>> missing =
          series.keySet().stream().filter(labels -> !still.containsKey(labels)).toList();
      if (!missing.isEmpty()) {
        gone.put(descriptor, missing);
      }
    });
    before = now;
    now = new HashMap<>();
    lastPush = at;
    return gone;
  }
}
