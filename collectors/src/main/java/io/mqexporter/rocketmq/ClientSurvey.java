package io.mqexporter.rocketmq;

import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.GroupClients;
import java.util.ArrayList;
import java.util.HashMap;
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

  private static final GroupClients NEVER_SEEN =
      new GroupClients(Map.of(), Optional.empty(), Optional.empty());

  private final int groupsPerCollection;
  private final Map<String, GroupClients> answers = new HashMap<>();
  private String lastAsked = "";

  /** Creates a survey that asks for at most so many groups in one collection. */
  ClientSurvey(int groupsPerCollection) {
    this.groupsPerCollection = groupsPerCollection;
  }

  /** Returns the groups whose turn it is, and forgets those that are no longer there. */
  List<String> next(Set<String> groups) {
    answers.keySet().retainAll(groups);
    NavigableSet<String> sorted = new TreeSet<>(groups);
    var turn = new ArrayList<>(sorted.tailSet(lastAsked, false));
    turn.addAll(sorted.headSet(lastAsked, true));
    return List.copyOf(turn.subList(0, Math.min(groupsPerCollection, turn.size())));
  }

  /** Takes in that a group has clients. */
  void online(String group, GroupClients clients) {
    answers.put(group, clients);
    lastAsked = group;
  }

  /** Takes in that a group has none. */
  void offline(String group) {
    answers.put(group, answers.getOrDefault(group, NEVER_SEEN).offline());
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
}
