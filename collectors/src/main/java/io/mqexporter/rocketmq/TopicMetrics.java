package io.mqexporter.rocketmq;

import io.mqexporter.metric.MetricFamilies;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.BrokerContents;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.QueueOffsets;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.TopicSettings;
import io.mqexporter.rocketmq.view.ClusterView;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Renders topics and their queues. Those of the system are left out. */
record TopicMetrics(String cluster, MetricFamilies families) {

  /** Adds what each topic is for, those of the system too. */
  void addInfo(ClusterView view) {
    view.kinds()
        .forEach((topic, kind) -> {
          String messageType =
              view.snapshot().contents().stream()
                  .flatMap(contents -> contents.topics().stream())
                  .flatMap(topics -> Optional.ofNullable(topics.get(topic)).stream())
                  .map(TopicSettings::messageType)
                  .filter(type -> !type.isEmpty())
                  .findFirst()
                  .orElse("");
          families.add(RocketMqMetric.TOPIC_INFO, 1, cluster, topic, kind.label(), messageType);
        });
  }

  /** Adds the topics of a broker. */
  void add(BrokerContents contents, ClusterView view) {
    new TreeMap<>(contents.topics().orElse(Map.of()))
        .forEach((topic, settings) -> {
          if (view.topics().containsKey(topic)) {
            addSettings(contents.broker(), topic, settings);
            new TreeMap<>(contents.offsets().getOrDefault(topic, Map.of()))
                .forEach(
                    (queueId, offsets) -> addQueue(contents.broker(), topic, queueId, offsets));
          }
        });
  }

  private void addSettings(String broker, String topic, TopicSettings settings) {
    families.add(RocketMqMetric.TOPIC_READ_QUEUES, settings.readQueues(), cluster, topic, broker);
    families.add(RocketMqMetric.TOPIC_WRITE_QUEUES, settings.writeQueues(), cluster, topic, broker);
    families.add(RocketMqMetric.TOPIC_PERMISSION, settings.permission(), cluster, topic, broker);
  }

  private void addQueue(String broker, String topic, int queueId, QueueOffsets offsets) {
    String queue = Integer.toString(queueId);
    families.add(
        RocketMqMetric.TOPIC_MAX_OFFSET, (double) offsets.max(), cluster, topic, broker, queue);
    families.add(
        RocketMqMetric.TOPIC_MIN_OFFSET, (double) offsets.min(), cluster, topic, broker, queue);
    offsets
        .lastStored()
        .ifPresent(millis ->
            families.add(
                RocketMqMetric.TOPIC_LAST_STORED, millis / 1000.0, cluster, topic, broker, queue));
  }
}
