package io.mqexporter.kafka.vocabulary;

import io.mqexporter.messaging.ClusterMemory;
import io.mqexporter.messaging.ClusterState;
import io.mqexporter.messaging.ConsumerStatus;
import io.mqexporter.messaging.Consumption;
import io.mqexporter.messaging.Destination;
import io.mqexporter.messaging.LogConsumption;
import io.mqexporter.metric.MetricFamilies;
import io.mqexporter.metric.MetricFamily;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** Renders a cluster as Burrow does. */
final class BurrowMetrics {

  private final MetricFamilies families = new MetricFamilies();
  private final ClusterState state;
  private final ClusterMemory memory;

  private BurrowMetrics(ClusterState state, ClusterMemory memory) {
    this.state = state;
    this.memory = memory;
  }

  static List<MetricFamily> of(ClusterState state, ClusterMemory memory) {
    var metrics = new BurrowMetrics(state, memory);
    state.consumptions().stream()
        .collect(Collectors.groupingBy(Consumption::group, LinkedHashMap::new, Collectors.toList()))
        .forEach(metrics::addGroup);
    state.destinations().forEach(metrics::addTopic);
    return metrics.families.toList();
  }

  private void addGroup(String group, List<Consumption> consumptions) {
    families.add(BurrowMetric.LAG_TOTAL, lag(consumptions), state.cluster(), group);
    ConsumerStatus worst =
        consumptions.stream()
            .map(consumption -> memory.status(consumption))
            .max(Comparator.naturalOrder())
            .orElse(ConsumerStatus.UNKNOWN);
    families.add(BurrowMetric.STATUS, ofGroup(worst), state.cluster(), group);
    for (Consumption consumption : consumptions) {
      consumption.logs().forEach(log -> addPartition(consumption, log));
    }
  }

  private void addPartition(Consumption consumption, LogConsumption log) {
    String[] labels = {
      state.cluster(), consumption.group(), consumption.destination().name(), log.log()
    };
    ConsumerStatus status = memory.status(consumption, log, state.at());
    families.add(BurrowMetric.PARTITION_STATUS, ofPartition(status), labels);
    families.add(BurrowMetric.OFFSET, log.position(), labels);
    families.add(BurrowMetric.LAG, log.lag(), labels);
  }

  private void addTopic(Destination topic) {
    topic
        .logs()
        .forEach(log ->
            families.add(
                BurrowMetric.PARTITION_END,
                log.end(),
                state.cluster(),
                topic.id().name(),
                log.log()));
  }

  private static OptionalLong lag(List<Consumption> consumptions) {
    return consumptions.stream().allMatch(consumption -> consumption.lag().isPresent())
        ? OptionalLong.of(consumptions.stream().mapToLong(c -> c.lag().orElseThrow()).sum())
        : OptionalLong.empty();
  }

  /** Returns the number that Burrow's {@code core/protocol/evaluator.go} gives a group's status. */
  private static OptionalInt ofGroup(ConsumerStatus status) {
    return switch (status) {
      case UNKNOWN -> OptionalInt.empty();
      case OK -> OptionalInt.of(1);
      case LAGGING -> OptionalInt.of(2);
      case STOPPED, STALLED, REWOUND, LOST -> OptionalInt.of(3);
    };
  }

  /**
   * Returns the number of a partition's status. Burrow does not know {@code lost}: a commit stays
   * below the start of the log only where nobody is reading on from it.
   */
  private static OptionalInt ofPartition(ConsumerStatus status) {
    return switch (status) {
      case UNKNOWN -> OptionalInt.empty();
      case OK -> OptionalInt.of(1);
      case LAGGING -> OptionalInt.of(2);
      case STOPPED, LOST -> OptionalInt.of(4);
      case STALLED -> OptionalInt.of(5);
      case REWOUND -> OptionalInt.of(6);
    };
  }
}
