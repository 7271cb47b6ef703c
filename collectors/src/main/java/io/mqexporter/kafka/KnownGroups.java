package io.mqexporter.kafka;

import io.mqexporter.kafka.snapshot.KafkaSnapshot;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.Group;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.GroupListing;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.Progress;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.SharedPartition;
import io.mqexporter.kafka.snapshot.TopicCommits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.GroupState;

/**
 * Remembers the groups of a cluster, so that one that brokers do not list while its coordinator is
 * away is known to be unknown, not gone.
 */
final class KnownGroups {

  /** How long a coordinator that has just changed may take until it lists its groups. */
  static final Duration LOADING = Duration.ofMinutes(2);

  private final Map<String, Known> known = new HashMap<>();
  private List<OptionalInt> leaders = List.of();

  /**
   * A group as it was last read.
   *
   * @param coordinator the broker that leads the partition of the groups' topic that it belongs to
   * @param listedBy when that broker must list it at the latest
   */
  private record Known(
      String protocol,
      Set<String> topics,
      Instant lastKnown,
      OptionalInt coordinator,
      Instant listedBy) {

    Known withCoordinator(OptionalInt newCoordinator, Instant newListedBy) {
      return new Known(protocol, topics, lastKnown, newCoordinator, newListedBy);
    }

    Group asUnknown(String name) {
      return new Group(
          name,
          protocol,
          GroupState.UNKNOWN.toString(),
          Optional.empty(),
          new Progress.Unknown(topics, Optional.of(lastKnown)));
    }
  }

  /**
   * Returns the groups of a snapshot, with those that are only known from before, and remembers
   * them. A group that is not listed is gone, unless it is possible that its coordinator is away:
   * its partition of the groups' topic has no leader, or one that has led it for a short time only,
   * or a broker did not answer.
   */
  List<Group> complete(KafkaSnapshot snapshot) {
    GroupListing listing = snapshot.groupListing();
    boolean complete = listing.answered() && (!listing.leaders().isEmpty() || leaders.isEmpty());
    if (!listing.leaders().isEmpty()) {
      leaders = listing.leaders();
    }
    var groups = new ArrayList<Group>(snapshot.groups().size());
    var listed = HashSet.<String>newHashSet(snapshot.groups().size());
    for (Group group : snapshot.groups()) {
      listed.add(group.name());
      groups.add(remember(group, snapshot.at()));
    }
    for (var entries = known.entrySet().iterator(); entries.hasNext(); ) {
      Map.Entry<String, Known> entry = entries.next();
      if (complete) {
        entry.setValue(follow(entry.getKey(), entry.getValue(), snapshot.at()));
      }
      if (!listed.contains(entry.getKey())) {
        if (complete && isGone(entry.getValue(), snapshot.at())) {
          entries.remove();
        } else {
          groups.add(entry.getValue().asUnknown(entry.getKey()));
        }
      }
    }
    return groups;
  }

  private Group remember(Group group, Instant at) {
    Optional<Set<String>> topics =
        switch (group.progress()) {
          case Progress.Committed(List<TopicCommits> commits) ->
              Optional.of(
                  commits.stream()
                      .map(TopicCommits::topic)
                      .collect(Collectors.toUnmodifiableSet()));
          case Progress.Shared(List<SharedPartition> partitions) ->
              Optional.of(
                  partitions.stream().map(SharedPartition::topic).collect(Collectors.toSet()));
          case Progress.Unknown _ -> Optional.empty();
        };
    if (topics.isPresent()) {
      known.put(
          group.name(),
          new Known(group.protocol(), topics.get(), at, coordinator(group.name()), at));
      return group;
    }
    Known before = known.get(group.name());
    return before == null
        ? group
        : new Group(
            group.name(),
            group.protocol(),
            group.state(),
            group.membership(),
            new Progress.Unknown(before.topics(), Optional.of(before.lastKnown())));
  }

  private Known follow(String name, Known group, Instant at) {
    OptionalInt coordinator = coordinator(name);
    return coordinator.equals(group.coordinator())
        ? group
        : group.withCoordinator(coordinator, at.plus(LOADING));
  }

  private boolean isGone(Known group, Instant at) {
    return leaders.isEmpty() || (group.coordinator().isPresent() && !at.isBefore(group.listedBy()));
  }

  private OptionalInt coordinator(String group) {
    return leaders.isEmpty() ? OptionalInt.empty() : GroupListing.coordinator(leaders, group);
  }
}
