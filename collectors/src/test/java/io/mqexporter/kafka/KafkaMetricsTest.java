package io.mqexporter.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqexporter.collector.Shard;
import io.mqexporter.kafka.snapshot.Details;
import io.mqexporter.kafka.snapshot.Details.LogDir;
import io.mqexporter.kafka.snapshot.Details.Quota;
import io.mqexporter.kafka.snapshot.Details.Transactions;
import io.mqexporter.kafka.snapshot.KafkaSnapshot;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.Broker;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.Commit;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.Group;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.Member;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.Membership;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.Partition;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.Progress;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.Quorum;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.QuorumReplica;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.SharedPartition;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.Topic;
import io.mqexporter.messaging.ClusterMemory;
import io.mqexporter.messaging.Destination;
import io.mqexporter.metric.FamilyText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KafkaMetricsTest {

  private static final OptionalLong UNKNOWN = OptionalLong.empty();

  @Test
  void aHealthyClusterIsRenderedInWhole() {
    var orders =
        new Topic(
            "orders",
            "",
            List.of(
                partition(1, OptionalInt.of(2), List.of(1, 2), 1, 0, 7),
                partition(0, OptionalInt.of(1), List.of(1, 2), 2, 10, 30)));
    var billing =
        new Group(
            "billing",
            "consumer",
            "Stable",
            Optional.of(
                new Membership(
                    OptionalInt.of(1),
                    "consumer",
                    "range",
                    List.of(new Member(Map.of("orders", Set.of(1))), new Member(Map.of())))),
            Progress.Committed.of(
                List.of(new Commit("orders", 1, 7), new Commit("orders", 0, 25))));
    var snapshot =
        new KafkaSnapshot(
            Instant.EPOCH,
            "c-1",
            List.of(new Broker(2, "b", 9092, "east"), new Broker(1, "a", 9092, "")),
            OptionalInt.of(3),
            Optional.of(
                new Quorum(
                    7,
                    100,
                    List.of(
                        new QuorumReplica(3, true, 0, Optional.of(Instant.ofEpochSecond(50))),
                        new QuorumReplica(1, false, 2, Optional.empty())))),
            List.of(orders),
            List.of(billing),
            Snapshots.COMPLETE,
            List.of());
    assertThat(render(snapshot))
        .isEqualTo(
            """
            kafka_brokers 2
            kafka_broker_info{id="1",address="a:9092"} 1
            kafka_broker_info{id="2",address="b:9092",rack="east"} 1
            kafka_controller_id 3
            kafka_quorum_epoch 7
            kafka_quorum_high_watermark 100
            kafka_quorum_replica_lag_records{id="1",role="observer"} 2
            kafka_quorum_replica_lag_records{id="3",role="voter"} 0
            kafka_quorum_replica_caught_up_timestamp_seconds{id="3",role="voter"} 50
            kafka_topic_partitions{topic="orders"} 2
            kafka_topic_offline_partitions{topic="orders"} 0
            kafka_topic_under_replicated_partitions{topic="orders"} 1
            kafka_topic_not_preferred_leader_partitions{topic="orders"} 1
            kafka_topic_recreations_total{topic="orders"} 0
            kafka_topic_truncations_total{topic="orders"} 0
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
            kafka_consumergroup_state{consumergroup="billing",protocol="consumer",state="Stable"} 1
            kafka_consumergroup_members{consumergroup="billing"} 2
            kafka_consumergroup_coordinator{consumergroup="billing"} 1
            kafka_consumergroup_assigned_partitions{consumergroup="billing",topic="orders"} 1
            kafka_consumergroup_topic_members{consumergroup="billing",topic="orders"} 1
            kafka_consumergroup_partition_assigned{consumergroup="billing",topic="orders",partition="0"} 0
            kafka_consumergroup_partition_assigned{consumergroup="billing",topic="orders",partition="1"} 1
            """);
  }

  @Test
  void aPartitionWithoutALeaderHasNoOffsetsAndSumsOverItAreAbsent() {
    var orders =
        new Topic(
            "orders",
            "",
            List.of(
                partition(0, OptionalInt.of(1), List.of(1), 1, 0, 30), Snapshots.leaderless(1)));
    var group =
        Snapshots.committing("billing", new Commit("orders", 0, 25), new Commit("orders", 1, 7));
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
  void partitionsOutOfSyncAreCountedAgainstTheMinimum() {
    var orders =
        new Topic(
            "orders",
            "",
            List.of(
                partition(0, OptionalInt.of(1), List.of(1, 2, 3), 1, 0, 1),
                partition(1, OptionalInt.of(1), List.of(1, 2, 3), 2, 0, 1),
                partition(2, OptionalInt.of(1), List.of(1, 2, 3), 3, 0, 1),
                Snapshots.leaderless(3)));
    assertThat(render(Snapshots.of(List.of(orders)), configs("min.insync.replicas", "2")).lines())
        .contains(
            "kafka_topic_offline_partitions{topic=\"orders\"} 1",
            "kafka_topic_under_replicated_partitions{topic=\"orders\"} 3",
            "kafka_topic_under_min_isr_partitions{topic=\"orders\"} 2",
            "kafka_topic_at_min_isr_partitions{topic=\"orders\"} 1",
            "kafka_topic_not_preferred_leader_partitions{topic=\"orders\"} 0");
    assertThat(render(Snapshots.of(List.of(orders)))).doesNotContain("min_isr");
  }

  @Test
  void whatIsHeldBackByAnOpenTransactionIsToldApart() {
    var orders = Snapshots.topic("orders", Snapshots.partition(0, 0, 60, 100));
    assertThat(
            renderGroups(
                Snapshots.of(
                    List.of(orders),
                    Snapshots.committing("at", new Commit("orders", 0, 60)),
                    Snapshots.committing("before", new Commit("orders", 0, 10)),
                    Snapshots.committing("within", new Commit("orders", 0, 80)))))
        .contains(
            """
            kafka_consumergroup_lag{consumergroup="at",topic="orders",partition="0"} 40
            kafka_consumergroup_lag{consumergroup="before",topic="orders",partition="0"} 90
            kafka_consumergroup_lag{consumergroup="within",topic="orders",partition="0"} 20
            """)
        .contains(
            "read_committed_lag{consumergroup=\"at\",topic=\"orders\",partition=\"0\"} 0",
            "read_committed_lag{consumergroup=\"before\",topic=\"orders\",partition=\"0\"} 50",
            "read_committed_lag{consumergroup=\"within\",topic=\"orders\",partition=\"0\"} 0");
  }

  @Test
  void commitsOutsideTheLogAreSaidToBe() {
    var orders = Snapshots.topic("orders", Snapshots.partition(0, 50, 100));
    assertThat(
            renderGroups(
                    Snapshots.of(
                        List.of(orders),
                        Snapshots.committing("a", new Commit("orders", 0, 10)),
                        Snapshots.committing("b", new Commit("orders", 0, 50)),
                        Snapshots.committing("c", new Commit("orders", 0, 101))))
                .lines()
                .filter(line -> line.contains("anomaly")))
        .containsExactly(anomaly("a", "before_start"), anomaly("c", "beyond_end"));
  }

  @Test
  void aGroupThatIsOnlyKnownFromBeforeIsUnknownWithItsAge() {
    var group =
        new Group(
            "g",
            "consumer",
            "Unknown",
            Optional.empty(),
            new Progress.Unknown(Set.of("orders"), Optional.of(Instant.ofEpochSecond(40))));
    assertThat(renderGroups(Snapshots.of(List.of(), group)))
        .isEqualTo(
            """
            kafka_consumergroup_state{consumergroup="g",protocol="consumer",state="Unknown"} 1
            kafka_consumergroup_last_known_timestamp_seconds{consumergroup="g"} 40
            """);
  }

  @Test
  void detailsAreRenderedInWhole() {
    var details =
        new Details(
            Optional.of(
                List.of(
                    new LogDir(1, "/a", false, 700, 3, OptionalLong.of(1000), OptionalLong.of(200)),
                    new LogDir(1, "/b", true, 0, 0, UNKNOWN, UNKNOWN))),
            Map.of(),
            Map.of(),
            Map.of("orders", Map.of("cleanup.policy", "compact", "retention.ms", "-1")),
            Optional.of(Map.of("orders", 2)),
            Optional.of(
                new Transactions(
                    Map.of("Ongoing", 4),
                    Optional.of(Instant.ofEpochSecond(30)),
                    Optional.of(Map.of("orders", Map.of(0, 1))))),
            Optional.of(List.of(new Quota("alice", "<default>", "", "producer_byte_rate", 1024))),
            Map.of("metadata.version", 29),
            List.of());
    assertThat(render(Snapshots.of(List.of()), details))
        .contains(
            """
            kafka_log_dir_offline{broker="1",path="/a"} 0
            kafka_log_dir_offline{broker="1",path="/b"} 1
            kafka_log_dir_size_bytes{broker="1",path="/a"} 700
            kafka_log_dir_max_replica_lag_records{broker="1",path="/a"} 3
            kafka_log_dir_volume_size_bytes{broker="1",path="/a"} 1000
            kafka_log_dir_volume_usable_bytes{broker="1",path="/a"} 200
            messaging_broker_disk_size_bytes{messaging_system="kafka",messaging_broker_name="1"} 1000
            messaging_broker_disk_free_bytes{messaging_system="kafka",messaging_broker_name="1"} 200
            kafka_reassigning_partitions 2
            kafka_topic_reassigning_partitions{topic="orders"} 2
            kafka_transactions{state="Ongoing"} 4
            kafka_oldest_transaction_start_timestamp_seconds 30
            kafka_hanging_transactions 1
            kafka_topic_partition_hanging_transactions{topic="orders",partition="0"} 1
            kafka_client_quota{user="alice",client_id="<default>",quota="producer_byte_rate"} 1024
            kafka_feature_level{feature="metadata.version"} 29
            kafka_topic_config_info{topic="orders",cleanup_policy="compact",retention_ms="-1"} 1
            """);
  }

  @Test
  void detailsThatCouldNotBeReadAreAbsent() {
    assertThat(render(Snapshots.of(List.of())))
        .doesNotContain("log_dir", "reassigning", "transactions", "quota", "feature", "config");
  }

  @Test
  void aCommitBeyondTheEndHasNoLagAndNoSum() {
    var orders =
        new Topic("orders", "", List.of(partition(0, OptionalInt.of(1), List.of(1), 1, 0, 9)));
    assertThat(
            renderGroups(snapshot(orders, Snapshots.committing("g", new Commit("orders", 0, 10)))))
        .contains("kafka_consumergroup_current_offset{")
        .doesNotContain("kafka_consumergroup_lag");
  }

  @Test
  void aCommitOnATopicThatCouldNotBeReadHasNoLag() {
    var orders =
        new Topic("orders", "", List.of(partition(0, OptionalInt.of(1), List.of(1), 1, 0, 9)));
    assertThat(renderGroups(snapshot(orders, Snapshots.committing("g", new Commit("gone", 0, 10)))))
        .contains("kafka_consumergroup_current_offset{consumergroup=\"g\",topic=\"gone\"")
        .doesNotContain("kafka_consumergroup_lag");
  }

  @Test
  void aGroupThatNeverCommittedHasMembersAndNoLag() {
    var orders =
        new Topic("orders", "", List.of(partition(0, OptionalInt.of(1), List.of(1), 1, 0, 9)));
    var group =
        new Group(
            "newcomer",
            "classic",
            "Stable",
            Snapshots.members(1),
            Progress.Committed.of(List.of()));
    assertThat(renderGroups(snapshot(orders, group)))
        .isEqualTo(
            """
            kafka_consumergroup_state{consumergroup="newcomer",protocol="classic",state="Stable"} 1
            kafka_consumergroup_members{consumergroup="newcomer"} 1
            kafka_consumergroup_coordinator{consumergroup="newcomer"} 1
            """);
  }

  @Test
  void aGroupWhoseCoordinatorDidNotAnswerIsListedWithoutOffsets() {
    var orders =
        new Topic("orders", "", List.of(partition(0, OptionalInt.of(1), List.of(1), 1, 0, 9)));
    var group = new Group("g", "classic", "Stable", Optional.empty(), new Progress.Unknown());
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
            "",
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
            kafka_consumergroup_state{consumergroup="s",protocol="share",state="Stable"} 1
            kafka_consumergroup_members{consumergroup="s"} 1
            kafka_consumergroup_coordinator{consumergroup="s"} 1
            """);
  }

  @Test
  void aShareGroupWithALagThatTheBrokerDoesNotKnowHasNoSum() {
    var orders = new Topic("orders", "", List.of());
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
        id,
        leader,
        replicas,
        inSync,
        OptionalLong.of(start),
        OptionalLong.of(end),
        OptionalLong.of(end));
  }

  private static Group sharing(SharedPartition... partitions) {
    return new Group(
        "s", "share", "Stable", Snapshots.members(1), new Progress.Shared(List.of(partitions)));
  }

  private static KafkaSnapshot snapshot(Topic topic, Group group) {
    return Snapshots.of(List.of(topic), group);
  }

  private static Details configs(String name, String value) {
    return new Details(
        Optional.empty(),
        Map.of(),
        Map.of(),
        Map.of("orders", Map.of(name, value)),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        List.of());
  }

  private static String anomaly(String group, String anomaly) {
    return "kafka_consumergroup_offset_anomaly{consumergroup=\"%s\",topic=\"orders\",partition=\"0\",anomaly=\"%s\"} 1"
        .formatted(group, anomaly);
  }

  private static String render(KafkaSnapshot snapshot) {
    return render(snapshot, Details.NONE);
  }

  private static String render(KafkaSnapshot snapshot, Details details) {
    var memory = new ClusterMemory(Duration.ofMinutes(5));
    List<Destination> destinations =
        KafkaClusterState.destinations(snapshot, details, KafkaConfig.DEFAULT_DEAD_LETTER_TOPICS);
    var state =
        KafkaClusterState.of(
            snapshot, "shop", destinations, new Partitions(snapshot.topics()), new UnreadRecords());
    var wanted = new WantedTopics("shop", Shard.WHOLE);
    return withoutCluster(FamilyText.of(KafkaMetrics.of(snapshot, state, memory, details, wanted)));
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
