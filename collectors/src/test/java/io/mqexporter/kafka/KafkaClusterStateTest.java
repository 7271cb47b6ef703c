package io.mqexporter.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqexporter.kafka.snapshot.Details;
import io.mqexporter.kafka.snapshot.KafkaSnapshot;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.Commit;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.Group;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.Partition;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.Progress;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.SharedPartition;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.Topic;
import io.mqexporter.messaging.ClusterState;
import io.mqexporter.messaging.Consumption;
import io.mqexporter.messaging.Destination;
import io.mqexporter.messaging.DestinationId;
import io.mqexporter.messaging.LogConsumption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaClusterStateTest {

  @Test
  void aConsumptionIsAGroupOnATopicWithTheCommitsThatItHas() {
    var group =
        new Group(
            "billing",
            "classic",
            "Stable",
            Snapshots.members(2),
            Progress.Committed.of(
                List.of(
                    new Commit("payments", 0, 1),
                    new Commit("orders", 1, 4),
                    new Commit("orders", 0, 5))));
    ClusterState state = state(List.of(topic("orders", 1), topic("payments", 1)), group);
    assertThat(state.consumptions())
        .containsExactly(
            new Consumption(
                DestinationId.topic("orders"),
                "billing",
                OptionalInt.of(2),
                OptionalLong.of(9),
                List.of(committed("0", 5), LogConsumption.committed("1", 4, none(), none()))),
            new Consumption(
                DestinationId.topic("payments"),
                "billing",
                OptionalInt.of(2),
                OptionalLong.of(1),
                List.of(committed("0", 1))));
    assertThat(state.groupMembers()).isEqualTo(Map.of("billing", 2));
  }

  @Test
  void aGroupThatNeverCommittedHasMembersAndNoConsumption() {
    var group =
        new Group(
            "newcomer",
            "classic",
            "Stable",
            Snapshots.members(1),
            Progress.Committed.of(List.of()));
    ClusterState state = state(List.of(topic("orders", 1)), group);
    assertThat(state.consumptions()).isEmpty();
    assertThat(state.groupMembers()).containsEntry("newcomer", 1);
  }

  @Test
  void aGroupThatCouldNotBeReadHasNoConsumptionAndNoMembers() {
    var group = new Group("g", "classic", "Stable", Optional.empty(), new Progress.Unknown());
    ClusterState state = state(List.of(topic("orders", 1)), group);
    assertThat(state.consumptions()).isEmpty();
    assertThat(state.groupMembers()).isEmpty();
  }

  @Test
  void aShareGroupHasALagButNoPosition() {
    var group =
        new Group(
            "s",
            "share",
            "Stable",
            Snapshots.members(1),
            new Progress.Shared(List.of(new SharedPartition("orders", 0, OptionalLong.of(7)))));
    Consumption consumption = state(List.of(topic("orders", 1)), group).consumptions().getFirst();
    assertThat(consumption.lag()).hasValue(7);
    assertThat(consumption.acknowledged()).isEmpty();
    assertThat(consumption.logs().getFirst().position()).isEmpty();
  }

  @Test
  void aBrokerThatHoldsReplicasAndDoesNotTakePartIsDown() {
    ClusterState state = state(List.of(topic("orders", 1, 2, 3)));
    assertThat(state.brokersUp()).containsExactly("1");
    assertThat(state.brokersDown()).containsExactlyInAnyOrder("2", "3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dlt",
        "orders.DLT",
        "orders-dlq",
        "orders_dead_letter",
        "dead-letters.orders",
        "a.dlq.b"
      })
  void aTopicNamedAsOthersNameThemIsADeadLetterQueue(String name) {
    assertThat(state(List.of(topic(name, 1))).destinations())
        .singleElement()
        .extracting(Destination::deadLetter)
        .isEqualTo(true);
  }

  @ParameterizedTest
  @ValueSource(strings = {"orders", "adlt", "dltx", "deadline", "dead"})
  void anyOtherTopicIsNot(String name) {
    assertThat(state(List.of(topic(name, 1))).destinations())
        .singleElement()
        .extracting(Destination::deadLetter)
        .isEqualTo(false);
  }

  @Test
  void theOrderInWhichBrokersAnswerDoesNotMatter() {
    var a = new Group("a", "classic", "Empty", Snapshots.members(0), commits("orders", "payments"));
    var b = new Group("b", "classic", "Empty", Snapshots.members(0), commits("payments", "orders"));
    var topics = List.of(topic("orders", 1), topic("payments", 1));
    assertThat(state(topics, a, b)).isEqualTo(state(topics.reversed(), b, a));
  }

  private static Progress commits(String... topics) {
    return Progress.Committed.of(
        List.of(topics).stream().map(topic -> new Commit(topic, 0, 1)).toList());
  }

  private static LogConsumption committed(String partition, long offset) {
    return LogConsumption.committed(partition, offset, OptionalLong.of(0), OptionalLong.of(9));
  }

  private static OptionalLong none() {
    return OptionalLong.empty();
  }

  private static Topic topic(String name, Integer... replicas) {
    return new Topic(
        name,
        "",
        List.of(
            new Partition(
                0,
                OptionalInt.of(1),
                List.of(replicas),
                1,
                OptionalLong.of(0),
                OptionalLong.of(9),
                OptionalLong.of(9))));
  }

  private static ClusterState state(List<Topic> topics, Group... groups) {
    KafkaSnapshot snapshot = Snapshots.of(topics, groups);
    return KafkaClusterState.of(
        snapshot,
        "shop",
        KafkaClusterState.destinations(
            snapshot, Details.NONE, KafkaConfig.DEFAULT_DEAD_LETTER_TOPICS),
        new Partitions(topics),
        new UnreadRecords());
  }
}
