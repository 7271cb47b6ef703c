package io.mqexporter.kafka;

import io.mqexporter.collector.Shard;
import io.mqexporter.messaging.ClusterState;
import java.util.HashSet;
import java.util.Set;

/**
 * Of which groups and topics a share of a cluster asks: its own, and the offsets of the topics that
 * its groups consume, whosever those are.
 */
final class WantedTopics {

  private final String cluster;
  private final Shard shard;
  private Set<String> consumed = Set.of();

  WantedTopics(String cluster, Shard shard) {
    this.cluster = cluster;
    this.shard = shard;
  }

  /** Returns whether a group is one of the share. */
  boolean ownsGroup(String group) {
    return shard.ownsGroup(cluster, group);
  }

  /** Returns whether a topic is one of the share. */
  boolean ownsTopic(String topic) {
    return shard.ownsDestination(cluster, topic);
  }

  /** Returns whether the offsets of a topic are asked for. */
  boolean wants(String topic) {
    return ownsTopic(topic) || consumed.contains(topic);
  }

  /** Returns what is known of the topics and groups of the share. */
  ClusterState own(ClusterState state) {
    if (shard.isWhole()) {
      return state;
    }
    // Of groups no others were read.
    return state.withDestinations(
        state.destinations().stream()
            .filter(destination -> ownsTopic(destination.id().name()))
            .toList());
  }

  /** Takes in what the groups of the share consume. */
  void consumed(GroupReader.Answered answered, GroupReader.Listed asked) {
    if (shard.isWhole()) {
      return;
    }
    var topics = new HashSet<String>();
    answered
        .commits()
        .values()
        .forEach(commits -> commits.keySet().forEach(partition -> topics.add(partition.topic())));
    if (!asked.answered() || answered.commits().size() < asked.groups().size()) {
      // Those that have not answered may consume what they did before.
      topics.addAll(consumed);
    }
    consumed = Set.copyOf(topics);
  }
}
