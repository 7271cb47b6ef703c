package io.mqexporter.collection;

import io.mqexporter.collection.LeftOut.Reason;
import io.mqexporter.metric.MetricFamilies;
import io.mqexporter.metric.MetricFamily;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Adds to what was read of a target what the agent says about the reading. */
final class CollectionFamilies {

  private final Target target;
  private final Map<Reason, Long> seriesDropped = new EnumMap<>(Reason.class);

  CollectionFamilies(Target target) {
    this.target = target;
    for (Reason reason : Reason.values()) {
      seriesDropped.put(reason, 0L);
    }
  }

  /** Returns all families of a collection that has ended. */
  List<MetricFamily> of(
      Selection selection,
      int missingParts,
      Duration took,
      Duration interval,
      Optional<Instant> lastSuccess,
      long requestsSent) {
    String[] labels = {target.system(), target.name()};
    var own = new MetricFamilies();
    own.add(CollectionMetric.COLLECTION_SUCCESS, missingParts == 0 ? 1 : 0, labels);
    own.add(CollectionMetric.COLLECTION_MISSING, missingParts, labels);
    own.add(CollectionMetric.COLLECTION_DURATION, took.toNanos() / 1e9, labels);
    own.add(CollectionMetric.COLLECTION_INTERVAL, interval.toNanos() / 1e9, labels);
    lastSuccess.ifPresent(at ->
        own.add(CollectionMetric.COLLECTION_LAST_SUCCESS, at.toEpochMilli() / 1000.0, labels));
    own.add(CollectionMetric.REQUESTS, requestsSent, labels);
    own.add(CollectionMetric.SERIES, selection.series(), labels);
    for (LeftOut leftOut : selection.leftOut()) {
      seriesDropped.merge(leftOut.reason(), leftOut.series(), Long::sum);
    }
    seriesDropped.forEach((reason, series) ->
        own.add(
            CollectionMetric.SERIES_DROPPED, series, labels[0], labels[1], reason.labelValue()));
    return Stream.concat(selection.exposed().stream(), own.toList().stream()).toList();
  }
}
