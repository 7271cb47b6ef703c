package io.mqexporter.kafka;

import io.mqexporter.kafka.snapshot.KafkaSnapshot;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.Membership;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClassicGroupsOptions;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.DescribeShareGroupsOptions;
import org.apache.kafka.clients.admin.DescribeStreamsGroupsOptions;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.SharePartitionOffsetInfo;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/**
 * What was asked about groups and is perhaps not answered yet, by the groups' names.
 *
 * @param members who takes part in each group whose protocol is known here
 * @param commits the committed offsets of the groups that commit
 * @param shares the progress of the share groups
 */
record GroupRequest(
    Map<String, KafkaFuture<Membership>> members,
    Map<String, KafkaFuture<Map<TopicPartition, OffsetAndMetadata>>> commits,
    Map<String, KafkaFuture<Map<TopicPartition, SharePartitionOffsetInfo>>> shares) {

  /**
   * Asks about the listed groups, with one call for each kind of group and question. Those whose
   * coordinator has just gone are left out: the client would look for another one again and again,
   * without a pause, until its time is up. Classic groups that are listed as empty need not be
   * described: the list has told all that a description would.
   */
  static GroupRequest send(
      Admin admin,
      Collection<GroupListing> listings,
      KafkaSnapshot.GroupListing listing,
      Stage stage) {
    var members = new HashMap<String, KafkaFuture<Membership>>();
    var described = new EnumMap<GroupType, List<String>>(GroupType.class);
    var committing = new ArrayList<String>();
    var sharing = new ArrayList<String>();
    for (GroupListing group : listings) {
      String name = group.groupId();
      if (!listing.mayHaveCoordinator(name)) {
        continue;
      }
      GroupType type = type(group);
      switch (type) {
        case CLASSIC, CONSUMER, STREAMS -> committing.add(name);
        case SHARE -> sharing.add(name);
        case UNKNOWN -> {}
      }
      OptionalInt coordinator = listing.coordinator(name);
      if (type == GroupType.CLASSIC && isEmpty(group) && coordinator.isPresent()) {
        members.put(
            name,
            KafkaFuture.completedFuture(
                new Membership(coordinator, group.protocol(), "", List.of())));
      } else {
        described.computeIfAbsent(type, _ -> new ArrayList<>()).add(name);
      }
    }
    members.putAll(members(admin, described, stage));
    return new GroupRequest(
        members, commits(admin, committing, stage), shares(admin, sharing, stage));
  }

  /** Brokers before 2.6 do not list states. */
  private static boolean isEmpty(GroupListing group) {
    return group.groupState().filter(state -> state == GroupState.EMPTY).isPresent();
  }

  /** Returns the protocol of a group; brokers before 3.7 know only one and do not tell it. */
  static GroupType type(GroupListing listing) {
    return listing.type().orElse(GroupType.CLASSIC);
  }

  private static Map<String, KafkaFuture<Membership>> members(
      Admin admin, Map<GroupType, List<String>> names, Stage stage) {
    var members = new HashMap<String, KafkaFuture<Membership>>();
    names.forEach((type, groups) ->
        members.putAll(
            switch (type) {
              case CLASSIC ->
                  memberships(
                      admin
                          .describeClassicGroups(
                              groups, stage.limit(new DescribeClassicGroupsOptions()))
                          .describedGroups(),
                      Memberships::of);
              case CONSUMER ->
                  memberships(
                      admin
                          .describeConsumerGroups(
                              groups, stage.limit(new DescribeConsumerGroupsOptions()))
                          .describedGroups(),
                      Memberships::of);
              case SHARE ->
                  memberships(
                      admin
                          .describeShareGroups(
                              groups, stage.limit(new DescribeShareGroupsOptions()))
                          .describedGroups(),
                      Memberships::of);
              case STREAMS ->
                  memberships(
                      admin
                          .describeStreamsGroups(
                              groups, stage.limit(new DescribeStreamsGroupsOptions()))
                          .describedGroups(),
                      Memberships::of);
              case UNKNOWN -> Map.of();
            }));
    return members;
  }

  private static <D> Map<String, KafkaFuture<Membership>> memberships(
      Map<String, KafkaFuture<D>> descriptions, Function<D, Membership> membership) {
    return descriptions.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, entry -> entry.getValue().thenApply(membership::apply)));
  }

  private static Map<String, KafkaFuture<Map<TopicPartition, OffsetAndMetadata>>> commits(
      Admin admin, List<String> groups, Stage stage) {
    if (groups.isEmpty()) {
      return Map.of();
    }
    var result =
        admin.listConsumerGroupOffsets(
            forEach(groups, new ListConsumerGroupOffsetsSpec()),
            stage.limit(new ListConsumerGroupOffsetsOptions()));
    return groups.stream()
        .collect(Collectors.toMap(Function.identity(), result::partitionsToOffsetAndMetadata));
  }

  private static Map<String, KafkaFuture<Map<TopicPartition, SharePartitionOffsetInfo>>> shares(
      Admin admin, List<String> groups, Stage stage) {
    if (groups.isEmpty()) {
      return Map.of();
    }
    var result =
        admin.listShareGroupOffsets(
            forEach(groups, new ListShareGroupOffsetsSpec()),
            stage.limit(new ListShareGroupOffsetsOptions()));
    return groups.stream()
        .collect(Collectors.toMap(Function.identity(), result::partitionsToOffsetInfo));
  }

  private static <S> Map<String, S> forEach(List<String> groups, S spec) {
    return groups.stream().collect(Collectors.toMap(Function.identity(), _ -> spec));
  }
}
