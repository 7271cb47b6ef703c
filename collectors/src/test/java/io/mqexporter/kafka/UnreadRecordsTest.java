package io.mqexporter.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqexporter.collector.CollectionException;
import io.mqexporter.kafka.RecordReader.Finding;
import io.mqexporter.kafka.RecordReader.Position;
import io.mqexporter.kafka.snapshot.Details;
import io.mqexporter.kafka.snapshot.KafkaSnapshot;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.Commit;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.Group;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.Partition;
import io.mqexporter.messaging.ClusterMemory;
import io.mqexporter.messaging.Unread;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

class UnreadRecordsTest {

  private static final Duration INTERVAL = Duration.ofSeconds(10);
  private static final Commit COMMIT = new Commit("orders", 0, 40);

  private final ClusterMemory memory = new ClusterMemory(INTERVAL.multipliedBy(10));
  private final UnreadRecords records = new UnreadRecords();
  private final List<List<Position>> asked = new ArrayList<>();
  private Finding answer = new Finding.Found(40, 5000);
  private Instant now = Instant.EPOCH;

  @Test
  void aRecordOlderThanTheAgentIsLookedAtOnceForEachPlace() throws Exception {
    Partition partition = Snapshots.partition(0, 0, 100);
    look(partition, group("a", COMMIT), group("b", COMMIT));
    look(partition, group("a", COMMIT), group("b", COMMIT));
    assertThat(asked).containsExactly(List.of(position(40, 100)));
    assertThat(records.of(COMMIT, partition))
        .isEqualTo(new Unread.Since(Instant.ofEpochMilli(5000)));
  }

  @Test
  void nothingIsLookedAtWhereNothingWaitsOrAnOffsetIsNotKnown() throws Exception {
    look(Snapshots.partition(0, 0, 40), group("a", COMMIT));
    look(Snapshots.partition(0, 0, 39), group("a", COMMIT));
    look(Snapshots.leaderless(0), group("a", COMMIT));
    assertThat(asked).isEmpty();
  }

  @Test
  void aGroupThatMovesWithinTheHistoryIsNotLookedAt() throws Exception {
    look(Snapshots.partition(0, 0, 100), group("a", new Commit("orders", 0, 100)));
    look(Snapshots.partition(0, 0, 200), group("a", new Commit("orders", 0, 150)));
    look(Snapshots.partition(0, 0, 300), group("a", new Commit("orders", 0, 250)));
    assertThat(asked).isEmpty();
  }

  @Test
  void aGroupThatStandsIsLookedAtEvenWithinTheHistory() throws Exception {
    look(Snapshots.partition(0, 0, 100), group("a", new Commit("orders", 0, 100)));
    look(Snapshots.partition(0, 0, 200), group("a", new Commit("orders", 0, 150)));
    look(Snapshots.partition(0, 0, 300), group("a", new Commit("orders", 0, 150)));
    assertThat(asked).containsExactly(List.of(position(150, 300)));
  }

  @Test
  void whenNothingCouldBeReadOnlyWhatWasWrittenSinceIsLookedAt() throws Exception {
    answer = new Finding.NothingBefore(100);
    look(Snapshots.partition(0, 0, 100), group("a", COMMIT));
    assertThat(records.of(COMMIT, Snapshots.partition(0, 0, 100))).isEqualTo(Unread.NOTHING);
    look(Snapshots.partition(0, 0, 130), group("a", COMMIT));
    assertThat(asked).containsExactly(List.of(position(40, 100)), List.of(position(100, 130)));
  }

  @Test
  void whatRetentionDeletedIsLookedAtAnew() throws Exception {
    look(Snapshots.partition(0, 0, 100), group("a", COMMIT));
    Partition shorter = Snapshots.partition(0, 60, 100);
    assertThat(records.of(COMMIT, shorter)).isEqualTo(Unread.UNKNOWN);
    look(shorter, group("a", COMMIT));
    assertThat(asked).containsExactly(List.of(position(40, 100)), List.of(position(60, 100)));
  }

  @Test
  void whatBelongsToAnOpenTransactionIsNotLeftToRead() throws Exception {
    Partition open = Snapshots.partition(0, 0, 40, 100);
    look(open, group("a", COMMIT));
    assertThat(asked).isEmpty();
    assertThat(records.of(COMMIT, open)).isEqualTo(Unread.NOTHING);
  }

  @Test
  void aRecordWithoutATimeTellsNothing() throws Exception {
    answer = new Finding.Found(40, -1);
    Partition partition = Snapshots.partition(0, 0, 100);
    look(partition, group("a", COMMIT));
    assertThat(records.of(COMMIT, partition)).isEqualTo(Unread.UNKNOWN);
  }

  @Test
  void placesBeyondTheBudgetTakeTurns() throws Exception {
    answer = new Finding.Failed(new TopicAuthorizationException("orders"));
    Group[] groups =
        Stream.of(10, 20, 30, 40)
            .map(offset -> group("g" + offset, new Commit("orders", 0, offset)))
            .toArray(Group[]::new);
    Partition partition = Snapshots.partition(0, 0, 100);
    assertThat(look(partition, groups)).containsOnlyKeys("orders");
    look(partition, groups);
    assertThat(asked.stream().flatMap(List::stream).map(Position::from))
        .containsExactlyInAnyOrder(10L, 20L, 30L, 40L);
    assertThat(records.of(COMMIT, partition)).isEqualTo(Unread.UNKNOWN);
  }

  private Map<String, Throwable> look(Partition partition, Group... groups)
      throws CollectionException, InterruptedException {
    now = now.plus(INTERVAL);
    KafkaSnapshot snapshot =
        Snapshots.at(
            now, List.of(Snapshots.topic("orders", partition)), Snapshots.COMPLETE, groups);
    var partitions = new Partitions(snapshot.topics());
    var destinations =
        KafkaClusterState.destinations(
            snapshot, Details.NONE, KafkaConfig.DEFAULT_DEAD_LETTER_TOPICS);
    memory.observeDestinations(destinations, now);
    Map<String, Throwable> failures = records.look(snapshot, partitions, memory, 2, this::read);
    memory.observeConsumers(
        KafkaClusterState.of(snapshot, "shop", destinations, partitions, records));
    return failures;
  }

  private Map<Position, Finding> read(List<Position> positions) {
    asked.add(positions);
    var findings = new HashMap<Position, Finding>();
    positions.forEach(position -> findings.put(position, answer));
    return findings;
  }

  private static Group group(String name, Commit commit) {
    return Snapshots.committing(name, commit);
  }

  private static Position position(long from, long end) {
    return new Position(new TopicPartition("orders", 0), from, end);
  }
}
