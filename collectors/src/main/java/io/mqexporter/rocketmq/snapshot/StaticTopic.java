package io.mqexporter.rocketmq.snapshot;

import java.util.List;
import java.util.Map;

/**
 * What one broker knows of a static topic. Its queues are not those of brokers: each is made of
 * pieces, which are queues of one broker or another, and clients count offsets through all of them
 * (RocketMQ's {@code TopicQueueMappingDetail}).
 *
 * @param epoch when it was last changed: of what two brokers know, the larger one counts
 * @param queues the pieces of each queue that this broker has had a part in, the oldest first
 */
public record StaticTopic(long epoch, Map<Integer, List<Piece>> queues) {

  /** Copies the collections. */
  public StaticTopic {
    queues = Map.copyOf(queues);
  }

  /**
   * A piece of a queue.
   *
   * @param broker the broker's name
   * @param queueId the queue's number on that broker
   * @param start the offset of its first message as clients count; negative while it is not decided
   * @param brokersStart the offset of that message as the broker counts
   */
  public record Piece(String broker, int queueId, long start, long brokersStart) {

    /** Returns what clients call an offset that the broker counts. */
    public long offset(long brokersOffset) {
      return start + Math.max(0, brokersOffset - brokersStart);
    }

    /** Returns whether its offsets are known to clients. */
    public boolean isDecided() {
      return start >= 0;
    }
  }
}
