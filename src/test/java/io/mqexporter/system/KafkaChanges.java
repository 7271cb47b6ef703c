package io.mqexporter.system;

import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitionReassignment;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** Changes of a cluster of three brokers, each ended when its method returns. */
record KafkaChanges(Admin admin) {

  private static final int COMMITS_AT_ONCE = 500;

  /** Lets new groups commit to a topic, some hundred at the same time. */
  void commit(String topic, String prefix, int count) {
    for (int first = 0; first < count; first += COMMITS_AT_ONCE) {
      commit(
          topic,
          IntStream.range(first, Math.min(count, first + COMMITS_AT_ONCE))
              .mapToObj(i -> prefix + i)
              .toList());
    }
  }

  /** Gives the partitions of a topic other leaders, again and again. */
  void moveLeaders(String topic, int partitions, int times) {
    Set<TopicPartition> all =
        IntStream.range(0, partitions)
            .mapToObj(partition -> new TopicPartition(topic, partition))
            .collect(Collectors.toSet());
    for (int i = 0; i < times; i++) {
      List<Integer> replicas =
          IntStream.range(i, i + 3).mapToObj(broker -> 1 + broker % 3).toList();
      var moves =
          all.stream()
              .collect(
                  Collectors.toMap(
                      partition -> partition,
                      _ -> Optional.of(new NewPartitionReassignment(replicas))));
      join(admin.alterPartitionReassignments(moves).all());
      join(admin.electLeaders(ElectionType.PREFERRED, all).partitions());
    }
  }

  /** Creates a topic, lets a group commit to it, and deletes it. */
  void createAndDelete(String topic, int partitions, String group) {
    join(admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 2))).all());
    // Brokers hear of it one after the other.
    await()
        .ignoreExceptions()
        .until(() -> {
          commit(topic, List.of(group));
          return true;
        });
    join(admin.deleteTopics(List.of(topic)).all());
  }

  private void commit(String topic, List<String> groups) {
    var commits = new ArrayList<KafkaFuture<Void>>();
    for (String group : groups) {
      commits.add(
          admin
              .alterConsumerGroupOffsets(
                  group, Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(0)))
              .all());
    }
    join(KafkaFuture.allOf(commits.toArray(KafkaFuture[]::new)));
  }

  private static <T> T join(KafkaFuture<T> future) {
    return future
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(Patience.LONGEST.toSeconds(), TimeUnit.SECONDS)
        .join();
  }
}
