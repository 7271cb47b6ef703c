package io.mqexporter.collection;

import io.mqexporter.metric.Granularity;
import io.mqexporter.metric.MetricDefinition;
import io.mqexporter.metric.MetricDescriptor;
import io.mqexporter.metric.MetricType;
import java.util.List;
import java.util.stream.Stream;

/** The catalogue of what the agent says about its own collections. */
public enum CollectionMetric implements MetricDescriptor {
  COLLECTION_SUCCESS(
      "mq_exporter_collection_success",
      MetricType.GAUGE,
      "Whether the last collection read everything (1), or failed in part or in whole (0)."),
  COLLECTION_MISSING(
      "mq_exporter_collection_missing_parts",
      MetricType.GAUGE,
      "Parts that the last collection could not read; the agent's start page names them."),
  COLLECTION_DURATION(
      "mq_exporter_collection_duration_seconds",
      MetricType.GAUGE,
      "Time that the last collection took."),
  COLLECTION_INTERVAL(
      "mq_exporter_collection_interval_seconds",
      MetricType.GAUGE,
      "Time from the start of one collection to the start of the next: the one that is set, or twice"
          + " that while the cluster takes three times as long as usual to answer."),
  COLLECTION_LAST_SUCCESS(
      "mq_exporter_collection_last_success_timestamp_seconds",
      MetricType.GAUGE,
      "When a collection last read everything, in seconds since the epoch; absent before the first."),
  REQUESTS(
      "mq_exporter_requests_total",
      MetricType.COUNTER,
      "Requests sent to the cluster since the agent started."),
  SERIES(
      "mq_exporter_series",
      MetricType.GAUGE,
      "Series that the last collection exposed, not counting those about the collection."),
  SERIES_DROPPED(
      "mq_exporter_series_dropped_total",
      MetricType.COUNTER,
      "Samples that collections read and left out since the agent started: finer than the"
          + " granularity that is set, or beyond the budget max_series.",
      "reason");

  private final MetricDefinition definition;

  CollectionMetric(String metricName, MetricType type, String help, String... ownLabels) {
    List<String> labels =
        Stream.concat(Stream.of("messaging_system", "messaging_cluster"), Stream.of(ownLabels))
            .toList();
    this.definition = new MetricDefinition(metricName, type, help, labels, Granularity.CLUSTER);
  }

  @Override
  public MetricDefinition definition() {
    return definition;
  }
}
