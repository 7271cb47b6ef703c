package io.mqexporter.rocketmq.reading;

import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.QueueOffsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Compares the messages that a broker has written with those by which the topics have grown that
 * were asked for. While the first are no more than the second, no other topic has got any, but for
 * so few as the broker writes while it is being asked.
 */
final class WrittenCount {

  private final Map<String, Long> ends = new HashMap<>();
  private long growth;
  private OptionalLong lastWritten = OptionalLong.empty();
  private Optional<Begin> begin = Optional.empty();

  /**
   * Where counting begins.
   *
   * @param written what the broker had written after all topics were asked for
   * @param growth by how much they had grown until then
   */
  private record Begin(long written, long growth) {}

  /** Returns whether counting has begun. */
  boolean hasBegun() {
    return begin.isPresent();
  }

  /** Begins to count, when every topic was asked for and the broker then for its figures. */
  void begin(OptionalLong written) {
    begin = written.isPresent() ? Optional.of(new Begin(written.getAsLong(), growth)) : begin;
  }

  /** Takes in the offsets of a topic. */
  void asked(String topic, Map<Integer, QueueOffsets> offsets) {
    long end = offsets.values().stream().mapToLong(QueueOffsets::max).sum();
    Long before = ends.put(topic, end);
    // One that was not there before was created since, and all it holds was written since.
    growth += Math.max(0, end - (before == null ? 0 : before));
  }

  /**
   * Takes in the figure of a collection, before its topics are asked for; nothing if the queues do
   * not have yet what was written. If there is more than the collection before has found, counting
   * ends.
   *
   * @return whether it has ended by that
   */
  boolean exceeds(OptionalLong written) {
    boolean more =
        begin.isPresent()
            && lastWritten.isPresent()
            && lastWritten.getAsLong() - begin.get().written() > growth - begin.get().growth();
    if (more) {
      begin = Optional.empty();
    }
    lastWritten = written;
    return more;
  }

  /** Forgets all. */
  void forget() {
    ends.clear();
    growth = 0;
    lastWritten = OptionalLong.empty();
    begin = Optional.empty();
  }
}
