package io.mqexporter.rocketmq.view;

import io.mqexporter.messaging.LogState;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.QueueOffsets;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A queue of a topic on one broker, or of a static topic.
 *
 * @param broker the broker's name
 * @param queueId the queue's number
 * @param offsets its offsets, if they are known
 * @param log the same in the words that all brokers share, where offsets count messages
 */
public record TopicQueue(String broker, int queueId, Optional<QueueOffsets> offsets, LogState log) {

  /**
   * Returns a queue of a broker.
   *
   * @param offsets by queue, what is known of the topic's queues there
   */
  static TopicQueue of(String broker, int queueId, Map<Integer, QueueOffsets> offsets) {
    return of(broker, queueId, Optional.ofNullable(offsets.get(queueId)), OptionalLong.of(0));
  }

  /**
   * Returns a queue.
   *
   * @param gaps how many offsets before its end stand for no message; empty if that is not known
   */
  static TopicQueue of(
      String broker, int queueId, Optional<QueueOffsets> offsets, OptionalLong gaps) {
    String name = broker + ":" + queueId;
    LogState log =
        offsets.isPresent() && gaps.isPresent()
            ? new LogState(
                name,
                OptionalLong.of(offsets.get().min()),
                OptionalLong.of(offsets.get().max() - gaps.getAsLong()))
            : new LogState(name, OptionalLong.empty(), OptionalLong.empty());
    return new TopicQueue(broker, queueId, offsets, log);
  }
}
