package io.mqexporter.rocketmq.view;

import io.mqexporter.rocketmq.snapshot.ClientStatistics;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.BrokerContents;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.Client;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.GroupClients;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The clients of consumer groups over all brokers. */
public final class GroupMembers {

  private final RocketMqSnapshot snapshot;
  private final boolean whole;
  private final Map<String, Boolean> broadcasting;
  private final Map<String, OptionalInt> counts = new ConcurrentHashMap<>();

  GroupMembers(RocketMqSnapshot snapshot, boolean whole) {
    this.snapshot = snapshot;
    this.whole = whole;
    this.broadcasting = broadcastingGroups(snapshot);
  }

  /** Returns whether each client of a group gets every message and keeps its offsets to itself. */
  public boolean isBroadcasting(String group) {
    return broadcasting(group).orElse(false);
  }

  /** Returns the same, or nothing if the group was never seen online. */
  public Optional<Boolean> broadcasting(String group) {
    return Optional.ofNullable(broadcasting.get(group));
  }

  /**
   * Returns the clients of a group by broker; empty while a broker that knows the group has not
   * been asked for them.
   */
  public Optional<Map<String, GroupClients>> byBroker(String group) {
    var byBroker = new TreeMap<String, GroupClients>();
    for (BrokerContents contents : snapshot.contents()) {
      boolean known = contents.groups().map(told -> told.containsKey(group)).orElse(true);
      GroupClients clients = contents.clients().get(group);
      if (known && clients == null) {
        return Optional.empty();
      }
      if (clients != null) {
        byBroker.put(contents.broker(), clients);
      }
    }
    return whole && !byBroker.isEmpty() ? Optional.of(byBroker) : Optional.empty();
  }

  /** Returns the clients of a group by their identifiers, if all are known. */
  public Optional<NavigableMap<String, Client>> clients(String group) {
    return byBroker(group)
        .map(byBroker -> {
          var clients = new TreeMap<String, Client>();
          byBroker.values().forEach(told -> clients.putAll(told.clients()));
          return clients;
        });
  }

  /** Returns the number of clients of a group, if it is known. */
  public OptionalInt count(String group) {
    return counts.computeIfAbsent(
        group,
        name ->
            clients(name)
                .map(clients -> OptionalInt.of(clients.size()))
                .orElse(OptionalInt.empty()));
  }

  /** Returns how many different subscriptions the clients of a group have, if there are any. */
  public OptionalInt subscriptions(String group) {
    var different = new HashSet<Map<String, String>>();
    byBroker(group)
        .ifPresent(
            byBroker -> byBroker.values().forEach(told -> different.addAll(told.subscriptions())));
    statistics(group).values().forEach(one -> different.add(one.subscriptions()));
    different.remove(Map.<String, String>of());
    return different.isEmpty() ? OptionalInt.empty() : OptionalInt.of(different.size());
  }

  /** Returns what clients of a group tell of themselves, if they were asked. */
  public Map<String, ClientStatistics> statistics(String group) {
    return snapshot.statistics().getOrDefault(group, Map.of());
  }

  /** What the clients tell comes first: a broker remembers a group's way of old. */
  private static Map<String, Boolean> broadcastingGroups(RocketMqSnapshot snapshot) {
    var told = new HashMap<String, Boolean>();
    for (BrokerContents contents : snapshot.contents()) {
      contents
          .clients()
          .forEach((group, clients) ->
              clients
                  .broadcasting()
                  .ifPresent(value -> told.merge(group, value, Boolean::logicalOr)));
    }
    for (BrokerContents contents : snapshot.contents()) {
      contents
          .commits()
          .ifPresent(
              commits -> commits.broadcasting().forEach(group -> told.putIfAbsent(group, true)));
    }
    return told;
  }
}
