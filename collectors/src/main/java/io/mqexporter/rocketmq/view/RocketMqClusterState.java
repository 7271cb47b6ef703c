package io.mqexporter.rocketmq.view;

import io.mqexporter.messaging.ClusterState;
import io.mqexporter.messaging.Consumption;
import io.mqexporter.messaging.Destination;
import io.mqexporter.messaging.DestinationId;
import io.mqexporter.messaging.LogConsumption;
import io.mqexporter.messaging.LogState;
import io.mqexporter.messaging.MessagingSystem;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.BrokerProcess;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.GroupTopic;
import io.mqexporter.rocketmq.snapshot.TopicKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** Says what was read of a cluster in the words that all brokers share. */
public final class RocketMqClusterState {

  private RocketMqClusterState() {}

  /** Returns the state of a cluster. */
  public static ClusterState of(String cluster, ClusterView view) {
    return new ClusterState(
        MessagingSystem.ROCKETMQ,
        cluster,
        view.snapshot().at(),
        brokers(view, true),
        brokers(view, false),
        destinations(view),
        consumptions(view),
        members(view));
  }

  private static Set<String> brokers(ClusterView view, boolean answered) {
    return view.snapshot().processes().stream()
        .filter(process -> process.up() == answered)
        .map(BrokerProcess::name)
        .collect(Collectors.toSet());
  }

  private static List<Destination> destinations(ClusterView view) {
    var destinations = new ArrayList<Destination>();
    view.topics()
        .forEach((topic, kind) -> {
          switch (kind) {
            case TopicKind.Ordinary _ -> destinations.add(destination(view, topic, false));
            case TopicKind.DeadLetter _ -> destinations.add(destination(view, topic, true));
            case TopicKind.Retry _, TopicKind.Internal _ -> {}
          }
        });
    return destinations;
  }

  /** Returns a topic; it has one log more, of which nothing is known, for an unread broker. */
  public static Destination destination(ClusterView view, String topic, boolean deadLetter) {
    var logs = new ArrayList<>(view.queues(topic).stream().map(TopicQueue::log).toList());
    for (String broker : view.unreadBrokers(topic)) {
      logs.add(new LogState(broker, OptionalLong.empty(), OptionalLong.empty()));
    }
    return Destination.ofLogs(DestinationId.topic(topic), deadLetter, logs);
  }

  private static List<Consumption> consumptions(ClusterView view) {
    var consumptions = new ArrayList<Consumption>();
    view.commits()
        .forEach((consumption, commits) -> {
          boolean isRetry = view.topics().get(consumption.topic()) instanceof TopicKind.Retry;
          if (!isRetry && !view.members().isBroadcasting(consumption.group())) {
            consumptions.add(consumption(view, consumption, commits));
          }
        });
    return consumptions;
  }

  /**
   * Returns a consumption; it has one log more, of which nothing is known, for an unread broker.
   */
  public static Consumption consumption(
      ClusterView view, GroupTopic consumption, List<QueueCommit> commits) {
    var logs = new ArrayList<>(commits.stream().map(QueueCommit::consumption).toList());
    for (String broker : view.unreadBrokers(consumption)) {
      logs.add(LogConsumption.told(broker, OptionalLong.empty(), OptionalLong.empty()));
    }
    return new Consumption(
        DestinationId.topic(consumption.topic()),
        consumption.group(),
        view.members().count(consumption.group()),
        acknowledged(logs),
        logs);
  }

  private static OptionalLong acknowledged(List<LogConsumption> logs) {
    long sum = 0;
    for (LogConsumption log : logs) {
      if (log.position().isEmpty()) {
        return OptionalLong.empty();
      }
      sum += log.position().getAsLong();
    }
    return OptionalLong.of(sum);
  }

  private static Map<String, Integer> members(ClusterView view) {
    var members = new HashMap<String, Integer>();
    for (String group : view.groups()) {
      view.members().count(group).ifPresent(count -> members.put(group, count));
    }
    return members;
  }
}
