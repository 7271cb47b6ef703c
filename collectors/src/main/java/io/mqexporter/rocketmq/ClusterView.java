package io.mqexporter.rocketmq;

import io.mqexporter.messaging.LogConsumption;
import io.mqexporter.messaging.LogState;
import io.mqexporter.rocketmq.BrokerMemory.UnreadShare;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.BrokerContents;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.BrokerProcess;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.Commits;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.GroupClients;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.GroupSettings;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.GroupTopic;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.QueueOffsets;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.TopicSettings;
import io.mqexporter.rocketmq.snapshot.TopicKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** A snapshot seen over all brokers: by topic, by group, and by consumption. */
final class ClusterView {

  private final RocketMqSnapshot snapshot;
  private final List<UnreadShare> unread;
  private final List<BrokerProcess> gone;
  private final SortedSet<String> groups = new TreeSet<>();
  private final NavigableMap<String, TopicKind> topics = new TreeMap<>();
  private final NavigableMap<String, TopicKind> kinds = new TreeMap<>();
  private final NavigableMap<GroupTopic, List<QueueCommit>> commits =
      new TreeMap<>(Comparator.comparing(GroupTopic::topic).thenComparing(GroupTopic::group));
  private final Map<String, Integer> committedTopics = new HashMap<>();
  private final Map<String, Boolean> broadcasting;

  /**
   * Creates a view.
   *
   * @param unread what could not be read
   * @param gone the masters and slaves that were there and are no longer
   */
  ClusterView(RocketMqSnapshot snapshot, List<UnreadShare> unread, List<BrokerProcess> gone) {
    this.snapshot = snapshot;
    this.gone = List.copyOf(gone);
    this.unread = List.copyOf(unread);
    addGroups();
    addTopics();
    this.broadcasting = broadcastingGroups();
    for (BrokerContents contents : snapshot.contents()) {
      contents.commits().ifPresent(told -> addCommits(contents, told));
    }
    for (GroupTopic consumption : commits.keySet()) {
      if (!(topics.get(consumption.topic()) instanceof TopicKind.Retry)) {
        committedTopics.merge(consumption.group(), 1, Integer::sum);
      }
    }
  }

  /**
   * A queue of a topic on one broker.
   *
   * @param broker the broker's name
   * @param queueId the queue's number
   * @param offsets its offsets, if they are known
   */
  record TopicQueue(String broker, int queueId, Optional<QueueOffsets> offsets) {

    LogState log() {
      return new LogState(
          broker + ":" + queueId,
          offsets.map(o -> OptionalLong.of(o.min())).orElse(OptionalLong.empty()),
          offsets.map(o -> OptionalLong.of(o.max())).orElse(OptionalLong.empty()));
    }
  }

  /**
   * What a group has committed for a queue.
   *
   * @param queue the queue
   * @param committed the offset of the next message to consume
   * @param comparable whether the offset counts the same messages as the queue's own offsets
   */
  record QueueCommit(TopicQueue queue, long committed, boolean comparable) {

    LogConsumption consumption() {
      LogState log = queue.log();
      return comparable
          ? LogConsumption.committed(log.log(), committed, log.start(), log.end())
          : LogConsumption.told(log.log(), OptionalLong.empty(), OptionalLong.empty());
    }
  }

  /** Returns the snapshot. */
  RocketMqSnapshot snapshot() {
    return snapshot;
  }

  /** Returns the masters and slaves that were there within the last hour and are no longer. */
  List<BrokerProcess> gone() {
    return gone;
  }

  /** Returns all groups but those of the system. */
  SortedSet<String> groups() {
    return Collections.unmodifiableSortedSet(groups);
  }

  /** Returns all topics but those of the system, with what they are for. */
  NavigableMap<String, TopicKind> topics() {
    return Collections.unmodifiableNavigableMap(topics);
  }

  /** Returns all topics, those of the system too, with what they are for. */
  NavigableMap<String, TopicKind> kinds() {
    return Collections.unmodifiableNavigableMap(kinds);
  }

  /** Returns, by consumption, what groups have committed for queues that are still there. */
  NavigableMap<GroupTopic, List<QueueCommit>> commits() {
    return Collections.unmodifiableNavigableMap(commits);
  }

  /** Returns whether each client of a group gets every message and keeps its offsets to itself. */
  boolean isBroadcasting(String group) {
    return broadcasting(group).orElse(false);
  }

  /** Returns the same, or nothing if the group was never seen online. */
  Optional<Boolean> broadcasting(String group) {
    return Optional.ofNullable(broadcasting.get(group));
  }

  /** Returns the queues of a topic that are there, brokers in the order of their names. */
  List<TopicQueue> queues(String topic) {
    var queues = new ArrayList<TopicQueue>();
    for (BrokerContents contents : snapshot.contents()) {
      TopicSettings settings = contents.topics().orElse(Map.of()).get(topic);
      for (int queueId = 0; settings != null && queueId < settings.queues(); queueId++) {
        queues.add(queue(contents, topic, queueId));
      }
    }
    return queues;
  }

  /** Returns the brokers that may hold a part of a topic but could not be read. */
  List<String> unreadBrokers(String topic) {
    return unread.stream().filter(share -> share.mayHold(topic)).map(UnreadShare::broker).toList();
  }

  /** Returns the brokers that may hold a part of a consumption but could not be read. */
  List<String> unreadBrokers(GroupTopic consumption) {
    return unread.stream()
        .filter(share -> share.mayHold(consumption))
        .map(UnreadShare::broker)
        .toList();
  }

  /** Returns for how many topics a group has committed anything, if all brokers told. */
  OptionalInt committedTopics(String group) {
    return unread.isEmpty()
        ? OptionalInt.of(committedTopics.getOrDefault(group, 0))
        : OptionalInt.empty();
  }

  /**
   * Returns the offset of the next message that a group will fetch, if the broker tells. Of a queue
   * that was not fetched from it has none, and it is the committed one.
   */
  OptionalLong pulled(GroupTopic consumption, QueueCommit commit) {
    for (BrokerContents contents : snapshot.contents()) {
      if (contents.broker().equals(commit.queue().broker())) {
        return contents
            .commits()
            .flatMap(Commits::pulled)
            .map(pulled -> pulled.getOrDefault(consumption, Map.of()))
            .map(queues ->
                OptionalLong.of(queues.getOrDefault(commit.queue().queueId(), commit.committed())))
            .orElse(OptionalLong.empty());
      }
    }
    return OptionalLong.empty();
  }

  /**
   * Returns the clients of a group by broker; empty while a broker that knows the group has not
   * been asked for them.
   */
  Optional<Map<String, GroupClients>> clients(String group) {
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
    return unread.isEmpty() && !byBroker.isEmpty() ? Optional.of(byBroker) : Optional.empty();
  }

  /** Returns how many different subscriptions the clients of a group have, if there are any. */
  OptionalInt subscriptions(String group) {
    var different = new HashSet<Map<String, String>>();
    clients(group)
        .ifPresent(
            byBroker -> byBroker.values().forEach(told -> different.addAll(told.subscriptions())));
    return different.isEmpty() ? OptionalInt.empty() : OptionalInt.of(different.size());
  }

  /** Returns the number of clients of a group, if it is known. */
  OptionalInt members(String group) {
    return clients(group)
        .map(byBroker -> {
          var identifiers = new HashSet<String>();
          byBroker.values().forEach(clients -> identifiers.addAll(clients.clients().keySet()));
          return OptionalInt.of(identifiers.size());
        })
        .orElse(OptionalInt.empty());
  }

  private void addGroups() {
    for (BrokerContents contents : snapshot.contents()) {
      Map<String, GroupSettings> told = contents.groups().orElse(Map.of());
      groups.addAll(told.keySet());
    }
    groups.removeIf(TopicKind::isInternalGroup);
  }

  private void addTopics() {
    var brokerNames = new HashSet<String>();
    for (BrokerProcess process : snapshot.processes()) {
      brokerNames.add(process.broker());
      brokerNames.add(process.cluster());
    }
    for (BrokerContents contents : snapshot.contents()) {
      for (String topic : contents.topics().orElse(Map.of()).keySet()) {
        kinds.computeIfAbsent(topic, name -> TopicKind.of(name, brokerNames, groups));
      }
    }
    topics.putAll(kinds);
    topics.values().removeIf(kind -> kind instanceof TopicKind.Internal);
  }

  /** What the clients tell comes first: a broker remembers a group's way of old. */
  private Map<String, Boolean> broadcastingGroups() {
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

  private void addCommits(BrokerContents contents, Commits told) {
    told.committed()
        .forEach((consumption, offsets) -> {
          TopicSettings settings = contents.topics().orElse(Map.of()).get(consumption.topic());
          boolean groupKnown =
              contents.groups().map(known -> known.containsKey(consumption.group())).orElse(true);
          if (settings == null
              || !groupKnown
              || !topics.containsKey(consumption.topic())
              || TopicKind.isInternalGroup(consumption.group())) {
            return;
          }
          offsets.forEach((queueId, committed) -> {
            // Beyond that, what was committed before the topic got fewer queues.
            if (queueId < settings.queues()) {
              commits
                  .computeIfAbsent(consumption, _ -> new ArrayList<>())
                  .add(
                      new QueueCommit(
                          queue(contents, consumption.topic(), queueId),
                          committed,
                          !settings.isStatic()));
            }
          });
        });
  }

  private static TopicQueue queue(BrokerContents contents, String topic, int queueId) {
    return new TopicQueue(
        contents.broker(),
        queueId,
        Optional.ofNullable(contents.offsets().getOrDefault(topic, Map.of()).get(queueId)));
  }
}
