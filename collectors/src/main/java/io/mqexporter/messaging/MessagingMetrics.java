package io.mqexporter.messaging;

import io.mqexporter.metric.MetricFamilies;
import io.mqexporter.metric.MetricFamily;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Renders the common model as the {@code messaging_*} families. */
public final class MessagingMetrics {

  private MessagingMetrics() {}

  /** Returns the families of a cluster that was read, judged by what the memory holds of it. */
  public static List<MetricFamily> of(
      ClusterState state, ClusterMemory memory, LagObjectives objectives) {
    var families = new MetricFamilies();
    String system = state.system().labelValue();
    String cluster = state.cluster();
    families.add(MessagingMetric.UP, 1, system, cluster);
    if (!state.brokersUp().isEmpty()) {
      families.add(MessagingMetric.BROKERS, state.brokersUp().size(), system, cluster, "up");
      families.add(
          MessagingMetric.BROKERS, memory.brokersDown(state).size(), system, cluster, "down");
    }
    if (!state.destinations().isEmpty()) {
      families.add(MessagingMetric.DESTINATIONS, state.destinations().size(), system, cluster);
    }
    for (Destination destination : state.destinations()) {
      addDestination(families, system, cluster, destination);
    }
    new TreeMap<>(state.groupMembers())
        .forEach((group, members) ->
            families.add(
                MessagingMetric.CONSUMER_MEMBERS, members, system, cluster, "", "", group));
    var inStatus = new EnumMap<ConsumerStatus, Integer>(ConsumerStatus.class);
    for (Consumption consumption : state.consumptions()) {
      ConsumptionMemory remembered = memory.of(consumption);
      inStatus.merge(remembered.status(), 1, Integer::sum);
      addConsumption(
          families, state, consumption, remembered, memory.lagAge(consumption, state.at()));
      objectives
          .of(consumption)
          .ifPresent(age ->
              families.add(
                  MessagingMetric.CONSUMER_LAG_OBJECTIVE,
                  age.toMillis() / 1000.0,
                  labels(state, consumption)));
    }
    if (!inStatus.isEmpty()) {
      for (ConsumerStatus status : ConsumerStatus.values()) {
        families.add(
            MessagingMetric.CONSUMERS,
            inStatus.getOrDefault(status, 0),
            system,
            cluster,
            status.labelValue());
      }
    }
    return families.toList();
  }

  /** Returns the families of a cluster of which nothing could be read. */
  public static List<MetricFamily> unavailable(MessagingSystem system, String cluster) {
    var families = new MetricFamilies();
    families.add(MessagingMetric.UP, 0, system.labelValue(), cluster);
    return families.toList();
  }

  private static void addDestination(
      MetricFamilies families, String system, String cluster, Destination destination) {
    List<String> labels =
        List.of(system, cluster, destination.id().vhost(), destination.id().name());
    families.add(MessagingMetric.DESTINATION_MESSAGES, destination.messages(), labels);
    families.add(MessagingMetric.DESTINATION_PRODUCED, destination.produced(), labels);
    families.add(MessagingMetric.DESTINATION_SIZE, destination.storage().bytes(), labels);
    families.add(MessagingMetric.DESTINATION_FILL, destination.storage().fillRatio(), labels);
    if (destination.deadLetter()) {
      families.add(MessagingMetric.DEAD_LETTERS, destination.messages(), labels);
    }
  }

  private static void addConsumption(
      MetricFamilies families,
      ClusterState state,
      Consumption consumption,
      ConsumptionMemory remembered,
      Optional<LagAge> lagAge) {
    List<String> labels = labels(state, consumption);
    families.add(MessagingMetric.CONSUMER_LAG, consumption.lag(), labels);
    lagAge.ifPresent(age -> addLagAge(families, age, labels));
    families.add(
        MessagingMetric.CONSUMER_DRAIN, remembered.drainSeconds(state.at().toEpochMilli()), labels);
    families.add(MessagingMetric.CONSUMER_RETENTION_USED, consumption.retentionUsed(), labels);
    families.add(MessagingMetric.CONSUMER_LOST, remembered.lost(), labels);
    families.add(MessagingMetric.CONSUMER_ACKNOWLEDGED, consumption.acknowledged(), labels);
    families.add(MessagingMetric.REDELIVERED, consumption.redelivered(), labels);
    if (consumption.group().isEmpty()) {
      families.add(MessagingMetric.CONSUMER_MEMBERS, consumption.members(), labels);
    }
    for (ConsumerStatus status : ConsumerStatus.values()) {
      families.add(
          MessagingMetric.CONSUMER_STATUS,
          status == remembered.status() ? 1 : 0,
          MetricFamilies.and(labels, status.labelValue()));
    }
  }

  private static void addLagAge(MetricFamilies families, LagAge age, List<String> labels) {
    families.add(MessagingMetric.CONSUMER_LAG_SECONDS, age.seconds(), labels);
    if (age.source() != LagAge.Source.OFFSETS) {
      families.add(
          MessagingMetric.CONSUMER_LAG_SECONDS_SOURCE,
          1,
          MetricFamilies.and(labels, age.source().labelValue()));
    }
  }

  private static List<String> labels(ClusterState state, Consumption consumption) {
    return List.of(
        state.system().labelValue(),
        state.cluster(),
        consumption.destination().vhost(),
        consumption.destination().name(),
        consumption.group());
  }
}
