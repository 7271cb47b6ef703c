package io.mqexporter.messaging;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one collection knows of a cluster, in the words that all brokers share.
 *
 * @param system the broker software
 * @param cluster the target's name
 * @param at when the collection ended
 * @param brokersUp the names of the broker processes that take part; empty if they are not known,
 *     for a cluster that answers has one
 * @param brokersDown the names of those that the cluster itself reports as not running
 * @param destinations the topics or queues
 * @param consumptions who consumes what; of one group and destination there is at most one
 * @param groupMembers the number of members of each group of which it is known
 */
public record ClusterState(
    MessagingSystem system,
    String cluster,
    Instant at,
    Set<String> brokersUp,
    Set<String> brokersDown,
    List<Destination> destinations,
    List<Consumption> consumptions,
    Map<String, Integer> groupMembers) {

  /** Copies all collections. */
  public ClusterState {
    brokersUp = Set.copyOf(brokersUp);
    brokersDown = Set.copyOf(brokersDown);
    destinations = List.copyOf(destinations);
    consumptions = List.copyOf(consumptions);
    groupMembers = Map.copyOf(groupMembers);
  }

  /** Returns the same with other destinations. */
  public ClusterState withDestinations(List<Destination> others) {
    return new ClusterState(
        system, cluster, at, brokersUp, brokersDown, others, consumptions, groupMembers);
  }
}
