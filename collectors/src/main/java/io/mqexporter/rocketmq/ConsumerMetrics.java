package io.mqexporter.rocketmq;

import io.mqexporter.metric.MetricFamilies;
import io.mqexporter.rocketmq.ClusterView.QueueCommit;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.BrokerContents;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.GroupClients;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.GroupSettings;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.GroupTopic;
import io.mqexporter.rocketmq.snapshot.TopicKind;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Renders consumer groups, how far they are, and what they failed to consume. */
record ConsumerMetrics(String cluster, MetricFamilies families, ClusterView view) {

  /** Adds what a group has committed for a topic. */
  void addConsumption(GroupTopic consumption, List<QueueCommit> commits) {
    String group = consumption.group();
    if (view.isBroadcasting(group)) {
      return;
    }
    OptionalLong lag = RocketMqClusterState.consumption(view, consumption, commits).lag();
    if (view.topics().get(consumption.topic()) instanceof TopicKind.Retry(String retrier)) {
      if (retrier.equals(group)) {
        families.add(RocketMqMetric.CONSUMER_RETRY_LAG, lag, cluster, group, consumption.topic());
      }
      return;
    }
    families.add(RocketMqMetric.CONSUMER_LAG, lag, cluster, group, consumption.topic());
    families.add(
        RocketMqMetric.CONSUMER_INFLIGHT,
        inFlight(consumption, commits),
        cluster,
        group,
        consumption.topic());
    for (QueueCommit commit : commits) {
      String[] labels = {
        cluster,
        group,
        consumption.topic(),
        commit.queue().broker(),
        Integer.toString(commit.queue().queueId())
      };
      families.add(RocketMqMetric.CONSUMER_COMMITTED, (double) commit.committed(), labels);
      families.add(RocketMqMetric.CONSUMER_QUEUE_LAG, commit.consumption().lag(), labels);
    }
  }

  /** Adds the messages of a topic for what could not be consumed. */
  void addFailures(String topic, TopicKind kind) {
    OptionalLong held = RocketMqClusterState.destination(view, topic, false).messages();
    switch (kind) {
      case TopicKind.Retry(String group) ->
          families.add(RocketMqMetric.CONSUMER_RETRY_HELD, held, cluster, group, topic);
      case TopicKind.DeadLetter(String group) ->
          families.add(RocketMqMetric.CONSUMER_DEAD_LETTERS, held, cluster, group);
      case TopicKind.Ordinary _, TopicKind.Internal _ -> {}
    }
  }

  /** Adds a group. */
  void addGroup(String group) {
    families.add(RocketMqMetric.CONSUMER_TOPICS, view.committedTopics(group), cluster, group);
    view.clients(group).ifPresent(byBroker -> addConnections(group, byBroker));
    families.add(RocketMqMetric.CONSUMER_SUBSCRIPTIONS, view.subscriptions(group), cluster, group);
    view.broadcasting(group)
        .ifPresent(broadcasting ->
            families.add(
                RocketMqMetric.CONSUMER_BROADCASTING, broadcasting ? 1 : 0, cluster, group));
    for (BrokerContents contents : view.snapshot().contents()) {
      GroupSettings settings = contents.groups().orElse(Map.of()).get(group);
      if (settings != null) {
        families.add(
            RocketMqMetric.CONSUMER_ENABLED,
            settings.consumeEnabled() ? 1 : 0,
            cluster,
            group,
            contents.broker());
      }
    }
  }

  private void addConnections(String group, Map<String, GroupClients> byBroker) {
    var kinds = new TreeMap<String, ClientKind>();
    byBroker
        .values()
        .forEach(told ->
            told.clients()
                .forEach((identifier, client) ->
                    kinds.put(
                        identifier,
                        new ClientKind(
                            client.language(), client.version(), told.mode().orElse("")))));
    var counts = new TreeMap<ClientKind, Integer>();
    kinds.values().forEach(kind -> counts.merge(kind, 1, Integer::sum));
    counts.forEach((kind, count) ->
        families.add(
            RocketMqMetric.CONSUMER_CONNECTIONS,
            count,
            cluster,
            group,
            kind.language(),
            kind.version(),
            kind.mode()));
  }

  private record ClientKind(String language, String version, String mode)
      implements Comparable<ClientKind> {
    @Override
    public int compareTo(ClientKind other) {
      return List.of(language, version, mode)
          .toString()
          .compareTo(List.of(other.language, other.version, other.mode).toString());
    }
  }

  /** Returns pulled − committed, or nothing if it is not known of one of the queues. */
  private OptionalLong inFlight(GroupTopic consumption, List<QueueCommit> commits) {
    long sum = 0;
    for (QueueCommit commit : commits) {
      OptionalLong pulled = view.pulled(consumption, commit);
      if (pulled.isEmpty() || !view.unreadBrokers(consumption).isEmpty()) {
        return OptionalLong.empty();
      }
      // As the broker has it: what was committed was fetched, even if it was by another client.
      sum += Math.max(pulled.getAsLong(), commit.committed()) - commit.committed();
    }
    return OptionalLong.of(sum);
  }
}
