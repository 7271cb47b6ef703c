package io.mqexporter.kafka;

import io.mqexporter.kafka.snapshot.KafkaSnapshot;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.Membership;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
   * without a pause, until its time is up.
   */
  static GroupRequest send(
      Admin admin,
      Collection<GroupListing> listings,
      KafkaSnapshot.GroupListing listing,
      Stage stage) {
    Map<GroupType, List<String>> names =
        listings.stream()
            .filter(group -> listing.mayHaveCoordinator(group.groupId()))
            .collect(
                Collectors.groupingBy(
                    GroupRequest::type,
                    Collectors.mapping(GroupListing::groupId, Collectors.toList())));
    var committing = new ArrayList<String>();
    committing.addAll(names.getOrDefault(GroupType.CLASSIC, List.of()));
    committing.addAll(names.getOrDefault(GroupType.CONSUMER, List.of()));
    committing.addAll(names.getOrDefault(GroupType.STREAMS, List.of()));
    return new GroupRequest(
        members(admin, names, stage),
        commits(admin, committing, stage),
        shares(admin, names.getOrDefault(GroupType.SHARE, List.of()), stage));
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
