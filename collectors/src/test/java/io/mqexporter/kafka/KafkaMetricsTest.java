package io.mqexporter.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqexporter.kafka.KafkaSnapshot.Broker;
import io.mqexporter.kafka.KafkaSnapshot.Commit;
import io.mqexporter.kafka.KafkaSnapshot.Group;
import io.mqexporter.kafka.KafkaSnapshot.Partition;
import io.mqexporter.kafka.KafkaSnapshot.Progress;
import io.mqexporter.kafka.KafkaSnapshot.SharedPartition;
import io.mqexporter.kafka.KafkaSnapshot.Topic;
import io.mqexporter.metric.FamilyText;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class KafkaMetricsTest {

  private static final OptionalLong UNKNOWN = OptionalLong.empty();

  @Test
  void aHealthyClusterIsRenderedInWhole() {
    var orders =
        new Topic(
            "orders",
            List.of(
                partition(1, OptionalInt.of(2), List.of(1, 2), 1, 0, 7),
                partition(0, OptionalInt.of(1), List.of(1, 2), 2, 10, 30)));
    var billing =
        new Group(
            "billing",
            "consumer",
            "Stable",
            OptionalInt.of(2),
            new Progress.Committed(
                List.of(new Commit("orders", 1, 7), new Commit("orders", 0, 25))));
    var snapshot =
        new KafkaSnapshot(
            Instant.EPOCH,
            List.of(new Broker(2, "b:9092"), new Broker(1, "a:9092")),
            OptionalInt.of(3),
            List.of(orders),
            List.of(billing),
            List.of());
    assertThat(render(snapshot))
        .isEqualTo(
            """
            kafka_brokers 2
            kafka_broker_info{id="1",address="a:9092"} 1
            kafka_broker_info{id="2",address="b:9092"} 1
            kafka_controller_id 3
            kafka_topic_partitions{topic="orders"} 2
            kafka_topic_partition_current_offset{topic="orders",partition="0"} 30
            kafka_topic_partition_current_offset{topic="orders",partition="1"} 7
            kafka_topic_partition_oldest_offset{topic="orders",partition="0"} 10
            kafka_topic_partition_oldest_offset{topic="orders",partition="1"} 0
            kafka_topic_partition_leader{topic="orders",partition="0"} 1
            kafka_topic_partition_leader{topic="orders",partition="1"} 2
            kafka_topic_partition_replicas{topic="orders",partition="0"} 2
            kafka_topic_partition_replicas{topic="orders",partition="1"} 2
            kafka_topic_partition_in_sync_replica{topic="orders",partition="0"} 2
            kafka_topic_partition_in_sync_replica{topic="orders",partition="1"} 1
            kafka_topic_partition_leader_is_preferred{topic="orders",partition="0"} 1
            kafka_topic_partition_leader_is_preferred{topic="orders",partition="1"} 0
            kafka_topic_partition_under_replicated_partition{topic="orders",partition="0"} 0
            kafka_topic_partition_under_replicated_partition{topic="orders",partition="1"} 1
            kafka_consumergroup_current_offset{consumergroup="billing",topic="orders",partition="0"} 25
            kafka_consumergroup_current_offset{consumergroup="billing",topic="orders",partition="1"} 7
            kafka_consumergroup_lag{consumergroup="billing",topic="orders",partition="0"} 5
            kafka_consumergroup_lag{consumergroup="billing",topic="orders",partition="1"} 0
            kafka_consumergroup_members{consumergroup="billing"} 2
            kafka_consumergroup_state{consumergroup="billing",protocol="consumer",state="Stable"} 1
            """);
  }

  @Test
  void aPartitionWithoutALeaderHasNoOffsetsAndSumsOverItAreAbsent() {
    var orders =
        new Topic(
            "orders",
            List.of(
                partition(0, OptionalInt.of(1), List.of(1), 1, 0, 30),
                new Partition(1, OptionalInt.empty(), List.of(2), 0, UNKNOWN, UNKNOWN)));
    var group = committing("billing", new Commit("orders", 0, 25), new Commit("orders", 1, 7));
    assertThat(renderGroups(snapshot(orders, group)))
        .isEqualTo(
            """
            kafka_consumergroup_current_offset{consumergroup="billing",topic="orders",partition="0"} 25
            kafka_consumergroup_current_offset{consumergroup="billing",topic="orders",partition="1"} 7
            kafka_consumergroup_lag{consumergroup="billing",topic="orders",partition="0"} 5
            kafka_consumergroup_state{consumergroup="billing",protocol="classic",state="Empty"} 1
            """);
    assertThat(render(snapshot(orders, group)).lines().filter(line -> line.contains("\"1\"")))
        .filteredOn(line -> line.startsWith("kafka_topic_"))
        .containsExactly(
            "kafka_topic_partition_replicas{topic=\"orders\",partition=\"1\"} 1",
            "kafka_topic_partition_in_sync_replica{topic=\"orders\",partition=\"1\"} 0",
            "kafka_topic_partition_leader_is_preferred{topic=\"orders\",partition=\"1\"} 0",
            "kafka_topic_partition_under_replicated_partition{topic=\"orders\",partition=\"1\"} 1");
  }

  @Test
  void aCommitBeyondTheEndHasNoLagAndNoSum() {
    var orders = new Topic("orders", List.of(partition(0, OptionalInt.of(1), List.of(1), 1, 0, 9)));
    assertThat(renderGroups(snapshot(orders, committing("g", new Commit("orders", 0, 10)))))
        .contains("kafka_consumergroup_current_offset{")
        .doesNotContain("kafka_consumergroup_lag");
  }

  @Test
  void aCommitOnATopicThatCouldNotBeReadHasNoLag() {
    var orders = new Topic("orders", List.of(partition(0, OptionalInt.of(1), List.of(1), 1, 0, 9)));
    assertThat(renderGroups(snapshot(orders, committing("g", new Commit("gone", 0, 10)))))
        .contains("kafka_consumergroup_current_offset{consumergroup=\"g\",topic=\"gone\"")
        .doesNotContain("kafka_consumergroup_lag");
  }

  @Test
  void aGroupThatNeverCommittedHasMembersAndNoLag() {
    var orders = new Topic("orders", List.of(partition(0, OptionalInt.of(1), List.of(1), 1, 0, 9)));
    var group =
        new Group(
            "newcomer", "classic", "Stable", OptionalInt.of(1), new Progress.Committed(List.of()));
    assertThat(renderGroups(snapshot(orders, group)))
        .isEqualTo(
            """
            kafka_consumergroup_members{consumergroup="newcomer"} 1
            kafka_consumergroup_state{consumergroup="newcomer",protocol="classic",state="Stable"} 1
            """);
  }

  @Test
  void aGroupWhoseCoordinatorDidNotAnswerIsListedWithoutOffsets() {
    var orders = new Topic("orders", List.of(partition(0, OptionalInt.of(1), List.of(1), 1, 0, 9)));
    var group = new Group("g", "classic", "Stable", OptionalInt.empty(), new Progress.Unknown());
    assertThat(renderGroups(snapshot(orders, group)))
        .isEqualTo(
            """
            kafka_consumergroup_state{consumergroup="g",protocol="classic",state="Stable"} 1
            """);
  }

  @Test
  void aShareGroupHasTheLagThatTheBrokerCountsAndNoOffset() {
    var orders =
        new Topic(
            "orders",
            List.of(
                partition(0, OptionalInt.of(1), List.of(1), 1, 0, 100),
                partition(1, OptionalInt.of(1), List.of(1), 1, 0, 100)));
    assertThat(
            renderGroups(
                snapshot(
                    orders,
                    sharing(
                        new SharedPartition("orders", 0, OptionalLong.of(72)),
                        new SharedPartition("orders", 1, OptionalLong.of(3))))))
        .isEqualTo(
            """
            kafka_consumergroup_lag{consumergroup="s",topic="orders",partition="0"} 72
            kafka_consumergroup_lag{consumergroup="s",topic="orders",partition="1"} 3
            kafka_consumergroup_members{consumergroup="s"} 1
            kafka_consumergroup_state{consumergroup="s",protocol="share",state="Stable"} 1
            """);
  }

  @Test
  void aShareGroupWithALagThatTheBrokerDoesNotKnowHasNoSum() {
    var orders = new Topic("orders", List.of());
    assertThat(
            renderGroups(
                snapshot(
                    orders,
                    sharing(
                        new SharedPartition("orders", 0, OptionalLong.of(72)),
                        new SharedPartition("orders", 1, UNKNOWN)))))
        .contains("partition=\"0\"} 72")
        .doesNotContain("partition=\"1\"", "lag_sum");
  }

  private static Partition partition(
      int id, OptionalInt leader, List<Integer> replicas, int inSync, long start, long end) {
    return new Partition(
        id, leader, replicas, inSync, OptionalLong.of(start), OptionalLong.of(end));
  }

  private static Group committing(String name, Commit... commits) {
    return new Group(
        name, "classic", "Empty", OptionalInt.empty(), new Progress.Committed(List.of(commits)));
  }

  private static Group sharing(SharedPartition... partitions) {
    return new Group(
        "s", "share", "Stable", OptionalInt.of(1), new Progress.Shared(List.of(partitions)));
  }

  private static KafkaSnapshot snapshot(Topic topic, Group group) {
    return new KafkaSnapshot(
        Instant.EPOCH,
        List.of(new Broker(1, "a:9092")),
        OptionalInt.empty(),
        List.of(topic),
        List.of(group),
        List.of());
  }

  private static String render(KafkaSnapshot snapshot) {
    var state = KafkaClusterState.of(snapshot, "shop", KafkaConfig.DEFAULT_DEAD_LETTER_TOPICS);
    return withoutCluster(FamilyText.of(KafkaMetrics.of(snapshot, state)));
  }

  private static String renderGroups(KafkaSnapshot snapshot) {
    return render(snapshot)
        .lines()
        .filter(line -> line.startsWith("kafka_consumergroup_"))
        .map(line -> line + "\n")
        .reduce("", String::concat);
  }

  /** Leaves out the label that all series have in common. */
  private static String withoutCluster(String text) {
    return text.replace("{messaging_cluster=\"shop\"}", "")
        .replace("messaging_cluster=\"shop\",", "");
  }
}
