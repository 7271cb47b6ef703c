package io.mqexporter.rocketmq.reading;

import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.GroupClients;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What one broker told of its groups' clients. That costs a request for each group, so only some
 * groups are asked for in a collection, the next ones in the next, and answers are kept meanwhile.
 */
final class ClientSurvey {

  /** How long a subscription is remembered after a broker has last told it. */
  private static final Duration SUBSCRIPTION_MEMORY = Duration.ofMinutes(5);

  /** In how many collections every group has had its turn. */
  private static final int ROUND = 64;

  private static final GroupClients NEVER_SEEN =
      new GroupClients(Map.of(), Optional.empty(), Optional.empty(), Set.of());

  private final int mostPerCollection;
  private final int settledPerCollection;
  private final Map<String, GroupClients> answers = new HashMap<>();
  private final Map<String, Map<Map<String, String>, Instant>> subscriptions = new HashMap<>();
  private String lastAsked = "";

  /**
   * Creates a survey that has not asked yet.
   *
   * @param mostPerCollection the most groups that are asked for in a collection
   * @param settledPerCollection how many of those are asked for that neither are new nor lag; more
   *     where there are many groups
   */
  ClientSurvey(int mostPerCollection, int settledPerCollection) {
    this.mostPerCollection = mostPerCollection;
    this.settledPerCollection = settledPerCollection;
  }

  /**
   * Returns the groups whose turn it is, and forgets those that are no longer there. First come
   * those that were never asked for, then those that lag, where it matters most who is there.
   */
  List<String> next(Set<String> groups, Set<String> lagging) {
    answers.keySet().retainAll(groups);
    subscriptions.keySet().retainAll(groups);
    NavigableSet<String> sorted = new TreeSet<>(groups);
    var rotated = new ArrayList<>(sorted.tailSet(lastAsked, false));
    rotated.addAll(sorted.headSet(lastAsked, true));
    var turn = new LinkedHashSet<String>();
    add(turn, rotated.stream().filter(group -> !answers.containsKey(group)).toList());
    add(turn, rotated.stream().filter(lagging::contains).toList());
    List<String> settled = rotated.stream().filter(group -> !turn.contains(group)).toList();
    int quota = Math.max(settledPerCollection, (groups.size() + ROUND - 1) / ROUND);
    add(turn, settled.subList(0, Math.min(quota, settled.size())));
    return List.copyOf(turn);
  }

  /** Takes in that a group has clients. */
  void online(String group, GroupClients clients, Instant now) {
    GroupClients before = answers.getOrDefault(group, NEVER_SEEN);
    Map<Map<String, String>, Instant> seen =
        subscriptions.computeIfAbsent(group, _ -> new HashMap<>());
    if (!before.clients().keySet().equals(clients.clients().keySet())) {
      // Others have come, who may have subscribed otherwise, all of them.
      seen.clear();
    }
    clients.subscriptions().forEach(subscription -> seen.put(subscription, now));
    seen.values().removeIf(last -> last.isBefore(now.minus(SUBSCRIPTION_MEMORY)));
    answers.put(group, clients.subscribedTo(Set.copyOf(seen.keySet())));
    lastAsked = group;
  }

  /** Takes in that a group has none. */
  void offline(String group) {
    answers.put(group, answers.getOrDefault(group, NEVER_SEEN).offline());
    subscriptions.remove(group);
    lastAsked = group;
  }

  /** Takes in that a group could not be asked for: what was heard of it before may be wrong. */
  void failed(String group) {
    answers.remove(group);
    lastAsked = group;
  }

  /** Returns what was last heard of each group; groups not yet asked for are left out. */
  Map<String, GroupClients> answers() {
    return Map.copyOf(answers);
  }

  private void add(Set<String> turn, Collection<String> groups) {
    for (String group : groups) {
      if (turn.size() < mostPerCollection) {
        turn.add(group);
      }
    }
  }
}
