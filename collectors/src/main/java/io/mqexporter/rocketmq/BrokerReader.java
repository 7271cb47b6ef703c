package io.mqexporter.rocketmq;

import io.mqexporter.collector.Deadline;
import io.mqexporter.collector.Missing;
import io.mqexporter.rocketmq.remoting.BrokerRequests;
import io.mqexporter.rocketmq.remoting.BrokerRequests.Pending;
import io.mqexporter.rocketmq.remoting.RequestFailedException;
import io.mqexporter.rocketmq.remoting.RequestFailedException.Kind;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.BrokerContents;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.Commits;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.GroupClients;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.GroupSettings;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.QueueOffsets;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.TopicSettings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads once what one master holds. What it does not give is missing; the rest goes on. */
final class BrokerReader {

  private final BrokerRequests requests;
  private final String broker;
  private final String address;
  private final ReadFilter filter;
  private final Deadline deadline;
  private final List<Missing> missing = new ArrayList<>();
  private Optional<RequestFailedException> ended = Optional.empty();

  BrokerReader(
      BrokerRequests requests,
      String broker,
      String address,
      ReadFilter filter,
      Deadline deadline) {
    this.requests = requests;
    this.broker = broker;
    this.address = address;
    this.filter = filter;
    this.deadline = deadline;
  }

  /**
   * What was read.
   *
   * @param contents what the broker holds
   * @param missing what it did not give
   */
  record Reading(BrokerContents contents, List<Missing> missing) {}

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
   * they tell which retry topics are wanted.
   */
  Reading read(Set<String> brokerNames, ClientSurvey survey) throws InterruptedException {
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
    Map<String, Map<Integer, QueueOffsets>> offsets =
        offsets(readTopics.map(Map::keySet).orElse(Set.of()), brokerNames);
    if (readGroups.isPresent()) {
      surveyClients(readGroups.get().keySet(), survey);
    }
    return new Reading(
        new BrokerContents(
            broker,
            readTopics,
            offsets,
            commits.map(all -> filter.commits(all, brokerNames, allGroups)),
            readGroups,
            survey.answers()),
        missing);
  }

  private Map<String, Map<Integer, QueueOffsets>> offsets(
      Collection<String> topics, Set<String> brokerNames) throws InterruptedException {
    var wanted = new TreeSet<>(topics);
    wanted.removeIf(
        topic -> TopicKind.of(topic, brokerNames, Set.of()) instanceof TopicKind.Internal);
    var offsets = new HashMap<String, Map<Integer, QueueOffsets>>();
    Map<String, RequestFailedException> failures =
        askForEach(wanted, topic -> requests.offsets(address, topic, deadline), offsets);
    // One that is gone was deleted since the list was made.
    failures.values().removeIf(failure -> failure.kind() == Kind.TOPIC_NOT_FOUND);
    report("offsets", "topics", failures);
    return offsets;
  }

  private void surveyClients(Set<String> groups, ClientSurvey survey) throws InterruptedException {
    var wanted = new TreeSet<>(groups);
    wanted.removeIf(TopicKind::isInternalGroup);
    List<String> turn = survey.next(wanted);
    var answers = new HashMap<String, GroupClients>();
    Map<String, RequestFailedException> failures =
        askForEach(turn, group -> requests.clients(address, group, deadline), answers);
    for (String group : turn) {
      RequestFailedException failure = failures.get(group);
      GroupClients answer = answers.get(group);
      if (answer != null) {
        survey.online(group, answer);
      } else if (failure != null && failure.kind() == Kind.NOT_ONLINE) {
        survey.offline(group);
        failures.remove(group);
      } else {
        survey.failed(group);
      }
    }
    report("clients", "consumer groups", failures);
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
        missing.add(new Missing("broker " + broker, e.reason()));
      } else {
        missing.add(new Missing(what + " of broker " + broker, e.reason()));
      }
      return Optional.empty();
    }
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
