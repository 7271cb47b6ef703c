package io.mqexporter.kafka;

import io.mqexporter.kafka.snapshot.KafkaSnapshot.Member;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.Membership;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.ClassicGroupDescription;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.ShareGroupDescription;
import org.apache.kafka.clients.admin.StreamsGroupDescription;
import org.apache.kafka.clients.admin.StreamsGroupMemberAssignment.TaskIds;
import org.apache.kafka.clients.admin.StreamsGroupSubtopologyDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;

/** Tells who takes part in a group, whichever protocol it uses. */
final class Memberships {

  private Memberships() {}

  /** Returns the members of a classic group; those of a Connect cluster have no partitions. */
  static Membership of(ClassicGroupDescription group) {
    return of(
        group.coordinator(), group.protocol(), group.protocolData(), members(group.members()));
  }

  /** Returns the members of a group of the consumer protocol (KIP-848). */
  static Membership of(ConsumerGroupDescription group) {
    return of(group.coordinator(), "consumer", group.partitionAssignor(), members(group.members()));
  }

  /** Returns the members of a share group (KIP-932), who may have partitions in common. */
  static Membership of(ShareGroupDescription group) {
    return of(
        group.coordinator(),
        "share",
        "",
        group.members().stream()
            .map(member -> member(member.assignment().topicPartitions()))
            .toList());
  }

  /** Returns the members of a streams group (KIP-1071): their active tasks read the partitions. */
  static Membership of(StreamsGroupDescription group) {
    Map<String, StreamsGroupSubtopologyDescription> subtopologies =
        group.subtopologies().stream()
            .collect(Collectors.toMap(StreamsGroupSubtopologyDescription::subtopologyId, s -> s));
    return of(
        group.coordinator(),
        "streams",
        "",
        group.members().stream()
            .map(member -> member(subtopologies, member.assignment().activeTasks()))
            .toList());
  }

  private static Membership of(
      Node coordinator, String kind, String assignor, List<Member> members) {
    return new Membership(
        coordinator == null || coordinator.isEmpty()
            ? OptionalInt.empty()
            : OptionalInt.of(coordinator.id()),
        kind,
        assignor,
        members);
  }

  private static List<Member> members(Collection<MemberDescription> members) {
    return members.stream().map(member -> member(member.assignment().topicPartitions())).toList();
  }

  private static Member member(Set<TopicPartition> partitions) {
    return new Member(
        partitions.stream()
            .collect(
                Collectors.groupingBy(
                    TopicPartition::topic,
                    Collectors.mapping(TopicPartition::partition, Collectors.toSet()))));
  }

  private static Member member(
      Map<String, StreamsGroupSubtopologyDescription> subtopologies, List<TaskIds> activeTasks) {
    var assigned = new HashMap<String, Set<Integer>>();
    for (TaskIds tasks : activeTasks) {
      StreamsGroupSubtopologyDescription subtopology = subtopologies.get(tasks.subtopologyId());
      if (subtopology != null) {
        Stream.concat(
                subtopology.sourceTopics().stream(),
                subtopology.repartitionSourceTopics().keySet().stream())
            .forEach(topic ->
                assigned.computeIfAbsent(topic, _ -> new HashSet<>()).addAll(tasks.partitions()));
      }
    }
    return new Member(assigned);
  }
}
