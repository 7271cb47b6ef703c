package io.mqexporter.rocketmq.view;

import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.BrokerContents;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.BrokerProcess;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.Commits;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.GroupTopic;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.QueueOffsets;
import io.mqexporter.rocketmq.snapshot.TopicKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** A snapshot seen over all brokers: by topic, by group, and by consumption. */
public final class ClusterView {

  private final RocketMqSnapshot snapshot;
  private final List<UnreadShare> unread;
  private final List<BrokerProcess> gone;
  private final SortedSet<String> groups = new TreeSet<>();
  private final NavigableMap<String, TopicKind> topics = new TreeMap<>();
  private final NavigableMap<String, TopicKind> kinds = new TreeMap<>();
  private final NavigableMap<GroupTopic, List<QueueCommit>> commits =
      new TreeMap<>(Comparator.comparing(GroupTopic::topic).thenComparing(GroupTopic::group));
  private final Map<String, Integer> committedTopics = new HashMap<>();
  private final StaticTopics staticTopics;
  private final GroupMembers members;

  /** By topic and broker, the queues in the order of their numbers. */
  private final Map<String, Map<String, List<TopicQueue>>> queues = new HashMap<>();

  /**
   * Creates a view.
   *
   * @param unread what could not be read
   * @param gone the masters and slaves that were there and are no longer
   */
  public ClusterView(
      RocketMqSnapshot snapshot, List<UnreadShare> unread, List<BrokerProcess> gone) {
    this.snapshot = snapshot;
    this.gone = List.copyOf(gone);
    this.unread = List.copyOf(unread);
    this.members = new GroupMembers(snapshot, unread.isEmpty());
    this.staticTopics = new StaticTopics(snapshot.contents());
    addGroups();
    addTopics();
    snapshot.contents().forEach(this::addQueues);
    for (BrokerContents contents : snapshot.contents()) {
      contents.commits().ifPresent(told -> addCommits(contents, told));
    }
    for (GroupTopic consumption : commits.keySet()) {
      if (!(topics.get(consumption.topic()) instanceof TopicKind.Retry)) {
        committedTopics.merge(consumption.group(), 1, Integer::sum);
      }
    }
  }

  /** Returns the snapshot. */
  public RocketMqSnapshot snapshot() {
    return snapshot;
  }

  /** Returns the masters and slaves that were there within the last hour and are no longer. */
  public List<BrokerProcess> gone() {
    return gone;
  }

  /** Returns all groups but those of the system. */
  public SortedSet<String> groups() {
    return Collections.unmodifiableSortedSet(groups);
  }

  /** Returns the clients of the groups. */
  public GroupMembers members() {
    return members;
  }

  /** Returns all topics but those of the system, with what they are for. */
  public NavigableMap<String, TopicKind> topics() {
    return Collections.unmodifiableNavigableMap(topics);
  }

  /** Returns all topics, those of the system too, with what they are for. */
  public NavigableMap<String, TopicKind> kinds() {
    return Collections.unmodifiableNavigableMap(kinds);
  }

  /** Returns, by consumption, what groups have committed for queues that are still there. */
  public NavigableMap<GroupTopic, List<QueueCommit>> commits() {
    return Collections.unmodifiableNavigableMap(commits);
  }

  /** Returns the topics whose queues are made of those of several brokers. */
  public Set<String> staticTopics() {
    return staticTopics.names();
  }

  /** Returns the queues of a topic that are there, brokers in the order of their names. */
  public List<TopicQueue> queues(String topic) {
    if (staticTopics.contains(topic)) {
      return staticTopics.queues(topic);
    }
    return queues.getOrDefault(topic, Map.of()).values().stream().flatMap(List::stream).toList();
  }

  /** Returns the brokers that may hold a part of a topic but could not be read. */
  public List<String> unreadBrokers(String topic) {
    return unreadBrokers(share -> share.mayHold(topic));
  }

  /** Returns the brokers that may hold a part of a consumption but could not be read. */
  public List<String> unreadBrokers(GroupTopic consumption) {
    return unreadBrokers(share -> share.mayHold(consumption));
  }

  private List<String> unreadBrokers(Predicate<UnreadShare> mayHold) {
    // Most often there are none, and this is asked of each topic and each consumption.
    return unread.isEmpty()
        ? List.of()
        : unread.stream().filter(mayHold).map(UnreadShare::broker).toList();
  }

  /** Returns whether a group pops its messages of any topic, as far as the brokers tell. */
  public boolean pops(String group) {
    return snapshot.contents().stream()
        .flatMap(contents -> contents.details().popped().orElse(Set.of()).stream())
        .anyMatch(consumption -> consumption.group().equals(group));
  }

  /** Returns for how many topics a group has committed anything, if all brokers told. */
  public OptionalInt committedTopics(String group) {
    return unread.isEmpty()
        ? OptionalInt.of(committedTopics.getOrDefault(group, 0))
        : OptionalInt.empty();
  }

  private void addGroups() {
    for (BrokerContents contents : snapshot.contents()) {
      contents.groups().ifPresent(told -> groups.addAll(told.keySet()));
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

  private void addQueues(BrokerContents contents) {
    contents
        .topics()
        .orElse(Map.of())
        .forEach((topic, settings) -> {
          Map<Integer, QueueOffsets> offsets = contents.offsets().getOrDefault(topic, Map.of());
          var ofBroker = new ArrayList<TopicQueue>();
          for (int queueId = 0; queueId < settings.queues(); queueId++) {
            ofBroker.add(TopicQueue.of(contents.broker(), queueId, offsets));
          }
          queues
              .computeIfAbsent(topic, _ -> new LinkedHashMap<>())
              .put(contents.broker(), ofBroker);
        });
  }

  private void addCommits(BrokerContents contents, Commits told) {
    told.committed()
        .forEach((consumption, offsets) -> {
          List<TopicQueue> ofBroker =
              queues.getOrDefault(consumption.topic(), Map.of()).get(contents.broker());
          boolean groupKnown =
              contents.groups().map(known -> known.containsKey(consumption.group())).orElse(true);
          if (ofBroker == null
              || !groupKnown
              || !topics.containsKey(consumption.topic())
              || TopicKind.isInternalGroup(consumption.group())) {
            return;
          }
          if (staticTopics.contains(consumption.topic())) {
            List<QueueCommit> known = staticTopics.commits(consumption);
            if (!known.isEmpty()) {
              commits.put(consumption, known);
            }
            return;
          }
          var progress = BrokerProgress.of(contents, told, consumption);
          offsets.forEach((queueId, committed) -> {
            // Beyond that, what was committed before the topic got fewer queues.
            if (queueId >= 0 && queueId < ofBroker.size()) {
              commits
                  .computeIfAbsent(consumption, _ -> new ArrayList<>())
                  .add(progress.commit(ofBroker.get(queueId), committed));
            }
          });
        });
  }
}
