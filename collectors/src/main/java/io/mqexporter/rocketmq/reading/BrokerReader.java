package io.mqexporter.rocketmq.reading;

import io.mqexporter.collector.Deadline;
import io.mqexporter.collector.Missing;
import io.mqexporter.rocketmq.reading.BrokerHistory.Feature;
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
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.QueueOffsets;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.Replication;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.TopicSettings;
import io.mqexporter.rocketmq.snapshot.RuntimeFigures;
import io.mqexporter.rocketmq.snapshot.TopicKind;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.rocketmq.common.topic.TopicValidator;

/** Reads once what one master holds. */
final class BrokerReader {

  private static final String HALF_TOPIC = TopicValidator.RMQ_SYS_TRANS_HALF_TOPIC;

  private final BrokerRequests requests;
  private final BrokerProcess master;
  private final ReadFilter filter;
  private final BrokerHistory history;
  private final Instant now;
  private final Conversation conversation;

  BrokerReader(
      BrokerRequests requests,
      BrokerProcess master,
      ReadFilter filter,
      BrokerHistory history,
      Instant now,
      Deadline deadline) {
    this.requests = requests;
    this.master = master;
    this.filter = filter;
    this.history = history;
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
   * Reads everything. Commits come before offsets: what is stored in between makes a lag larger by
   * that much, where the other order would make it negative. Groups come before offsets, because
   * they tell which retry topics are wanted, and the figures before all: what is written after them
   * is found by the next collection.
   */
  Reading read(Set<String> brokerNames, boolean hasSlaves) throws InterruptedException {
    Optional<RuntimeFigures> figures =
        conversation.ask("runtime figures", requests::runtimeFigures);
    figures.ifPresent(history::observe);
    BrokerProcess process = conversation.goesOn() ? master.answered(figures) : master;
    Optional<Commits> commits = conversation.ask("committed offsets", requests::commits);
    Optional<Map<String, TopicSettings>> topics = conversation.ask("topics", requests::topics);
    Optional<Map<String, GroupSettings>> groups =
        conversation.ask("consumer groups", requests::groups);
    Set<String> allGroups = groups.map(Map::keySet).orElse(Set.of());
    Optional<Map<String, TopicSettings>> readTopics =
        topics.map(all -> filter.topics(all, brokerNames, allGroups));
    Optional<Map<String, GroupSettings>> readGroups = groups.map(filter::groups);
    Optional<Commits> readCommits = commits.map(all -> filter.commits(all, brokerNames, allGroups));
    Set<String> consumed = readCommits.map(history::consumed).orElse(Set.of());
    if (readTopics.isPresent()) {
      readOffsets(
          withOffsets(readTopics.get().keySet(), brokerNames),
          consumed,
          figures.flatMap(OffsetsBeat.Log::of));
    }
    Map<String, Map<Integer, QueueOffsets>> offsets =
        readTopics.isPresent() ? history.offsets().offsets() : Map.of();
    if (readGroups.isPresent()) {
      surveyClients(readGroups.get().keySet(), lagging(readCommits, offsets), history.survey());
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

  /** Returns the topics whose offsets are wanted, the one of open transactions among them. */
  private static Set<String> withOffsets(Set<String> topics, Set<String> brokerNames) {
    var wanted = new TreeSet<>(topics);
    wanted.removeIf(
        topic -> TopicKind.of(topic, brokerNames, Set.of()) instanceof TopicKind.Internal);
    if (topics.contains(HALF_TOPIC)) {
      wanted.add(HALF_TOPIC);
    }
    return wanted;
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
              .ask("runtime figures", requests::runtimeFigures)
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

  private static Set<String> lagging(
      Optional<Commits> commits, Map<String, Map<Integer, QueueOffsets>> offsets) {
    var lagging = new HashSet<String>();
    commits.ifPresent(told ->
        told.committed()
            .forEach((consumption, queues) -> {
              Map<Integer, QueueOffsets> ends = offsets.getOrDefault(consumption.topic(), Map.of());
              boolean lags =
                  queues.entrySet().stream()
                      .anyMatch(queue -> {
                        QueueOffsets end = ends.get(queue.getKey());
                        return end != null && end.max() > queue.getValue();
                      });
              if (lags) {
                lagging.add(consumption.group());
              }
            }));
    return lagging;
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
        slow(history.popped(), Feature.POPPED, "ways of consuming", requests::popped));
  }

  private void surveyClients(Set<String> groups, Set<String> lagging, ClientSurvey survey)
      throws InterruptedException {
    var wanted = new TreeSet<>(groups);
    wanted.removeIf(TopicKind::isInternalGroup);
    List<String> turn = survey.next(wanted, lagging);
    var answers = new HashMap<String, GroupClients>();
    Map<String, RequestFailedException> failures =
        conversation.askForEach(turn, requests::clients, answers);
    for (String group : turn) {
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
