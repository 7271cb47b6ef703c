package io.mqexporter.rocketmq.reading;

import io.mqexporter.collector.Deadline;
import io.mqexporter.collector.Missing;
import io.mqexporter.rocketmq.reading.BrokerHistory.Feature;
import io.mqexporter.rocketmq.remoting.BrokerRequests;
import io.mqexporter.rocketmq.remoting.BrokerRequests.Pending;
import io.mqexporter.rocketmq.remoting.RequestFailedException;
import io.mqexporter.rocketmq.remoting.RequestFailedException.Kind;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.BrokerContents;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.BrokerProcess;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.Commits;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.GroupClients;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.GroupSettings;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.QueueOffsets;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.Replication;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.Store;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.TopicSettings;
import io.mqexporter.rocketmq.snapshot.RuntimeFigures;
import io.mqexporter.rocketmq.snapshot.TopicKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.rocketmq.common.topic.TopicValidator;

/** Reads once what one master holds. What it does not give is missing; the rest goes on. */
final class BrokerReader {

  private static final String HALF_TOPIC = TopicValidator.RMQ_SYS_TRANS_HALF_TOPIC;

  private final BrokerRequests requests;
  private final BrokerProcess master;
  private final String broker;
  private final String address;
  private final ReadFilter filter;
  private final BrokerHistory history;
  private final Instant now;
  private final Deadline deadline;
  private final List<Missing> missing = new ArrayList<>();
  private Optional<RequestFailedException> ended = Optional.empty();

  BrokerReader(
      BrokerRequests requests,
      BrokerProcess master,
      ReadFilter filter,
      BrokerHistory history,
      Instant now,
      Deadline deadline) {
    this.requests = requests;
    this.master = master;
    this.broker = master.broker();
    this.address = master.address();
    this.filter = filter;
    this.history = history;
    this.now = now;
    this.deadline = deadline;
  }

  /**
   * What was read.
   *
   * @param process the broker itself, after it was asked
   * @param contents what the broker holds
   * @param missing what it did not give
   */
  record Reading(BrokerProcess process, BrokerContents contents, List<Missing> missing) {}

  /** A part of what a broker holds, read in one request. */
  private interface Part<T> {
    T read() throws RequestFailedException, InterruptedException;
  }

  /** A request for one of many things, such as a topic. */
  private interface Question<T> {
    Pending<T> send(String subject) throws RequestFailedException, InterruptedException;
  }

  /**
   * Reads everything. Commits come before offsets: what is stored in between makes a lag larger by
   * that much, where the other order would make it negative. Groups come before offsets, because
   * they tell which retry topics are wanted, and the figures before all: what is written after them
   * is found by the next collection.
   */
  Reading read(Set<String> brokerNames, boolean hasSlaves) throws InterruptedException {
    Optional<RuntimeFigures> figures =
        part("runtime figures", () -> requests.runtimeFigures(address, deadline));
    figures.ifPresent(history::observe);
    BrokerProcess process = ended.isEmpty() ? master.answered(figures) : master;
    Optional<Commits> commits =
        part("committed offsets", () -> requests.commits(address, deadline));
    Optional<Map<String, TopicSettings>> topics =
        part("topics", () -> requests.topics(address, deadline));
    Optional<Map<String, GroupSettings>> groups =
        part("consumer groups", () -> requests.groups(address, deadline));
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
            broker,
            readTopics,
            offsets,
            readCommits,
            readGroups,
            history.survey().answers(),
            store(hasSlaves)),
        missing);
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
        askForEach(due, topic -> requests.offsets(address, topic, deadline), offsets);
    failures.keySet().forEach(beat::failed);
    offsets.forEach((topic, queues) -> beat.answered(topic, queues, log, now));
    // One that is gone was deleted since the list was made.
    failures.values().removeIf(failure -> failure.kind() == Kind.TOPIC_NOT_FOUND);
    report("offsets", "topics", failures);
    var later = new TreeSet<>(topics);
    later.removeAll(due);
    int unknown = beat.unknown(later);
    if (unknown > 0) {
      missing.add(
          new Missing(
              "offsets of %d topics of broker %s".formatted(unknown, broker),
              "%s: %d were asked for, the others' turn comes in the next collections"
                  .formatted(address, due.size())));
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

  private Store store(boolean hasSlaves) throws InterruptedException {
    Optional<Replication> replication = Optional.empty();
    if (history.hadSlaves(hasSlaves)) {
      replication =
          feature(
              Feature.REPLICATION, "replication", () -> requests.replication(address, deadline));
    }
    if (history.can(Feature.TIMED) && history.isTimedDue(now)) {
      history.timed(
          feature(Feature.TIMED, "timed messages", () -> requests.timed(address, deadline)), now);
    }
    return new Store(replication, history.timed().map(filter::ordinaryTopics));
  }

  private void surveyClients(Set<String> groups, Set<String> lagging, ClientSurvey survey)
      throws InterruptedException {
    var wanted = new TreeSet<>(groups);
    wanted.removeIf(TopicKind::isInternalGroup);
    List<String> turn = survey.next(wanted, lagging);
    var answers = new HashMap<String, GroupClients>();
    Map<String, RequestFailedException> failures =
        askForEach(turn, group -> requests.clients(address, group, deadline), answers);
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
    report("clients", "consumer groups", failures);
  }

  /** Reads what not every release knows; nothing is missing then. */
  private <T> Optional<T> feature(Feature feature, String what, Part<T> part)
      throws InterruptedException {
    if (!history.can(feature)) {
      return Optional.empty();
    }
    return part(
            what,
            () -> {
              try {
                return Optional.of(part.read());
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

  private <T> Optional<T> part(String what, Part<T> part) throws InterruptedException {
    if (ended.isPresent()) {
      return Optional.empty();
    }
    try {
      return Optional.of(part.read());
    } catch (RequestFailedException e) {
      if (e.endsConversation()) {
        ended = Optional.of(e);
        missing.add(missing(master, e));
      } else {
        missing.add(new Missing(what + " of broker " + broker, e.reason()));
      }
      return Optional.empty();
    }
  }

  /**
   * Says that a broker is beyond reach. Most often that is because it has told the name server an
   * address that is only good for those beside it.
   */
  static Missing missing(BrokerProcess process, RequestFailedException failure) {
    return new Missing(
        "broker " + process.name(),
        failure.kind() == Kind.NOT_CONNECTED
            ? failure.reason()
                + " (the address that the broker has registered; its brokerIP1 decides it)"
            : failure.reason());
  }

  /** Keeps several requests under way and returns, by subject, what went wrong. */
  private <T> Map<String, RequestFailedException> askForEach(
      Collection<String> subjects, Question<T> question, Map<String, T> answers)
      throws InterruptedException {
    var failures = new LinkedHashMap<String, RequestFailedException>();
    var pending = new LinkedHashMap<String, Pending<T>>();
    for (String subject : subjects) {
      if (ended.isPresent()) {
        failures.put(subject, ended.get());
        continue;
      }
      try {
        pending.put(subject, question.send(subject));
      } catch (RequestFailedException e) {
        note(subject, e, failures);
      }
    }
    for (var entry : pending.entrySet()) {
      try {
        answers.put(entry.getKey(), requests.await(entry.getValue(), deadline));
      } catch (RequestFailedException e) {
        note(entry.getKey(), e, failures);
      }
    }
    return failures;
  }

  private void note(
      String subject,
      RequestFailedException failure,
      Map<String, RequestFailedException> failures) {
    failures.put(subject, failure);
    if (failure.endsConversation() && ended.isEmpty()) {
      ended = Optional.of(failure);
    }
  }

  private void report(String what, String whose, Map<String, RequestFailedException> failures) {
    failures.values().stream()
        .findFirst()
        .ifPresent(first ->
            missing.add(
                new Missing(
                    "%s of %d %s of broker %s".formatted(what, failures.size(), whose, broker),
                    first.reason())));
  }
}
