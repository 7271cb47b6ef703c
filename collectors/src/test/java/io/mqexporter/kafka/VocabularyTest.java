package io.mqexporter.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqexporter.kafka.snapshot.Details;
import io.mqexporter.kafka.snapshot.Details.LogDir;
import io.mqexporter.kafka.snapshot.KafkaSnapshot;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.Broker;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.Commit;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.Group;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.Member;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.Membership;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.Partition;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.Progress;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.SharedPartition;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.Topic;
import io.mqexporter.kafka.vocabulary.Reading;
import io.mqexporter.kafka.vocabulary.Vocabulary;
import io.mqexporter.messaging.ClusterMemory;
import io.mqexporter.messaging.ClusterState;
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

class VocabularyTest {

  private static final Duration WINDOW = Duration.ofMinutes(5);
  private static final Instant END = Instant.EPOCH.plus(WINDOW);
  private static final Topic ORDERS =
      Snapshots.topic("orders", Snapshots.partition(0, 2, 20), Snapshots.partition(1, 0, 7));
  private static final Topic HALF_KNOWN =
      Snapshots.topic("half", Snapshots.partition(0, 2, 20), Snapshots.leaderless(1));

  @Test
  void kminionIsRenderedInWhole() {
    var snapshot =
        new KafkaSnapshot(
            Instant.EPOCH,
            "Q2x1c3Rlci1pZA",
            List.of(new Broker(1, "a", 9092, "east"), new Broker(2, "::1", 9093, "")),
            OptionalInt.of(2),
            Optional.empty(),
            List.of(
                new Topic(
                    "orders", "", List.of(partition(0, List.of(1, 2)), partition(1, List.of(2))))),
            List.of(
                group("billing", "Stable", assigned(1, 0), assigned(0), new Member(Map.of())),
                new Group(
                    "connect-sink",
                    "classic",
                    "Empty",
                    Optional.of(new Membership(OptionalInt.of(1), "connect", "", List.of())),
                    Progress.Committed.of(List.of()))),
            Snapshots.COMPLETE,
            List.of());
    var details =
        details(
            List.of(logDir(1, false, 700), logDir(1, false, 30), logDir(2, false, 5)),
            Map.of("orders", 735L),
            Map.of("orders", Map.of("cleanup.policy", "compact,delete")));
    assertThat(withoutCluster(render(Vocabulary.KMINION, details, snapshot)))
        .isEqualTo(
            """
            kminion_exporter_up 1
            kminion_kafka_cluster_info{broker_count="2",controller_id="2",cluster_id="Q2x1c3Rlci1pZA"} 1
            kminion_kafka_broker_info{broker_id="1",address="a",port="9092",rack_id="east",is_controller="false"} 1
            kminion_kafka_broker_info{broker_id="2",address="::1",port="9093",is_controller="true"} 1
            kminion_kafka_broker_log_dir_size_total_bytes{broker_id="1",address="a",port="9092",rack_id="east"} 730
            kminion_kafka_broker_log_dir_size_total_bytes{broker_id="2",address="::1",port="9093"} 5
            kminion_kafka_topic_log_dir_size_total_bytes{topic_name="orders"} 735
            kminion_kafka_topic_info{topic_name="orders",partition_count="2",replication_factor="2",cleanup_policy="compact,delete"} 1
            kminion_kafka_topic_partition_low_water_mark{topic_name="orders",partition_id="0"} 5
            kminion_kafka_topic_partition_low_water_mark{topic_name="orders",partition_id="1"} 5
            kminion_kafka_topic_partition_high_water_mark{topic_name="orders",partition_id="0"} 20
            kminion_kafka_topic_partition_high_water_mark{topic_name="orders",partition_id="1"} 20
            kminion_kafka_topic_low_water_mark_sum{topic_name="orders"} 10
            kminion_kafka_topic_high_water_mark_sum{topic_name="orders"} 40
            kminion_kafka_consumer_group_info{group_id="billing",protocol="range",protocol_type="consumer",state="Stable",coordinator_id="1"} 1
            kminion_kafka_consumer_group_info{group_id="connect-sink",protocol_type="connect",state="Empty",coordinator_id="1"} 0
            kminion_kafka_consumer_group_members{group_id="billing"} 3
            kminion_kafka_consumer_group_members{group_id="connect-sink"} 0
            kminion_kafka_consumer_group_empty_members{group_id="billing"} 1
            kminion_kafka_consumer_group_topic_members{group_id="billing",topic_name="orders"} 2
            kminion_kafka_consumer_group_topic_assigned_partitions{group_id="billing",topic_name="orders"} 2
            kminion_kafka_consumer_group_topic_offset_sum{group_id="billing",topic_name="orders"} 35
            kminion_kafka_consumer_group_topic_lag{group_id="billing",topic_name="orders"} 5
            kminion_kafka_consumer_group_topic_partition_lag{group_id="billing",topic_name="orders",partition_id="0"} 5
            kminion_kafka_consumer_group_topic_partition_lag{group_id="billing",topic_name="orders",partition_id="1"} 0
            """);
  }

  @Test
  void whatKminionTakesForZeroIsAbsentWhileItIsNotKnown() {
    var snapshot =
        new KafkaSnapshot(
            Instant.EPOCH,
            "",
            List.of(new Broker(1, "a", 9092, "")),
            OptionalInt.empty(),
            Optional.empty(),
            List.of(HALF_KNOWN),
            List.of(
                Snapshots.committing("half", new Commit("half", 0, 15), new Commit("half", 1, 7)),
                Snapshots.committing("beyond", new Commit("half", 0, 21)),
                Snapshots.committing("deleted", new Commit("gone", 0, 3)),
                unknown("away")),
            Snapshots.COMPLETE,
            List.of());
    var details = details(List.of(logDir(1, false, 700), logDir(1, true, 0)), Map.of(), Map.of());
    assertThat(withoutCluster(render(Vocabulary.KMINION, details, snapshot)))
        .isEqualTo(
            """
            kminion_exporter_up 1
            kminion_kafka_cluster_info{broker_count="1"} 1
            kminion_kafka_broker_info{broker_id="1",address="a",port="9092"} 1
            kminion_kafka_topic_info{topic_name="half",partition_count="2",replication_factor="1"} 1
            kminion_kafka_topic_partition_low_water_mark{topic_name="half",partition_id="0"} 2
            kminion_kafka_topic_partition_high_water_mark{topic_name="half",partition_id="0"} 20
            kminion_kafka_consumer_group_info{group_id="beyond",state="Empty"} 0
            kminion_kafka_consumer_group_info{group_id="deleted",state="Empty"} 0
            kminion_kafka_consumer_group_info{group_id="half",state="Empty"} 0
            kminion_kafka_consumer_group_topic_offset_sum{group_id="beyond",topic_name="half"} 21
            kminion_kafka_consumer_group_topic_offset_sum{group_id="deleted",topic_name="gone"} 3
            kminion_kafka_consumer_group_topic_offset_sum{group_id="half",topic_name="half"} 22
            kminion_kafka_consumer_group_topic_partition_lag{group_id="half",topic_name="half",partition_id="0"} 5
            """);
  }

  @Test
  void kminionIsNotUpWhenSomethingIsMissing() {
    var memory = new ClusterMemory(WINDOW);
    var snapshot = Snapshots.of(List.of());
    var reading = new Reading(snapshot, Details.NONE, observe(memory, snapshot), memory, false);
    assertThat(FamilyText.of(Vocabulary.KMINION.families(reading)))
        .startsWith("kminion_exporter_up{messaging_cluster=\"shop\"} 0\n");
    assertThat(FamilyText.of(Vocabulary.KMINION.unavailable("shop")))
        .isEqualTo("kminion_exporter_up{messaging_cluster=\"shop\"} 0\n");
  }

  @Test
  void burrowIsRenderedInWhole() {
    var earlier =
        Snapshots.of(
            List.of(Snapshots.topic("orders", Snapshots.partition(0, 2, 10))),
            members("lagging", 1, 3),
            members("lost", 1, 1),
            members("ok", 1, 3),
            members("rewound", 1, 9),
            members("stalled", 1, 3),
            members("stopped", 0, 3));
    var now =
        Snapshots.at(
            END,
            List.of(Snapshots.topic("orders", Snapshots.partition(0, 2, 20))),
            Snapshots.COMPLETE,
            members("lagging", 1, 4),
            members("lost", 1, 1),
            members("ok", 1, 20),
            members("rewound", 1, 8),
            members("stalled", 1, 3),
            members("stopped", 0, 3));
    assertThat(
            render(Vocabulary.BURROW, Details.NONE, earlier, now).replace("cluster=\"shop\",", ""))
        .isEqualTo(
            """
            burrow_kafka_consumer_lag_total{consumer_group="lagging"} 16
            burrow_kafka_consumer_lag_total{consumer_group="lost"} 19
            burrow_kafka_consumer_lag_total{consumer_group="ok"} 0
            burrow_kafka_consumer_lag_total{consumer_group="rewound"} 12
            burrow_kafka_consumer_lag_total{consumer_group="stalled"} 17
            burrow_kafka_consumer_lag_total{consumer_group="stopped"} 17
            burrow_kafka_consumer_status{consumer_group="lagging"} 2
            burrow_kafka_consumer_status{consumer_group="lost"} 3
            burrow_kafka_consumer_status{consumer_group="ok"} 1
            burrow_kafka_consumer_status{consumer_group="rewound"} 3
            burrow_kafka_consumer_status{consumer_group="stalled"} 3
            burrow_kafka_consumer_status{consumer_group="stopped"} 3
            burrow_kafka_topic_partition_status{consumer_group="lagging",topic="orders",partition="0"} 2
            burrow_kafka_topic_partition_status{consumer_group="lost",topic="orders",partition="0"} 4
            burrow_kafka_topic_partition_status{consumer_group="ok",topic="orders",partition="0"} 1
            burrow_kafka_topic_partition_status{consumer_group="rewound",topic="orders",partition="0"} 6
            burrow_kafka_topic_partition_status{consumer_group="stalled",topic="orders",partition="0"} 5
            burrow_kafka_topic_partition_status{consumer_group="stopped",topic="orders",partition="0"} 4
            burrow_kafka_consumer_current_offset{consumer_group="lagging",topic="orders",partition="0"} 4
            burrow_kafka_consumer_current_offset{consumer_group="lost",topic="orders",partition="0"} 1
            burrow_kafka_consumer_current_offset{consumer_group="ok",topic="orders",partition="0"} 20
            burrow_kafka_consumer_current_offset{consumer_group="rewound",topic="orders",partition="0"} 8
            burrow_kafka_consumer_current_offset{consumer_group="stalled",topic="orders",partition="0"} 3
            burrow_kafka_consumer_current_offset{consumer_group="stopped",topic="orders",partition="0"} 3
            burrow_kafka_consumer_partition_lag{consumer_group="lagging",topic="orders",partition="0"} 16
            burrow_kafka_consumer_partition_lag{consumer_group="lost",topic="orders",partition="0"} 19
            burrow_kafka_consumer_partition_lag{consumer_group="ok",topic="orders",partition="0"} 0
            burrow_kafka_consumer_partition_lag{consumer_group="rewound",topic="orders",partition="0"} 12
            burrow_kafka_consumer_partition_lag{consumer_group="stalled",topic="orders",partition="0"} 17
            burrow_kafka_consumer_partition_lag{consumer_group="stopped",topic="orders",partition="0"} 17
            burrow_kafka_topic_partition_offset{topic="orders",partition="0"} 20
            """);
  }

  @Test
  void burrowsWorstPartitionDecidesAndWhatIsNotKnownIsAbsent() {
    var snapshot =
        Snapshots.of(
            List.of(HALF_KNOWN, ORDERS),
            Snapshots.committing("bad", new Commit("orders", 0, 21), new Commit("half", 1, 7)),
            Snapshots.committing("half", new Commit("orders", 1, 7), new Commit("half", 1, 7)),
            Snapshots.committing("never"),
            Snapshots.committing("new", new Commit("orders", 0, 10)),
            unknown("away"));
    assertThat(
            render(Vocabulary.BURROW, Details.NONE, snapshot)
                .replace("cluster=\"shop\",", "")
                .replace("burrow_kafka_", ""))
        .isEqualTo(
            """
            consumer_status{consumer_group="bad"} 3
            consumer_current_offset{consumer_group="bad",topic="half",partition="1"} 7
            consumer_current_offset{consumer_group="bad",topic="orders",partition="0"} 21
            consumer_current_offset{consumer_group="half",topic="half",partition="1"} 7
            consumer_current_offset{consumer_group="half",topic="orders",partition="1"} 7
            consumer_current_offset{consumer_group="new",topic="orders",partition="0"} 10
            topic_partition_status{consumer_group="bad",topic="orders",partition="0"} 6
            topic_partition_status{consumer_group="half",topic="orders",partition="1"} 1
            consumer_partition_lag{consumer_group="half",topic="orders",partition="1"} 0
            consumer_partition_lag{consumer_group="new",topic="orders",partition="0"} 10
            consumer_lag_total{consumer_group="new"} 10
            topic_partition_offset{topic="half",partition="0"} 20
            topic_partition_offset{topic="orders",partition="0"} 20
            topic_partition_offset{topic="orders",partition="1"} 7
            """);
  }

  @Test
  void kafkaExporterHasTheSumsThatAreKnown() {
    var snapshot =
        Snapshots.of(
            List.of(HALF_KNOWN, ORDERS),
            Snapshots.committing("a", new Commit("orders", 0, 15), new Commit("orders", 1, 5)),
            Snapshots.committing("b", new Commit("half", 0, 15), new Commit("half", 1, 7)),
            new Group(
                "share",
                "share",
                "Stable",
                Snapshots.members(1),
                new Progress.Shared(
                    List.of(new SharedPartition("orders", 0, OptionalLong.of(72))))),
            unknown("away"));
    assertThat(withoutCluster(render(Vocabulary.KAFKA_EXPORTER, Details.NONE, snapshot)))
        .isEqualTo(
            """
            kafka_consumergroup_current_offset_sum{consumergroup="a",topic="orders"} 20
            kafka_consumergroup_current_offset_sum{consumergroup="b",topic="half"} 22
            kafka_consumergroup_lag_sum{consumergroup="a",topic="orders"} 7
            kafka_consumergroup_lag_sum{consumergroup="share",topic="orders"} 72
            """);
  }

  /** Returns what a vocabulary says of the last of these snapshots. */
  private static String render(Vocabulary vocabulary, Details details, KafkaSnapshot... snapshots) {
    var memory = new ClusterMemory(WINDOW);
    String text = "";
    for (KafkaSnapshot snapshot : snapshots) {
      var reading = new Reading(snapshot, details, observe(memory, snapshot), memory, true);
      text = FamilyText.of(vocabulary.families(reading));
    }
    return text;
  }

  private static ClusterState observe(ClusterMemory memory, KafkaSnapshot snapshot) {
    var state =
        KafkaClusterState.of(
            snapshot,
            "shop",
            KafkaClusterState.destinations(
                snapshot, Details.NONE, KafkaConfig.DEFAULT_DEAD_LETTER_TOPICS),
            new Partitions(snapshot.topics()),
            new UnreadRecords());
    memory.observe(state);
    return state;
  }

  private static String withoutCluster(String text) {
    return text.replace("{messaging_cluster=\"shop\"}", "")
        .replace("messaging_cluster=\"shop\",", "");
  }

  private static Partition partition(int id, List<Integer> replicas) {
    return new Partition(
        id,
        OptionalInt.of(replicas.getFirst()),
        replicas,
        replicas.size(),
        OptionalLong.of(5),
        OptionalLong.of(20),
        OptionalLong.of(20));
  }

  private static Group group(String name, String state, Member... members) {
    return new Group(
        name,
        "classic",
        state,
        Optional.of(new Membership(OptionalInt.of(1), "consumer", "range", List.of(members))),
        Progress.Committed.of(List.of(new Commit("orders", 0, 15), new Commit("orders", 1, 20))));
  }

  private static Group members(String name, int members, long offset) {
    return new Group(
        name,
        "classic",
        members == 0 ? "Empty" : "Stable",
        Snapshots.members(members),
        Progress.Committed.of(List.of(new Commit("orders", 0, offset))));
  }

  /** Returns a group of which only its name is known, and that it consumes orders. */
  private static Group unknown(String name) {
    return new Group(
        name,
        "classic",
        "Unknown",
        Optional.empty(),
        new Progress.Unknown(Set.of("orders"), Optional.of(Instant.EPOCH)));
  }

  private static Member assigned(Integer... partitions) {
    return new Member(Map.of("orders", Set.of(partitions)));
  }

  private static LogDir logDir(int broker, boolean offline, long bytes) {
    return new LogDir(
        broker, "/" + bytes, offline, bytes, 0, OptionalLong.empty(), OptionalLong.empty());
  }

  private static Details details(
      List<LogDir> logDirs,
      Map<String, Long> topicBytes,
      Map<String, Map<String, String>> configs) {
    return new Details(
        Optional.of(logDirs),
        Map.of(),
        topicBytes,
        configs,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        List.of());
  }
}
