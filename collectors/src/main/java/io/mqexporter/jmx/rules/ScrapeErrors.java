package io.mqexporter.jmx.rules;

import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the library says that it has failed, which it tells nowhere else. It registers itself
 * beside what it counts, so that a registry of its own for each JVM is never scraped.
 */
final class ScrapeErrors extends PrometheusRegistry {

  private static final String NAME = "jmx_scrape_error";

  private final List<Collector> registered = new ArrayList<>();

  @Override
  public void register(Collector collector) {
    super.register(collector);
    registered.add(collector);
  }

  /** Returns whether the last turn failed. */
  boolean isSet() {
    for (Collector collector : registered) {
      MetricSnapshot snapshot = collector.collect();
      if (snapshot instanceof GaugeSnapshot gauge
          && gauge.getMetadata().getPrometheusName().equals(NAME)) {
        return gauge.getDataPoints().stream().anyMatch(point -> point.getValue() != 0);
      }
    }
    return false;
  }
}
