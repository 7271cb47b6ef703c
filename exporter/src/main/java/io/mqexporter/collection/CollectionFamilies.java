package io.mqexporter.collection;

import io.mqexporter.metric.MetricFamilies;
import io.mqexporter.metric.MetricFamily;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Adds to what was read what the agent says about the reading. */
final class CollectionFamilies {

  private CollectionFamilies() {}

  static List<MetricFamily> of(
      Target target,
      List<MetricFamily> read,
      int missingParts,
      boolean success,
      Duration took,
      Optional<Instant> lastSuccess,
      long requestsSent) {
    String[] labels = {target.system(), target.name()};
    var own = new MetricFamilies();
    own.add(CollectionMetric.COLLECTION_SUCCESS, success ? 1 : 0, labels);
    own.add(CollectionMetric.COLLECTION_MISSING, missingParts, labels);
    own.add(CollectionMetric.COLLECTION_DURATION, took.toNanos() / 1e9, labels);
    lastSuccess.ifPresent(at ->
        own.add(CollectionMetric.COLLECTION_LAST_SUCCESS, at.toEpochMilli() / 1000.0, labels));
    own.add(CollectionMetric.REQUESTS, requestsSent, labels);
    own.add(
        CollectionMetric.SERIES,
        read.stream().mapToLong(family -> family.samples().size()).sum(),
        labels);
    return Stream.concat(read.stream(), own.toList().stream()).toList();
  }
}
