package io.mqexporter.kafka;

import io.mqexporter.kafka.snapshot.KafkaSnapshot;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.Broker;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.Commit;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.Group;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.GroupListing;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.Member;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.Membership;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.Partition;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.Progress;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.Topic;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Makes snapshots of which a test says only what it is about. */
final class Snapshots {

  static final GroupListing COMPLETE = new GroupListing(true, List.of(OptionalInt.of(1)));

  private Snapshots() {}

  static KafkaSnapshot of(List<Topic> topics, Group... groups) {
    return at(Instant.EPOCH, topics, COMPLETE, groups);
  }

  static KafkaSnapshot at(Instant at, List<Topic> topics, GroupListing listing, Group... groups) {
    return new KafkaSnapshot(
        at,
        "c-1",
        List.of(new Broker(1, "a", 9092, "")),
        OptionalInt.of(1),
        Optional.empty(),
        topics,
        List.of(groups),
        listing,
        List.of());
  }

  static Topic topic(String name, Partition... partitions) {
    return new Topic(name, "", List.of(partitions));
  }

  /** Returns a partition on one broker, without an open transaction. */
  static Partition partition(int id, long start, long end) {
    return partition(id, start, end, end);
  }

  /** Returns a partition on one broker. */
  static Partition partition(int id, long start, long lastStable, long end) {
    return new Partition(
        id,
        OptionalInt.of(1),
        List.of(1),
        1,
        OptionalLong.of(start),
        OptionalLong.of(lastStable),
        OptionalLong.of(end));
  }

  /** Returns a partition whose offsets are not known. */
  static Partition leaderless(int id) {
    return new Partition(
        id,
        OptionalInt.empty(),
        List.of(2),
        0,
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.empty());
  }

  /** Returns a classic group of which only the commits are known. */
  static Group committing(String name, Commit... commits) {
    return new Group(
        name, "classic", "Empty", Optional.empty(), Progress.Committed.of(List.of(commits)));
  }

  /** Returns a membership of members that were given no partition. */
  static Optional<Membership> members(int count) {
    return Optional.of(
        new Membership(
            OptionalInt.of(1),
            "consumer",
            "range",
            Collections.nCopies(count, new Member(Map.of()))));
  }
}
