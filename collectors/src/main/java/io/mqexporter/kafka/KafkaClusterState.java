package io.mqexporter.kafka;

import io.mqexporter.kafka.KafkaSnapshot.Broker;
import io.mqexporter.kafka.KafkaSnapshot.Commit;
import io.mqexporter.kafka.KafkaSnapshot.Group;
import io.mqexporter.kafka.KafkaSnapshot.Partition;
import io.mqexporter.kafka.KafkaSnapshot.Progress;
import io.mqexporter.kafka.KafkaSnapshot.SharedPartition;
import io.mqexporter.kafka.KafkaSnapshot.Topic;
import io.mqexporter.messaging.ClusterState;
import io.mqexporter.messaging.Consumption;
import io.mqexporter.messaging.Destination;
import io.mqexporter.messaging.DestinationId;
import io.mqexporter.messaging.LogConsumption;
import io.mqexporter.messaging.LogState;
import io.mqexporter.messaging.MessagingSystem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Says in the common model what a snapshot of a Kafka cluster holds. */
final class KafkaClusterState {

  private final KafkaSnapshot snapshot;
  private final Map<String, Map<Integer, Partition>> partitions = new HashMap<>();

  private KafkaClusterState(KafkaSnapshot snapshot) {
    this.snapshot = snapshot;
    for (Topic topic : snapshot.topics()) {
      partitions.put(
          topic.name(),
          topic.partitions().stream().collect(Collectors.toMap(Partition::id, p -> p)));
    }
  }

  /**
   * Returns the common model of a snapshot.
   *
   * @param cluster the target's name
   * @param deadLetterTopics which topics count as dead-letter queues
   */
  static ClusterState of(KafkaSnapshot snapshot, String cluster, Pattern deadLetterTopics) {
    var state = new KafkaClusterState(snapshot);
    Set<String> brokersUp = state.brokersUp();
    return new ClusterState(
        MessagingSystem.KAFKA,
        cluster,
        snapshot.at(),
        brokersUp,
        state.brokersDown(brokersUp),
        snapshot.topics().stream().map(topic -> destination(topic, deadLetterTopics)).toList(),
        snapshot.groups().stream().flatMap(group -> state.consumptions(group).stream()).toList(),
        state.groupMembers());
  }

  private Set<String> brokersUp() {
    return snapshot.brokers().stream()
        .map(Broker::id)
        .map(String::valueOf)
        .collect(Collectors.toSet());
  }

  /** Returns the brokers that hold replicas by assignment but do not take part. */
  private Set<String> brokersDown(Set<String> brokersUp) {
    return snapshot.topics().stream()
        .flatMap(topic -> topic.partitions().stream())
        .flatMap(partition -> partition.replicas().stream())
        .distinct()
        .map(String::valueOf)
        .filter(broker -> !brokersUp.contains(broker))
        .collect(Collectors.toSet());
  }

  private Map<String, Integer> groupMembers() {
    var members = new HashMap<String, Integer>();
    for (Group group : snapshot.groups()) {
      group.members().ifPresent(count -> members.put(group.name(), count));
    }
    return members;
  }

  private static Destination destination(Topic topic, Pattern deadLetterTopics) {
    return Destination.ofLogs(
        DestinationId.topic(topic.name()),
        deadLetterTopics.matcher(topic.name()).matches(),
        topic.partitions().stream()
            .map(p -> new LogState(Integer.toString(p.id()), p.start(), p.end()))
            .toList());
  }

  private List<Consumption> consumptions(Group group) {
    var logs = new TreeMap<String, List<LogConsumption>>();
    switch (group.progress()) {
      case Progress.Committed(List<Commit> commits) -> {
        for (Commit commit : commits) {
          logs.computeIfAbsent(commit.topic(), _ -> new ArrayList<>()).add(consumption(commit));
        }
      }
      case Progress.Shared(List<SharedPartition> shared) -> {
        for (SharedPartition partition : shared) {
          logs.computeIfAbsent(partition.topic(), _ -> new ArrayList<>())
              .add(consumption(partition));
        }
      }
      case Progress.Unknown() -> {}
    }
    return logs.entrySet().stream()
        .map(entry ->
            new Consumption(
                DestinationId.topic(entry.getKey()),
                group.name(),
                group.members(),
                acknowledged(entry.getValue()),
                entry.getValue()))
        .toList();
  }

  private LogConsumption consumption(Commit commit) {
    Partition partition = partitions.getOrDefault(commit.topic(), Map.of()).get(commit.partition());
    return LogConsumption.committed(
        Integer.toString(commit.partition()),
        commit.offset(),
        partition == null ? OptionalLong.empty() : partition.start(),
        partition == null ? OptionalLong.empty() : partition.end());
  }

  private static LogConsumption consumption(SharedPartition partition) {
    return LogConsumption.told(
        Integer.toString(partition.partition()), OptionalLong.empty(), partition.lag());
  }

  private static OptionalLong acknowledged(List<LogConsumption> logs) {
    long sum = 0;
    for (LogConsumption log : logs) {
      if (log.position().isEmpty()) {
        return OptionalLong.empty();
      }
      sum += log.position().getAsLong();
    }
    return OptionalLong.of(sum);
  }
}
