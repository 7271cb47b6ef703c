package io.mqexporter.rocketmq.reading;

import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.GroupTopic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * When the oldest messages were stored that groups have left on one broker, which reads them for
 * that from its disk. Only some groups are asked for in a collection, the next ones in the next; an
 * answer is kept for as long as the group stays where it is.
 */
final class UnreadSurvey {

  private static final int MOST_PER_COLLECTION = 50;

  private static final Comparator<GroupTopic> ORDER =
      Comparator.comparing(GroupTopic::group).thenComparing(GroupTopic::topic);

  private final Map<GroupTopic, Answer> answers = new HashMap<>();
  private NavigableMap<GroupTopic, Map<Integer, Long>> lagging = new TreeMap<>(ORDER);
  private Optional<GroupTopic> lastAsked = Optional.empty();

  private record Answer(Map<Integer, Long> committed, Map<Integer, Instant> since) {}

  /**
   * Returns what is to be asked for.
   *
   * @param nowLagging what the groups have committed that have messages left
   */
  List<GroupTopic> next(Map<GroupTopic, Map<Integer, Long>> nowLagging) {
    lagging = new TreeMap<>(ORDER);
    lagging.putAll(nowLagging);
    answers
        .entrySet()
        .removeIf(answer -> !answer.getValue().committed().equals(lagging.get(answer.getKey())));
    var turn = new ArrayList<GroupTopic>();
    lastAsked.ifPresent(last -> turn.addAll(lagging.tailMap(last, false).keySet()));
    lastAsked.ifPresentOrElse(
        last -> turn.addAll(lagging.headMap(last, true).keySet()),
        () -> turn.addAll(lagging.keySet()));
    turn.removeIf(answers::containsKey);
    List<GroupTopic> asked = turn.subList(0, Math.min(turn.size(), MOST_PER_COLLECTION));
    if (!asked.isEmpty()) {
      lastAsked = Optional.of(asked.getLast());
    }
    return List.copyOf(asked);
  }

  /** Takes in when the oldest message was stored that is left in each queue. */
  void answered(GroupTopic consumption, Map<Integer, Instant> since) {
    answers.put(consumption, new Answer(lagging.getOrDefault(consumption, Map.of()), since));
  }

  /** Returns what is known. */
  Map<GroupTopic, Map<Integer, Instant>> since() {
    var since = new HashMap<GroupTopic, Map<Integer, Instant>>();
    answers.forEach((consumption, answer) -> since.put(consumption, answer.since()));
    return since;
  }
}
