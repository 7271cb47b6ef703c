package io.mqexporter.rocketmq.reading;

import io.mqexporter.collector.Deadline;
import io.mqexporter.collector.Missing;
import io.mqexporter.rocketmq.reading.BrokerHistory.Feature;
import io.mqexporter.rocketmq.reading.Conversation.Asked;
import io.mqexporter.rocketmq.reading.Conversation.AskedEach;
import io.mqexporter.rocketmq.reading.Conversation.Part;
import io.mqexporter.rocketmq.remoting.BrokerRequests;
import io.mqexporter.rocketmq.remoting.RequestFailedException;
import io.mqexporter.rocketmq.remoting.RequestFailedException.Kind;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.BrokerContents;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.BrokerProcess;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.Commits;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.Details;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.GroupClients;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.GroupSettings;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.GroupTopic;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.QueueOffsets;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.Replication;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.TopicSettings;
import io.mqexporter.rocketmq.snapshot.RuntimeFigures;
import io.mqexporter.rocketmq.snapshot.TopicKind;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Reads once what one master holds. */
final class BrokerReader {

  /** How the figures are called where they are missing. */
  static final String FIGURES = "runtime figures";

  private final BrokerRequests requests;
  private final BrokerProcess master;
  private final ReadFilter filter;
  private final BrokerHistory history;
  private final OnRequest onRequest;
  private final Instant now;
  private final Conversation conversation;

  BrokerReader(
      BrokerRequests requests,
      BrokerProcess master,
      ReadFilter filter,
      BrokerHistory history,
      OnRequest onRequest,
      Instant now,
      Deadline deadline) {
    this.requests = requests;
    this.master = master;
    this.filter = filter;
    this.history = history;
    this.onRequest = onRequest;
    this.now = now;
    this.conversation = new Conversation(requests, master, deadline);
  }

  /**
   * What was read.
   *
   * @param process the broker itself, after it was asked
   * @param contents what the broker holds
   * @param missing what it did not give
   */
  record Reading(BrokerProcess process, BrokerContents contents, List<Missing> missing) {}

  /**
   * Reads everything. The lists are asked for all at once, and offsets when they are there. Commits
   * come before offsets: what is stored in between makes a lag larger by that much, where the other
   * order would make it negative. Groups come before offsets, because they tell which retry topics
   * are wanted, and so do the figures: what is written after them is found by the next collection.
   * A broker takes tens of milliseconds for its figures, and few for its lists and for who
   * consumes, which are read meanwhile; the lags of the collection before say whose turn it is.
   */
  Reading read(Set<String> brokerNames, boolean hasSlaves) throws InterruptedException {
    Asked<RuntimeFigures> askedFigures = conversation.begin(FIGURES, requests::runtimeFigures);
    Asked<Commits> askedCommits = conversation.begin("committed offsets", requests::commits);
    Asked<Map<String, TopicSettings>> askedTopics = conversation.begin("topics", requests::topics);
    Asked<Map<String, GroupSettings>> askedGroups =
        conversation.begin("consumer groups", requests::groups);
    Optional<Commits> commits = conversation.end(askedCommits);
    Optional<Map<String, TopicSettings>> topics = conversation.end(askedTopics);
    Optional<Map<String, GroupSettings>> groups = conversation.end(askedGroups);
    Set<String> allGroups = groups.map(Map::keySet).orElse(Set.of());
    Optional<Map<String, TopicSettings>> readTopics =
        topics.map(all -> filter.topics(all, brokerNames, allGroups));
    Optional<Map<String, GroupSettings>> readGroups = groups.map(filter::groups);
    Optional<Commits> readCommits = commits.map(all -> filter.commits(all, brokerNames, allGroups));
    AskedEach<String, GroupClients> askedClients =
        conversation.beginForEach(
            readGroups.map(known -> turn(known.keySet(), readCommits)).orElse(List.of()),
            requests::clients);
    Optional<RuntimeFigures> figures = conversation.end(askedFigures);
    figures.ifPresent(history::observe);
    boolean answered = conversation.goesOn() || conversation.hasCome(askedFigures);
    BrokerProcess process = answered ? master.answered(figures) : master;
    Set<String> consumed = readCommits.map(history::consumed).orElse(Set.of());
    if (readTopics.isPresent()) {
      readOffsets(
          ReadFilter.withOffsets(readTopics.get().keySet(), brokerNames),
          consumed,
          figures.flatMap(OffsetsBeat.Log::of));
    }
    Map<String, Map<Integer, QueueOffsets>> offsets =
        readTopics.isPresent() ? history.offsets().offsets() : Map.of();
    endClients(askedClients);
    if (onRequest.exactLagTime()) {
      surveyUnread(lagging(readCommits, offsets), history.unread());
    }
    if (onRequest.brokerStatistics()) {
      Set<String> ordinary =
          offsets.keySet().stream()
              .filter(topic ->
                  TopicKind.of(topic, brokerNames, allGroups) instanceof TopicKind.Ordinary)
              .collect(Collectors.toSet());
      history
          .statistics()
          .read(BrokerCounts.of(ordinary, offsets, readCommits), requests, conversation, now);
    }
    return new Reading(
        process,
        new BrokerContents(
            master.broker(),
            readTopics,
            offsets,
            readCommits,
            readGroups,
            history.survey().answers(),
            details(hasSlaves)),
        conversation.missing());
  }

  private void readOffsets(Set<String> topics, Set<String> consumed, Optional<OffsetsBeat.Log> log)
      throws InterruptedException {
    OffsetsBeat beat = history.offsets();
    List<String> due = beat.due(topics, consumed, log, now);
    var offsets = new HashMap<String, Map<Integer, QueueOffsets>>();
    Map<String, RequestFailedException> failures =
        conversation.askForEach(due, requests::offsets, offsets);
    failures.keySet().forEach(beat::failed);
    offsets.forEach((topic, queues) -> beat.answered(topic, queues, log, now));
    // One that is gone was deleted since the list was made.
    failures.values().removeIf(failure -> failure.kind() == Kind.TOPIC_NOT_FOUND);
    conversation.report("offsets", "topics", failures);
    var later = new TreeSet<>(topics);
    later.removeAll(due);
    if (beat.isToCount(topics, now)) {
      beat.count(
          conversation
              .end(conversation.begin(FIGURES, requests::runtimeFigures))
              .flatMap(OffsetsBeat.Log::of));
    }
    int unknown = beat.unknown(later);
    if (unknown > 0) {
      conversation.miss(
          "offsets of %d topics".formatted(unknown),
          "%s: %d were asked for, the others' turn comes in the next collections"
              .formatted(conversation.address(), due.size()));
    }
  }

  /** Returns what was committed by those groups of users that have something left on a topic. */
  private static Map<GroupTopic, Map<Integer, Long>> lagging(
      Optional<Commits> commits, Map<String, Map<Integer, QueueOffsets>> offsets) {
    var lagging = new HashMap<GroupTopic, Map<Integer, Long>>();
    commits
        .map(Commits::committed)
        .orElse(Map.of())
        .forEach((consumption, queues) -> {
          Map<Integer, QueueOffsets> ends = offsets.getOrDefault(consumption.topic(), Map.of());
          if (lags(queues, ends) && !TopicKind.isInternalGroup(consumption.group())) {
            lagging.put(consumption, queues);
          }
        });
    return lagging;
  }

  private static boolean lags(Map<Integer, Long> queues, Map<Integer, QueueOffsets> ends) {
    for (var queue : queues.entrySet()) {
      QueueOffsets end = ends.get(queue.getKey());
      if (end != null && end.max() > queue.getValue()) {
        return true;
      }
    }
    return false;
  }

  private void surveyUnread(Map<GroupTopic, Map<Integer, Long>> lagging, UnreadSurvey survey)
      throws InterruptedException {
    var answers = new HashMap<GroupTopic, Map<Integer, Duration>>();
    Map<GroupTopic, RequestFailedException> failures =
        conversation.askForEach(survey.next(lagging), requests::unreadAges, answers);
    answers.forEach((consumption, ages) -> {
      var since = new HashMap<Integer, Instant>();
      ages.forEach((queue, age) -> since.put(queue, now.minus(age)));
      survey.answered(consumption, since);
    });
    failures.values().removeIf(failure -> failure.kind() == Kind.TOPIC_NOT_FOUND);
    conversation.report("ages of messages", "consumptions", failures);
  }

  private Details details(boolean hasSlaves) throws InterruptedException {
    Optional<Replication> replication =
        history.hadSlaves(hasSlaves)
            ? feature(Feature.REPLICATION, "replication", requests::replication)
            : Optional.empty();
    return new Details(
        replication,
        slow(history.timed(), Feature.TIMED, "timed messages", requests::timed)
            .map(filter::ordinaryTopics),
        slow(history.producers(), Feature.PRODUCERS, "producers", requests::producers),
        slow(history.popped(), Feature.POPPED, "ways of consuming", requests::popped),
        history.unread().since(),
        history.statistics().perSecond(now));
  }

  /** Returns the groups that are to be asked for who consumes. */
  private List<String> turn(Set<String> groups, Optional<Commits> commits) {
    Set<String> lagging =
        lagging(commits, history.offsets().offsets()).keySet().stream()
            .map(GroupTopic::group)
            .collect(Collectors.toSet());
    var wanted = new TreeSet<>(groups);
    wanted.removeIf(TopicKind::isInternalGroup);
    return history.survey().next(wanted, lagging);
  }

  private void endClients(AskedEach<String, GroupClients> asked) throws InterruptedException {
    ClientSurvey survey = history.survey();
    var answers = new HashMap<String, GroupClients>();
    Map<String, RequestFailedException> failures = conversation.endForEach(asked, answers);
    for (String group : asked.subjects()) {
      RequestFailedException failure = failures.get(group);
      GroupClients answer = answers.get(group);
      if (answer != null) {
        survey.online(group, answer, now);
      } else if (failure != null && failure.kind() == Kind.NOT_ONLINE) {
        survey.offline(group);
        failures.remove(group);
      } else {
        survey.failed(group);
      }
    }
    conversation.report("clients", "consumer groups", failures);
  }

  private <T> Optional<T> slow(SlowPart<T> kept, Feature feature, String what, Part<T> part)
      throws InterruptedException {
    if (history.can(feature) && kept.isDue(now)) {
      kept.told(feature(feature, what, part), now);
    }
    return kept.last();
  }

  /** Reads what not every release knows; nothing is missing then. */
  private <T> Optional<T> feature(Feature feature, String what, Part<T> part)
      throws InterruptedException {
    if (!history.can(feature)) {
      return Optional.empty();
    }
    return conversation
        .ask(
            what,
            (address, deadline) -> {
              try {
                return Optional.of(part.read(address, deadline));
              } catch (RequestFailedException e) {
                if (e.kind() != Kind.NOT_SUPPORTED) {
                  throw e;
                }
                history.cannot(feature);
                return Optional.<T>empty();
              }
            })
        .flatMap(told -> told);
  }
}
