package io.mqexporter.kafka;

import static java.util.stream.Collectors.toMap;

import io.mqexporter.collector.Leaders;
import io.mqexporter.collector.Subject;
import io.mqexporter.kafka.snapshot.KafkaSnapshot;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.Group;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.GroupListing;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.Partition;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * Tells which broker leads what: a partition its leader, all that a group has its coordinator, all
 * else of a topic the leader of its partition 0.
 */
final class KafkaLeaders {

  private final Partitions partitions;
  private final List<OptionalInt> groupLeaders;
  private final Map<String, Group> groups;

  private KafkaLeaders(KafkaSnapshot snapshot, Partitions partitions) {
    this.partitions = partitions;
    this.groupLeaders = snapshot.groupListing().leaders();
    this.groups =
        snapshot.groups().stream().collect(toMap(Group::name, Function.identity(), (a, _) -> a));
  }

  /**
   * Returns what is led in a cluster; brokers are called by their ids, the lowest first.
   *
   * @param partitions those of the same snapshot
   */
  static Leaders of(KafkaSnapshot snapshot, Partitions partitions) {
    return new Leaders(
        snapshot.brokers().stream().map(broker -> Integer.toString(broker.id())).toList(),
        new KafkaLeaders(snapshot, partitions)::leader);
  }

  private String leader(Subject subject) {
    if (!subject.broker().isEmpty()) {
      return subject.broker();
    }
    OptionalInt leader =
        subject.group().isEmpty() ? partitionLeader(subject) : coordinator(subject.group());
    return leader.isPresent() ? Integer.toString(leader.getAsInt()) : "";
  }

  private OptionalInt partitionLeader(Subject subject) {
    int partition = subject.partition().isEmpty() ? 0 : Integer.parseInt(subject.partition());
    return partitions
        .find(subject.destination(), partition)
        .map(Partition::leader)
        .orElse(OptionalInt.empty());
  }

  /** By the rule of the brokers, so that agents agree that do not all hear from the coordinator. */
  private OptionalInt coordinator(String group) {
    return groupLeaders.isEmpty() ? told(group) : GroupListing.coordinator(groupLeaders, group);
  }

  private OptionalInt told(String group) {
    Group one = groups.get(group);
    return one == null || one.membership().isEmpty()
        ? OptionalInt.empty()
        : one.membership().get().coordinator();
  }
}
