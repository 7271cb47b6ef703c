package io.mqexporter.kafka;

import io.mqexporter.kafka.snapshot.KafkaSnapshot.Commit;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.Group;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.Membership;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.Partition;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.Progress;
import io.mqexporter.kafka.snapshot.TopicCommits;
import io.mqexporter.messaging.Consumption;
import io.mqexporter.messaging.LogConsumption;
import io.mqexporter.metric.MetricFamilies;
import java.util.List;

/** Renders groups and how far they have consumed. */
final class GroupMetrics {

  private final MetricFamilies families;
  private final String cluster;

  GroupMetrics(MetricFamilies families, String cluster) {
    this.families = families;
    this.cluster = cluster;
  }

  /** Adds how far a group has consumed a topic. */
  void add(Consumption consumption) {
    for (LogConsumption log : consumption.logs()) {
      var labels =
          List.of(cluster, consumption.group(), consumption.destination().name(), log.log());
      families.add(KafkaMetric.GROUP_OFFSET, log.position(), labels);
      families.add(KafkaMetric.GROUP_LAG, log.lag(), labels);
      if (log.beyondEnd()) {
        addAnomaly("beyond_end", consumption, log);
      }
      if (log.belowStart()) {
        addAnomaly("before_start", consumption, log);
      }
    }
  }

  /** Adds what a group itself is. */
  void add(Group group, Partitions partitions) {
    String name = group.name();
    families.add(KafkaMetric.GROUP_STATE, 1, cluster, name, group.protocol(), group.state());
    group.membership().ifPresent(membership -> addMembership(name, membership));
    switch (group.progress()) {
      case Progress.Committed(List<TopicCommits> topics) -> {
        if (partitions.anyOpenTransaction()) {
          topics.forEach(
              commits -> commits.forEach(commit -> addReadCommittedLag(name, commit, partitions)));
        }
        group
            .membership()
            .filter(membership -> !membership.members().isEmpty())
            .ifPresent(membership ->
                topics.forEach(
                    commits -> commits.forEach(commit -> addAssigned(name, commit, membership))));
      }
      case Progress.Shared _ -> {}
      case Progress.Unknown(_, var lastKnown) ->
          lastKnown.ifPresent(at ->
              families.add(
                  KafkaMetric.GROUP_LAST_KNOWN, at.toEpochMilli() / 1000.0, cluster, name));
    }
  }

  private void addMembership(String group, Membership membership) {
    families.add(KafkaMetric.GROUP_MEMBERS, membership.members().size(), cluster, group);
    families.add(KafkaMetric.GROUP_COORDINATOR, membership.coordinator(), cluster, group);
    membership
        .assignedPartitions()
        .forEach((topic, count) ->
            families.add(KafkaMetric.GROUP_ASSIGNED_PARTITIONS, count, cluster, group, topic));
    membership
        .topicMembers()
        .forEach((topic, count) ->
            families.add(KafkaMetric.GROUP_TOPIC_MEMBERS, count, cluster, group, topic));
  }

  private void addAssigned(String group, Commit commit, Membership membership) {
    families.add(
        KafkaMetric.GROUP_PARTITION_ASSIGNED,
        membership.isAssigned(commit.topic(), commit.partition()) ? 1 : 0,
        labels(group, commit));
  }

  private void addReadCommittedLag(String group, Commit commit, Partitions partitions) {
    partitions
        .find(commit.topic(), commit.partition())
        .filter(Partition::hasOpenTransaction)
        .ifPresent(partition ->
            families.add(
                KafkaMetric.GROUP_READ_COMMITTED_LAG,
                Math.max(0, partition.lastStable().orElseThrow() - commit.offset()),
                labels(group, commit)));
  }

  private void addAnomaly(String anomaly, Consumption consumption, LogConsumption log) {
    families.add(
        KafkaMetric.GROUP_OFFSET_ANOMALY,
        1,
        cluster,
        consumption.group(),
        consumption.destination().name(),
        log.log(),
        anomaly);
  }

  private String[] labels(String group, Commit commit) {
    return new String[] {cluster, group, commit.topic(), Partitions.name(commit.partition())};
  }
}
