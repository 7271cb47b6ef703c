package io.mqexporter.kafka;

import io.mqexporter.kafka.snapshot.Details;
import io.mqexporter.kafka.snapshot.KafkaSnapshot;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.Broker;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.Commit;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.Group;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.Partition;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.Progress;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.SharedPartition;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.Topic;
import io.mqexporter.kafka.snapshot.TopicCommits;
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
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Says in the common model what a snapshot of a Kafka cluster holds. */
final class KafkaClusterState {

  private final KafkaSnapshot snapshot;
  private final Partitions partitions;
  private final UnreadRecords unread;

  private KafkaClusterState(KafkaSnapshot snapshot, Partitions partitions, UnreadRecords unread) {
    this.snapshot = snapshot;
    this.partitions = partitions;
    this.unread = unread;
  }

  /**
   * Returns the topics of a snapshot in the common model.
   *
   * @param details the sizes of the topics' partitions, and the limits of those
   * @param deadLetterTopics which topics count as dead-letter queues
   */
  static List<Destination> destinations(
      KafkaSnapshot snapshot, Details details, Pattern deadLetterTopics) {
    return snapshot.topics().stream()
        .map(topic ->
            destination(topic, deadLetterTopics)
                .withIncarnation(topic.id())
                .withStorage(storage(topic, details)))
        .toList();
  }

  /** Returns the room that a topic takes; Kafka limits that of each partition. */
  private static Destination.Storage storage(Topic topic, Details details) {
    Map<Integer, Long> bytes = details.partitionBytes().getOrDefault(topic.name(), Map.of());
    if (!topic.partitions().stream().map(Partition::id).allMatch(bytes::containsKey)) {
      return Destination.Storage.UNKNOWN;
    }
    OptionalLong limit = details.config(topic.name(), "retention.bytes");
    long largest = bytes.values().stream().mapToLong(Long::longValue).max().orElse(0);
    return new Destination.Storage(
        OptionalLong.of(bytes.values().stream().mapToLong(Long::longValue).sum()),
        limit.orElse(-1) > 0
            ? OptionalDouble.of((double) largest / limit.getAsLong())
            : OptionalDouble.empty());
  }

  /**
   * Returns the common model of a snapshot.
   *
   * @param cluster the target's name
   * @param destinations the topics of the snapshot
   * @param partitions the partitions of the snapshot
   * @param unread what is known of the records that groups have yet to read
   */
  static ClusterState of(
      KafkaSnapshot snapshot,
      String cluster,
      List<Destination> destinations,
      Partitions partitions,
      UnreadRecords unread) {
    var state = new KafkaClusterState(snapshot, partitions, unread);
    Set<String> brokersUp = state.brokersUp();
    return new ClusterState(
        MessagingSystem.KAFKA,
        cluster,
        snapshot.at(),
        brokersUp,
        state.brokersDown(brokersUp),
        destinations,
        snapshot.groups().parallelStream()
            .flatMap(group -> state.consumptions(group).stream())
            .toList(),
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
      group.memberCount().ifPresent(count -> members.put(group.name(), count));
    }
    return members;
  }

  private static Destination destination(Topic topic, Pattern deadLetterTopics) {
    return Destination.ofLogs(
        DestinationId.topic(topic.name()),
        deadLetterTopics.matcher(topic.name()).matches(),
        topic.partitions().stream()
            .map(p -> new LogState(Partitions.name(p.id()), p.start(), p.end()))
            .toList());
  }

  private List<Consumption> consumptions(Group group) {
    return switch (group.progress()) {
      case Progress.Committed(List<TopicCommits> topics) ->
          topics.stream()
              .map(commits -> consumption(group, commits.topic(), logs(commits)))
              .toList();
      case Progress.Shared(List<SharedPartition> shared) ->
          shared.stream()
              .collect(
                  Collectors.groupingBy(
                      SharedPartition::topic,
                      TreeMap::new,
                      Collectors.mapping(KafkaClusterState::consumption, Collectors.toList())))
              .entrySet()
              .stream()
              .map(entry -> consumption(group, entry.getKey(), entry.getValue()))
              .toList();
      case Progress.Unknown(Set<String> topics, _) ->
          topics.stream().sorted().map(topic -> consumption(group, topic, List.of())).toList();
    };
  }

  private static Consumption consumption(Group group, String topic, List<LogConsumption> logs) {
    return new Consumption(
        DestinationId.topic(topic), group.name(), group.memberCount(), acknowledged(logs), logs);
  }

  private List<LogConsumption> logs(TopicCommits commits) {
    Partitions.OfTopic ofTopic = partitions.of(commits.topic());
    var logs = new ArrayList<LogConsumption>(commits.size());
    for (Commit commit : commits) {
      logs.add(consumption(commit, ofTopic.find(commit.partition())));
    }
    return logs;
  }

  private LogConsumption consumption(Commit commit, Optional<Partition> found) {
    String log = Partitions.name(commit.partition());
    return found
        .map(partition ->
            LogConsumption.committed(log, commit.offset(), partition.start(), partition.end())
                .withUnread(unread.of(commit, partition)))
        .orElseGet(() ->
            LogConsumption.committed(
                log, commit.offset(), OptionalLong.empty(), OptionalLong.empty()));
  }

  private static LogConsumption consumption(SharedPartition partition) {
    return LogConsumption.told(
        Partitions.name(partition.partition()), OptionalLong.empty(), partition.lag());
  }

  private static OptionalLong acknowledged(List<LogConsumption> logs) {
    long sum = 0;
    for (LogConsumption log : logs) {
      if (log.position().isEmpty()) {
        return OptionalLong.empty();
      }
      sum += log.position().getAsLong();
    }
    return logs.isEmpty() ? OptionalLong.empty() : OptionalLong.of(sum);
  }
}
