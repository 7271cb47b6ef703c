package io.mqexporter.kafka;

import io.mqexporter.kafka.KafkaSnapshot.Partition;
import io.mqexporter.kafka.KafkaSnapshot.Topic;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The partitions of a snapshot, by topic and id. */
final class Partitions {

  private final Map<String, Map<Integer, Partition>> byTopic;

  Partitions(List<Topic> topics) {
    this.byTopic = HashMap.newHashMap(topics.size());
    for (Topic topic : topics) {
      var byId = HashMap.<Integer, Partition>newHashMap(topic.partitions().size());
      topic.partitions().forEach(partition -> byId.put(partition.id(), partition));
      byTopic.put(topic.name(), byId);
    }
  }

  /** Returns a partition; empty if there is none of that name, or it could not be read. */
  Optional<Partition> find(String topic, int partition) {
    return Optional.ofNullable(byTopic.getOrDefault(topic, Map.of()).get(partition));
  }

  /** Returns whether a topic was read. */
  boolean hasTopic(String topic) {
    return byTopic.containsKey(topic);
  }
}
