package io.mqexporter.rocketmq;

import io.mqexporter.metric.MetricFamilies;
import io.mqexporter.metric.Sample;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.BrokerContents;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.QueueOffsets;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.TopicSettings;
import io.mqexporter.rocketmq.view.ClusterView;
import io.mqexporter.rocketmq.view.TopicQueue;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Renders topics and their queues. Those of the system are left out. */
record TopicMetrics(String cluster, MetricFamilies families) {

  /** Adds what each topic is for, those of the system too. */
  void addInfo(ClusterView view) {
    view.kinds()
        .forEach((topic, kind) -> {
          String messageType = messageType(view, topic);
          families.add(RocketMqMetric.TOPIC_INFO, 1, cluster, topic, kind.label(), messageType);
        });
  }

  private static String messageType(ClusterView view, String topic) {
    for (BrokerContents contents : view.snapshot().contents()) {
      TopicSettings settings = contents.topics().orElse(Map.of()).get(topic);
      if (settings != null && !settings.messageType().isEmpty()) {
        return settings.messageType();
      }
    }
    return "";
  }

  /** Adds the topics of a broker. */
  void add(BrokerContents contents, ClusterView view) {
    new TreeMap<>(contents.topics().orElse(Map.of()))
        .forEach((topic, settings) -> {
          if (view.topics().containsKey(topic)) {
            addSettings(contents.broker(), topic, settings);
          }
          if (view.topics().containsKey(topic) && !view.staticTopics().contains(topic)) {
            new TreeMap<>(contents.offsets().getOrDefault(topic, Map.of()))
                .forEach(
                    (queueId, offsets) -> addQueue(contents.broker(), topic, queueId, offsets));
          }
        });
  }

  /** Adds the topics whose queues are made of those of several brokers. */
  void addStatic(ClusterView view) {
    for (String topic : view.staticTopics()) {
      if (view.topics().containsKey(topic)) {
        for (TopicQueue queue : view.queues(topic)) {
          queue
              .offsets()
              .ifPresent(offsets -> addQueue(queue.broker(), topic, queue.queueId(), offsets));
        }
      }
    }
  }

  private void addSettings(String broker, String topic, TopicSettings settings) {
    List<String> labels = List.of(cluster, topic, broker);
    families.add(RocketMqMetric.TOPIC_READ_QUEUES, new Sample(labels, settings.readQueues()));
    families.add(RocketMqMetric.TOPIC_WRITE_QUEUES, new Sample(labels, settings.writeQueues()));
    families.add(RocketMqMetric.TOPIC_PERMISSION, new Sample(labels, settings.permission()));
  }

  private void addQueue(String broker, String topic, int queueId, QueueOffsets offsets) {
    List<String> labels = List.of(cluster, topic, broker, Integer.toString(queueId));
    families.add(RocketMqMetric.TOPIC_MAX_OFFSET, new Sample(labels, offsets.max()));
    families.add(RocketMqMetric.TOPIC_MIN_OFFSET, new Sample(labels, offsets.min()));
    offsets
        .lastStored()
        .ifPresent(millis ->
            families.add(RocketMqMetric.TOPIC_LAST_STORED, new Sample(labels, millis / 1000.0)));
  }
}
