package io.mqexporter.rocketmq.reading;

import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.QueueOffsets;
import io.mqexporter.rocketmq.snapshot.RuntimeFigures;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How often one broker is asked for the offsets of its topics. That costs a request for each topic,
 * which makes the broker read the last message of each queue, from a disk that is cold where a
 * topic is idle. So a topic that moves is asked for in each collection, and none at all while
 * nothing was written to the broker's log. Idle ones are asked for after two minutes at the latest
 * while more is written than is found in those that move, and more of them when the log has come to
 * rest: then all are exact soon. Else they are exact, and a few are asked for in each collection.
 */
final class OffsetsBeat {

  /**
   * How long a topic counts as one that moves after it was last seen to, and how often an idle one
   * is asked for while it might have moved.
   */
  static final Duration IDLE = Duration.ofMinutes(2);

  /** How long the queues may take to give up what was deleted from the log. */
  private static final Duration DELETION = Duration.ofMinutes(1);

  private static final Instant NEVER = Instant.EPOCH;

  private final Bounds bounds;
  private final Map<String, Answer> answers = new HashMap<>();
  private final WrittenCount count = new WrittenCount();
  private Optional<Log> lastLog = Optional.empty();
  private OptionalLong lastMin = OptionalLong.empty();
  private Instant deleted = NEVER;
  private Instant suspicious = NEVER;

  OffsetsBeat(Bounds bounds) {
    this.bounds = bounds;
  }

  /**
   * How many topics are asked for in one collection.
   *
   * @param most the most of all
   * @param idleWhileMoving the most of those that would not be due, while the log moves; more where
   *     they are many
   * @param idleAtRest the same when it did not move since the last collection
   * @param round in how many collections each topic has had its turn while the log moves
   */
  record Bounds(int most, int idleWhileMoving, int idleAtRest, int round) {}

  private record Answer(
      Map<Integer, QueueOffsets> offsets, Instant asked, Instant moved, Optional<Log> log) {}

  /**
   * Where the broker's log begins and ends.
   *
   * @param min its begin, which moves when messages are deleted
   * @param max its end, which moves when messages are written
   * @param written how many messages were written to it since the broker started
   */
  record Log(long min, long max, OptionalLong written) {

    /** Returns the log, if it is known and all of it has been given to the queues. */
    static Optional<Log> of(RuntimeFigures figures) {
      OptionalLong min = figures.count("commitLogMinOffset");
      OptionalLong max = figures.count("commitLogMaxOffset");
      boolean given = figures.count("dispatchBehindBytes").orElse(-1) == 0;
      return given && min.isPresent() && max.isPresent()
          ? Optional.of(new Log(min.getAsLong(), max.getAsLong(), figures.messagesStored()))
          : Optional.empty();
    }
  }

  /**
   * Returns the topics to ask for, and forgets those that are no longer there.
   *
   * @param topics all topics
   * @param consumed those of which consumers have fetched or committed something since the last
   *     collection; unless they are asked for, their offsets are not known any more
   * @param log the log as it is now
   */
  List<String> due(Set<String> topics, Set<String> consumed, Optional<Log> log, Instant now) {
    answers.keySet().retainAll(topics);
    answers.keySet().removeAll(consumed);
    if (count.exceeds(log.map(Log::written).orElse(OptionalLong.empty()))) {
      suspicious = now;
    }
    boolean atRest = log.isPresent() && log.equals(lastLog);
    int idle =
        atRest && !count.hasBegun()
            ? bounds.idleAtRest()
            : Math.max(bounds.idleWhileMoving(), topics.size() / bounds.round());
    if (log.isPresent()) {
      if (lastMin.isPresent() && lastMin.getAsLong() != log.get().min()) {
        deleted = now;
      }
      lastMin = OptionalLong.of(log.get().min());
    }
    lastLog = log;
    List<String> stalest =
        topics.stream()
            .filter(topic -> !isExact(topic, log))
            .sorted(Comparator.comparing(this::asked).thenComparing(Comparator.naturalOrder()))
            .toList();
    var due = new LinkedHashSet<String>();
    add(due, stalest.stream().filter(topic -> isDue(topic, now)), bounds.most());
    add(due, stalest.stream().filter(topic -> !isDue(topic, now)).limit(idle), bounds.most());
    return List.copyOf(due);
  }

  /**
   * Returns whether all topics were asked for since something was written to one that was not; then
   * it is time to ask for the figures once more, so that what is written from now on is counted.
   */
  boolean isToCount(Set<String> topics, Instant now) {
    return !count.hasBegun()
        && lastLog.map(Log::written).orElse(OptionalLong.empty()).isPresent()
        && answers.keySet().containsAll(topics)
        && !suspicious.plus(IDLE).isAfter(now);
  }

  /** Takes in the figures that were read after all topics. */
  void count(Optional<Log> log) {
    count.begin(log.map(Log::written).orElse(OptionalLong.empty()));
  }

  /** Returns how many of the topics were never answered for, or not since they were consumed. */
  int unknown(Collection<String> topics) {
    return (int) topics.stream().filter(topic -> !answers.containsKey(topic)).count();
  }

  /**
   * Takes in an answer.
   *
   * @param log the log as it was before the request
   */
  void answered(String topic, Map<Integer, QueueOffsets> offsets, Optional<Log> log, Instant now) {
    Answer last = answers.get(topic);
    Instant moved =
        last == null
            ? lastStored(offsets, now)
            : last.offsets().equals(offsets) ? last.moved() : now;
    answers.put(topic, new Answer(offsets, now, moved, log));
    count.asked(topic, offsets);
  }

  /** Takes in that a topic could not be asked for: what is kept of it may be wrong. */
  void failed(String topic) {
    answers.remove(topic);
  }

  /** Forgets all: a broker that was started anew may have lost the end of its log. */
  void forget() {
    answers.clear();
    lastLog = Optional.empty();
    count.forget();
  }

  /** Returns what was last answered for each topic. */
  Map<String, Map<Integer, QueueOffsets>> offsets() {
    var offsets = new HashMap<String, Map<Integer, QueueOffsets>>();
    answers.forEach((topic, answer) -> offsets.put(topic, answer.offsets()));
    return offsets;
  }

  private static void add(Set<String> due, Stream<String> topics, int most) {
    topics.limit(most - due.size()).forEach(due::add);
  }

  /**
   * Returns whether the log is what it was when a topic was asked for, and the queues follow it.
   */
  private boolean isExact(String topic, Optional<Log> log) {
    Answer answer = answers.get(topic);
    return answer != null
        && log.isPresent()
        && log.equals(answer.log())
        && !answer.asked().isBefore(deleted.plus(DELETION));
  }

  private boolean isDue(String topic, Instant now) {
    Answer answer = answers.get(topic);
    return answer == null
        || answer.moved().plus(IDLE).isAfter(now)
        || (!count.hasBegun() && !answer.asked().plus(IDLE).isAfter(now));
  }

  private Instant asked(String topic) {
    Answer answer = answers.get(topic);
    return answer == null ? NEVER : answer.asked();
  }

  private static Instant lastStored(Map<Integer, QueueOffsets> offsets, Instant now) {
    long millis =
        offsets.values().stream().mapToLong(queue -> queue.lastStored().orElse(0)).max().orElse(0);
    Instant stored = Instant.ofEpochMilli(millis);
    return stored.isAfter(now) ? now : stored;
  }
}
