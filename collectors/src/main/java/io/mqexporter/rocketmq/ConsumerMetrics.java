package io.mqexporter.rocketmq;

import io.mqexporter.metric.MetricFamilies;
import io.mqexporter.metric.Sample;
import io.mqexporter.rocketmq.snapshot.ClientStatistics;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.BrokerContents;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.GroupSettings;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.GroupTopic;
import io.mqexporter.rocketmq.snapshot.TopicKind;
import io.mqexporter.rocketmq.view.ClusterView;
import io.mqexporter.rocketmq.view.QueueCommit;
import io.mqexporter.rocketmq.view.RocketMqClusterState;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;

/** Renders consumer groups, how far they are, and what they failed to consume. */
record ConsumerMetrics(String cluster, MetricFamilies families, ClusterView view) {

  /** Adds what a group has committed for a topic. */
  void addConsumption(GroupTopic consumption, List<QueueCommit> commits) {
    String group = consumption.group();
    if (view.members().isBroadcasting(group)) {
      return;
    }
    OptionalLong lag = sum(consumption, commits, commit -> commit.consumption().lag());
    if (view.topics().get(consumption.topic()) instanceof TopicKind.Retry(String retrier)) {
      if (retrier.equals(group)) {
        families.add(RocketMqMetric.CONSUMER_RETRY_LAG, lag, cluster, group, consumption.topic());
      }
      return;
    }
    families.add(RocketMqMetric.CONSUMER_LAG, lag, cluster, group, consumption.topic());
    families.add(
        RocketMqMetric.CONSUMER_INFLIGHT,
        sum(consumption, commits, QueueCommit::inFlight),
        cluster,
        group,
        consumption.topic());
    families.add(
        RocketMqMetric.CONSUMER_READY,
        sum(consumption, commits, QueueCommit::ready),
        cluster,
        group,
        consumption.topic());
    for (QueueCommit commit : commits) {
      List<String> labels =
          List.of(
              cluster,
              group,
              consumption.topic(),
              commit.queue().broker(),
              Integer.toString(commit.queue().queueId()));
      families.add(RocketMqMetric.CONSUMER_COMMITTED, new Sample(labels, commit.committed()));
      families.add(RocketMqMetric.CONSUMER_QUEUE_LAG, commit.consumption().lag(), labels);
    }
  }

  /** Adds the messages of a topic for what could not be consumed. */
  void addFailures(String topic, TopicKind kind) {
    switch (kind) {
      case TopicKind.Retry(String group) ->
          families.add(RocketMqMetric.CONSUMER_RETRY_HELD, held(topic), cluster, group, topic);
      case TopicKind.DeadLetter(String group) ->
          families.add(RocketMqMetric.CONSUMER_DEAD_LETTERS, held(topic), cluster, group);
      case TopicKind.Ordinary _, TopicKind.Internal _ -> {}
    }
  }

  private OptionalLong held(String topic) {
    return RocketMqClusterState.destination(view, topic, false).messages();
  }

  /** Adds a group. */
  void addGroup(String group) {
    families.add(RocketMqMetric.CONSUMER_TOPICS, view.committedTopics(group), cluster, group);
    var connections = new ConnectionMetrics(cluster, families);
    view.members()
        .byBroker(group)
        .ifPresent(byBroker -> connections.addConsumers(group, byBroker, view.pops(group)));
    view.members().statistics(group).forEach((client, told) -> addStatistics(group, client, told));
    families.add(
        RocketMqMetric.CONSUMER_SUBSCRIPTIONS, view.members().subscriptions(group), cluster, group);
    view.members()
        .broadcasting(group)
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

  private void addStatistics(String group, String client, ClientStatistics told) {
    new TreeMap<>(told.topics())
        .forEach((topic, of) -> {
          String[] labels = {cluster, group, topic, client};
          families.add(RocketMqMetric.CLIENT_CONSUME, of.consumeMillis() / 1000, labels);
          families.add(RocketMqMetric.CLIENT_FAILED, of.failedWithinHour(), labels);
          families.add(RocketMqMetric.CLIENT_FAILURES, of.failedPerSecond(), labels);
        });
  }

  /** Returns the sum over all queues, or nothing if it is not known of one of them. */
  private OptionalLong sum(
      GroupTopic consumption, List<QueueCommit> commits, Function<QueueCommit, OptionalLong> of) {
    if (!view.unreadBrokers(consumption).isEmpty()) {
      return OptionalLong.empty();
    }
    long sum = 0;
    for (QueueCommit commit : commits) {
      OptionalLong one = of.apply(commit);
      if (one.isEmpty()) {
        return OptionalLong.empty();
      }
      sum += one.getAsLong();
    }
    return OptionalLong.of(sum);
  }
}
