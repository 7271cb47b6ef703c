package io.mqexporter.rocketmq.reading;

import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.Client;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.Commits;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.GroupTopic;
import io.mqexporter.rocketmq.snapshot.RuntimeFigures;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What is kept of one master from collection to collection, so that it is asked for less. */
final class BrokerHistory {

  private static final OffsetsBeat.Bounds TOPICS_PER_COLLECTION =
      new OffsetsBeat.Bounds(1000, 3, 100, 200);
  private static final int GROUPS_PER_COLLECTION = 64;
  private static final int SETTLED_GROUPS_PER_COLLECTION = 3;

  private final ClientSurvey survey =
      new ClientSurvey(GROUPS_PER_COLLECTION, SETTLED_GROUPS_PER_COLLECTION);
  private final UnreadSurvey unread = new UnreadSurvey();
  private final BrokerStatisticsSurvey statistics = new BrokerStatisticsSurvey();
  private final OffsetsBeat offsets = new OffsetsBeat(TOPICS_PER_COLLECTION);
  private final Set<Feature> unsupported = EnumSet.noneOf(Feature.class);
  private String run = "";
  private boolean hadSlaves;
  private Optional<Commits> lastCommits = Optional.empty();
  private SlowPart<Map<String, Long>> timed = new SlowPart<>();
  private SlowPart<Map<String, Map<String, Client>>> producers = new SlowPart<>();
  private SlowPart<Set<GroupTopic>> popped = new SlowPart<>();

  /** What not every release can be asked for. */
  enum Feature {
    /** How far slaves are. */
    REPLICATION,
    /** What waits on the timer wheel. */
    TIMED,
    /** The producers that are connected. */
    PRODUCERS,
    /** Which groups pop their messages. */
    POPPED
  }

  /** Returns the survey of its groups' clients. */
  ClientSurvey survey() {
    return survey;
  }

  /** Returns the survey of the messages that its groups have left. */
  UnreadSurvey unread() {
    return unread;
  }

  /** Returns the survey of what it counts. */
  BrokerStatisticsSurvey statistics() {
    return statistics;
  }

  /** Returns how often it is asked for offsets. */
  OffsetsBeat offsets() {
    return offsets;
  }

  /** Takes in its figures. After a restart it may be another release that can do more. */
  void observe(RuntimeFigures figures) {
    String told = figures.version() + " " + figures.table().getOrDefault("bootTimestamp", "");
    if (!told.equals(run)) {
      run = told;
      unsupported.clear();
      offsets.forget();
      timed = new SlowPart<>();
      producers = new SlowPart<>();
      popped = new SlowPart<>();
    }
  }

  /** Takes in that it does not know a kind of request. */
  void cannot(Feature feature) {
    unsupported.add(feature);
  }

  /** Returns whether it may know a kind of request. */
  boolean can(Feature feature) {
    return !unsupported.contains(feature);
  }

  /** Takes in whether it has slaves, and returns whether it ever had. */
  boolean hadSlaves(boolean hasSlaves) {
    hadSlaves |= hasSlaves;
    return hadSlaves;
  }

  /**
   * Takes in what groups have committed.
   *
   * @return the topics of which something was fetched or committed since the last time
   */
  Set<String> consumed(Commits commits) {
    var consumed = new HashSet<String>();
    lastCommits.ifPresent(last -> {
      addChanged(last.committed(), commits.committed(), consumed);
      addChanged(last.pulled().orElse(Map.of()), commits.pulled().orElse(Map.of()), consumed);
    });
    lastCommits = Optional.of(commits);
    return consumed;
  }

  /** Returns the messages of each topic that wait on the timer wheel. */
  SlowPart<Map<String, Long>> timed() {
    return timed;
  }

  /** Returns the producers that are connected. */
  SlowPart<Map<String, Map<String, Client>>> producers() {
    return producers;
  }

  /** Returns which groups pop their messages. */
  SlowPart<Set<GroupTopic>> popped() {
    return popped;
  }

  private static void addChanged(
      Map<GroupTopic, Map<Integer, Long>> before,
      Map<GroupTopic, Map<Integer, Long>> now,
      Set<String> topics) {
    now.forEach((consumption, offsets) -> {
      if (!Objects.equals(before.get(consumption), offsets)) {
        topics.add(consumption.topic());
      }
    });
  }
}
