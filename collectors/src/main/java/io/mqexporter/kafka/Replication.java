package io.mqexporter.kafka;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * How far the copy of a topic is behind.
 *
 * @param topic the topic of the source's cluster
 * @param partitions its partitions
 */
record Replication(String topic, List<Copied> partitions) {

  /** Copies the partitions. */
  Replication {
    partitions = List.copyOf(partitions);
  }

  /**
   * One partition.
   *
   * @param position the offset of the next record of the source to copy
   * @param lag the records of the source that are not copied yet
   * @param seconds the age of the oldest of them; 0 if there is none
   */
  record Copied(int partition, OptionalLong position, OptionalLong lag, OptionalDouble seconds) {

    /**
     * Returns the state of a partition.
     *
     * @param sync a record of the source and its copy; from there on all is copied one by one
     * @param copyEnd where the copy ends, read before the source's offsets
     * @param start where the source starts
     * @param end where the source ends
     */
    static Copied of(
        int partition,
        Optional<OffsetSyncs.Sync> sync,
        OptionalLong copyEnd,
        OptionalLong start,
        OptionalLong end) {
      OptionalLong position = position(sync, copyEnd, start);
      boolean known = position.isPresent() && end.isPresent();
      long lag = known ? end.getAsLong() - position.getAsLong() : -1;
      // Beyond the source's end: it is another topic than the one that was copied.
      return new Copied(
          partition,
          position,
          lag < 0 ? OptionalLong.empty() : OptionalLong.of(lag),
          lag == 0 ? OptionalDouble.of(0) : OptionalDouble.empty());
    }

    private static OptionalLong position(
        Optional<OffsetSyncs.Sync> sync, OptionalLong copyEnd, OptionalLong start) {
      if (copyEnd.isEmpty()) {
        return OptionalLong.empty();
      }
      if (sync.isPresent()) {
        long copied = copyEnd.getAsLong() - sync.get().copy();
        return OptionalLong.of(sync.get().source() + copied);
      }
      // Nothing was ever copied, or nobody wrote down from where.
      return copyEnd.getAsLong() == 0 ? start : OptionalLong.empty();
    }

    /** Returns the same with the age of the oldest record that is not copied yet. */
    Copied aged(double age) {
      return new Copied(partition, position, lag, OptionalDouble.of(age));
    }
  }

  /** Returns the sum over all partitions, or nothing if one of them is not known. */
  OptionalLong lag() {
    return partitions.stream().allMatch(p -> p.lag().isPresent())
        ? OptionalLong.of(partitions.stream().mapToLong(p -> p.lag().getAsLong()).sum())
        : OptionalLong.empty();
  }

  /** Returns the largest age, or nothing if one of them is not known. */
  OptionalDouble seconds() {
    return partitions.stream().allMatch(p -> p.seconds().isPresent())
        ? partitions.stream().mapToDouble(p -> p.seconds().getAsDouble()).max()
        : OptionalDouble.empty();
  }
}
