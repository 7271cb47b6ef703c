package io.mqexporter.kafka;

import io.mqexporter.collector.Missing;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The state of a Kafka cluster as one reading found it. All lists are sorted, so that the same
 * state gives the same output.
 *
 * @param at when the end offsets were read
 * @param brokers the brokers that take part
 * @param controller the id of the active controller; with KRaft not always that of a broker
 * @param topics the topics, without those that Kafka itself marks as internal
 * @param groups the groups of all protocols
 * @param missing what could not be read although it should be there
 */
record KafkaSnapshot(
    Instant at,
    List<Broker> brokers,
    OptionalInt controller,
    List<Topic> topics,
    List<Group> groups,
    List<Missing> missing) {

  KafkaSnapshot {
    brokers = sorted(brokers, Comparator.comparingInt(Broker::id));
    topics = sorted(topics, Comparator.comparing(Topic::name));
    groups = sorted(groups, Comparator.comparing(Group::name));
    missing = List.copyOf(missing);
  }

  /**
   * A broker.
   *
   * @param address its {@code host:port}, as it tells it to clients
   */
  record Broker(int id, String address) {}

  /** A topic. */
  record Topic(String name, List<Partition> partitions) {

    Topic {
      partitions = sorted(partitions, Comparator.comparingInt(Partition::id));
    }
  }

  /**
   * A partition of a topic.
   *
   * @param leader the broker that leads it; empty when it has no leader
   * @param replicas the brokers that should hold it, the preferred leader first
   * @param inSync how many of them are in sync
   * @param start the offset of the oldest record
   * @param end the offset that the next record will get
   */
  record Partition(
      int id,
      OptionalInt leader,
      List<Integer> replicas,
      int inSync,
      OptionalLong start,
      OptionalLong end) {

    Partition {
      replicas = List.copyOf(replicas);
    }
  }

  /**
   * A group.
   *
   * @param protocol {@code classic}, {@code consumer}, {@code share} or {@code streams}
   * @param state the state as Kafka names it, such as {@code Stable}
   * @param members how many members it has
   * @param progress how far it has consumed
   */
  record Group(
      String name, String protocol, String state, OptionalInt members, Progress progress) {}

  /** How far a group has consumed. */
  sealed interface Progress {

    /** The group commits offsets: those that it has committed, none for other partitions. */
    record Committed(List<Commit> commits) implements Progress {

      public Committed {
        commits =
            sorted(
                commits, Comparator.comparing(Commit::topic).thenComparingInt(Commit::partition));
      }
    }

    /** The brokers keep track for a share group: the partitions that it has begun to share. */
    record Shared(List<SharedPartition> partitions) implements Progress {

      public Shared {
        partitions =
            sorted(
                partitions,
                Comparator.comparing(SharedPartition::topic)
                    .thenComparingInt(SharedPartition::partition));
      }
    }

    /** It could not be read. */
    record Unknown() implements Progress {}
  }

  /**
   * A committed offset.
   *
   * @param offset the offset of the next record to consume
   */
  record Commit(String topic, int partition, long offset) {}

  /**
   * A partition of which a share group consumes.
   *
   * @param lag the records not yet accepted or rejected, as the broker counts them
   */
  record SharedPartition(String topic, int partition, OptionalLong lag) {}

  private static <T> List<T> sorted(List<T> list, Comparator<? super T> order) {
    return list.stream().sorted(order).toList();
  }
}
