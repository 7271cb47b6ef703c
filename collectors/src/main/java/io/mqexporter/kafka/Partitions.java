package io.mqexporter.kafka;

import io.mqexporter.kafka.snapshot.KafkaSnapshot.Partition;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.Topic;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** The partitions of a snapshot, by topic and id. */
final class Partitions {

  /** Of ids that are usual there need not be a text for each group. */
  private static final List<String> USUAL_NAMES =
      IntStream.range(0, 1024).mapToObj(Integer::toString).toList();

  private final Map<String, List<Partition>> byTopic;
  private final boolean anyOpenTransaction;

  Partitions(List<Topic> topics) {
    this.byTopic = HashMap.newHashMap(topics.size());
    topics.forEach(topic -> byTopic.put(topic.name(), topic.partitions()));
    this.anyOpenTransaction =
        topics.stream()
            .flatMap(topic -> topic.partitions().stream())
            .anyMatch(Partition::hasOpenTransaction);
  }

  /** Returns what a partition is called in labels and in the common model. */
  static String name(int partition) {
    return partition < USUAL_NAMES.size()
        ? USUAL_NAMES.get(partition)
        : Integer.toString(partition);
  }

  /** Returns whether a transaction is open in any partition. */
  boolean anyOpenTransaction() {
    return anyOpenTransaction;
  }

  /** Returns a partition; empty if there is none of that name, or it could not be read. */
  Optional<Partition> find(String topic, int partition) {
    return of(topic).find(partition);
  }

  /** Returns the partitions of a topic; none if it could not be read. */
  OfTopic of(String topic) {
    return new OfTopic(byTopic.getOrDefault(topic, List.of()));
  }

  /**
   * The partitions of one topic.
   *
   * @param sorted by their ids
   */
  record OfTopic(List<Partition> sorted) {

    /** Returns a partition; empty if there is none, or it could not be read. */
    Optional<Partition> find(int partition) {
      // Kafka counts them up from 0.
      if (partition < sorted.size() && sorted.get(partition).id() == partition) {
        return Optional.of(sorted.get(partition));
      }
      return sorted.stream().filter(p -> p.id() == partition).findFirst();
    }
  }
}
