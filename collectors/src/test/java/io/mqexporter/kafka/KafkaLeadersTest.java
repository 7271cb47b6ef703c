package io.mqexporter.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqexporter.collector.Leaders;
import io.mqexporter.collector.Subject;
import io.mqexporter.kafka.snapshot.KafkaSnapshot;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.Broker;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.Group;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.GroupListing;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.Partition;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.Progress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class KafkaLeadersTest {

  @Test
  void brokersAreInTheOrderOfTheirIds() {
    assertThat(leaders(List.of()).running()).containsExactly("2", "9", "10");
  }

  @Test
  void aPartitionIsItsLeaders() {
    assertThat(leader(about("", "orders", "0"))).isEqualTo("9");
    assertThat(leader(about("", "orders", "1"))).isEqualTo("2");
  }

  @Test
  void aTopicIsThatOfTheLeaderOfItsFirstPartition() {
    assertThat(leader(about("", "orders", ""))).isEqualTo("9");
  }

  @Test
  void allOfAGroupIsItsCoordinatorsByTheRuleOfTheBrokers() {
    assertThat(leader(about("b", "orders", "0"))).isEqualTo("2");
    assertThat(leader(about("c", "", ""))).isEqualTo("10");
  }

  @Test
  void whereThatRuleCannotBeAppliedTheCoordinatorSaysItItself() {
    assertThat(leaders(List.of()).leader().apply(about("told", "", ""))).isEqualTo("1");
    assertThat(leaders(List.of()).leader().apply(about("b", "", ""))).isEmpty();
  }

  @Test
  void whatNamesABrokerIsTheBrokers() {
    assertThat(leader(new Subject("3", "", "", "", "", ""))).isEqualTo("3");
  }

  @Test
  void whatHasNoLeaderIsNobodys() {
    assertThat(leader(about("", "orders", "2"))).isEmpty();
    assertThat(leader(about("", "orders", "3"))).isEmpty();
    assertThat(leader(about("", "unread", ""))).isEmpty();
    assertThat(leader(about("", "", ""))).isEmpty();
    List<OptionalInt> none = List.of(OptionalInt.empty());
    assertThat(leaders(none).leader().apply(about("told", "", ""))).isEmpty();
  }

  private static String leader(Subject subject) {
    return leaders(List.of(OptionalInt.of(2), OptionalInt.of(10))).leader().apply(subject);
  }

  private static Subject about(String group, String topic, String partition) {
    return new Subject("", "", group, "", topic, partition);
  }

  private static Leaders leaders(List<OptionalInt> coordinators) {
    var topic =
        Snapshots.topic(
            "orders",
            partition(1, OptionalInt.of(2)),
            partition(0, OptionalInt.of(9)),
            partition(2, OptionalInt.empty()));
    var snapshot =
        new KafkaSnapshot(
            Instant.EPOCH,
            "c-1",
            List.of(
                new Broker(10, "c", 1, ""), new Broker(9, "b", 1, ""), new Broker(2, "a", 1, "")),
            OptionalInt.empty(),
            Optional.empty(),
            List.of(topic),
            List.of(
                Snapshots.committing("b"),
                new Group(
                    "told", "classic", "Stable", Snapshots.members(1), new Progress.Unknown())),
            new GroupListing(true, coordinators),
            List.of());
    return KafkaLeaders.of(snapshot, new Partitions(snapshot.topics()));
  }

  private static Partition partition(int id, OptionalInt leader) {
    return new Partition(
        id,
        leader,
        List.of(2, 9),
        2,
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.empty());
  }
}
