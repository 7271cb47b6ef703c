package io.mqexporter.kafka;

import io.mqexporter.collector.CollectionException;
import io.mqexporter.kafka.RecordReader.Finding;
import io.mqexporter.kafka.RecordReader.Position;
import io.mqexporter.kafka.snapshot.KafkaSnapshot;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.Commit;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.Group;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.Partition;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.Progress;
import io.mqexporter.kafka.snapshot.TopicCommits;
import io.mqexporter.messaging.ClusterMemory;
import io.mqexporter.messaging.DestinationId;
import io.mqexporter.messaging.Unread;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * What is known of the oldest records that groups have yet to read. The offsets that the agent has
 * seen do not tell it of a record that was there before the agent was, and never tell whether there
 * is a record at all; so such records are looked at, a bounded number at each collection, and what
 * was found is kept for as long as a group stands there.
 */
final class UnreadRecords {

  private Map<Place, Finding> findings = new HashMap<>();
  private int turn;

  /** A commit with records after it. */
  private record Behind(String group, Commit commit, Partition partition) {}

  /** Where a group stands. */
  private record Place(String topic, int partition, long offset) {}

  /** What reads records. */
  interface Reading {

    /** Returns what was found at each position; a position can be left out. */
    Map<Position, Finding> read(List<Position> positions)
        throws CollectionException, InterruptedException;
  }

  /**
   * Looks at what a snapshot leaves open.
   *
   * @param memory what is known of the offsets, those of this snapshot included
   * @param most at how many places to look at the most
   * @return why some topics could not be looked at, by topic
   */
  Map<String, Throwable> look(
      KafkaSnapshot snapshot,
      Partitions partitions,
      ClusterMemory memory,
      int most,
      Reading reading)
      throws CollectionException, InterruptedException {
    var kept = new HashMap<Place, Finding>();
    var wanted = new LinkedHashMap<Place, Position>();
    // Very many commits, most of which leave nothing to read.
    snapshot.groups().parallelStream()
        .flatMap(group -> behind(group, partitions).stream())
        .toList()
        .forEach(behind -> sort(behind, memory, kept, wanted));
    findings = kept;
    Map<Place, Position> chosen = choose(wanted, most);
    Map<Position, Finding> found =
        chosen.isEmpty()
            ? Map.of()
            : reading.read(List.copyOf(new LinkedHashSet<>(chosen.values())));
    var failures = new HashMap<String, Throwable>();
    chosen.forEach((place, position) -> {
      switch (found.get(position)) {
        case null -> {}
        case Finding.Failed(var failure) -> failures.put(place.topic(), failure);
        case Finding finding -> findings.put(place, finding);
      }
    });
    return failures;
  }

  /** Returns what is known of the records from a commit on. */
  Unread of(Commit commit, Partition partition) {
    if (isAtLastStable(commit, partition)) {
      return Unread.NOTHING;
    }
    if (findings.isEmpty()) {
      return Unread.UNKNOWN;
    }
    return switch (findings.get(place(commit))) {
      case Finding.Found(long offset, long epochMillis)
          when epochMillis >= 0 && offset >= partition.start().orElse(0) ->
          new Unread.Since(Instant.ofEpochMilli(epochMillis));
      case Finding.NothingBefore(long offset) when offset >= readableEnd(partition) ->
          Unread.NOTHING;
      case null, default -> Unread.UNKNOWN;
    };
  }

  /** Returns the commits of a group that leave records to read. */
  private static List<Behind> behind(Group group, Partitions partitions) {
    var behind = new ArrayList<Behind>();
    if (group.progress() instanceof Progress.Committed(List<TopicCommits> topics)) {
      for (TopicCommits commits : topics) {
        Partitions.OfTopic ofTopic = partitions.of(commits.topic());
        for (Commit commit : commits) {
          ofTopic
              .find(commit.partition())
              .filter(partition -> isBehind(commit, partition))
              .ifPresent(partition -> behind.add(new Behind(group.name(), commit, partition)));
        }
      }
    }
    return behind;
  }

  private static boolean isBehind(Commit commit, Partition partition) {
    return partition.start().isPresent()
        && partition.end().isPresent()
        && commit.offset() < partition.end().getAsLong()
        && !isAtLastStable(commit, partition);
  }

  /** Keeps what is known of a commit, and notes where to look if that is not enough. */
  private void sort(
      Behind behind, ClusterMemory memory, Map<Place, Finding> kept, Map<Place, Position> wanted) {
    Commit commit = behind.commit();
    Partition partition = behind.partition();
    long start = Math.max(commit.offset(), partition.start().orElseThrow());
    long end = readableEnd(partition);
    var key = new TopicPartition(commit.topic(), commit.partition());
    Place place = place(commit);
    Finding known = findings.get(place);
    if (known != null) {
      kept.put(place, known);
    }
    switch (known) {
      case Finding.Found(long offset, _) when offset >= start -> {}
      case Finding.NothingBefore(long offset) -> {
        if (offset < end) {
          wanted.put(place, new Position(key, Math.max(start, offset), end));
        }
      }
      case null, default -> {
        if (!isTold(behind.group(), commit, memory) && start < end) {
          wanted.put(place, new Position(key, start, end));
        }
      }
    }
  }

  /** Returns whether the offsets alone tell enough of a group that moves. */
  private static boolean isTold(String group, Commit commit, ClusterMemory memory) {
    DestinationId topic = DestinationId.topic(commit.topic());
    String log = Partitions.name(commit.partition());
    return memory.writtenAt(topic, log, commit.offset()).isPresent()
        && memory.position(topic, group, log).orElse(-1) != commit.offset();
  }

  /** Returns as many as may be looked at, beginning where the last choice ended. */
  private Map<Place, Position> choose(Map<Place, Position> wanted, int most) {
    if (wanted.size() <= most) {
      turn = 0;
      return wanted;
    }
    var places = new ArrayList<>(wanted.keySet());
    var chosen = new LinkedHashMap<Place, Position>();
    for (int i = 0; i < most; i++) {
      Place place = places.get((turn + i) % places.size());
      chosen.put(place, Optional.ofNullable(wanted.get(place)).orElseThrow());
    }
    turn = (turn + most) % places.size();
    return chosen;
  }

  /** Returns whether all that is left belongs to transactions that are still open. */
  private static boolean isAtLastStable(Commit commit, Partition partition) {
    return partition.hasOpenTransaction() && commit.offset() >= readableEnd(partition);
  }

  private static long readableEnd(Partition partition) {
    return partition.lastStable().orElse(partition.end().orElse(Long.MAX_VALUE));
  }

  private static Place place(Commit commit) {
    return new Place(commit.topic(), commit.partition(), commit.offset());
  }
}
