package io.mqexporter.rocketmq.view;

import io.mqexporter.messaging.LogState;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.BrokerContents;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.QueueOffsets;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A queue of a topic on one broker.
 *
 * @param broker the broker's name
 * @param queueId the queue's number
 * @param offsets its offsets, if they are known
 */
public record TopicQueue(String broker, int queueId, Optional<QueueOffsets> offsets) {

  static TopicQueue of(BrokerContents contents, String topic, int queueId) {
    return new TopicQueue(
        contents.broker(),
        queueId,
        Optional.ofNullable(contents.offsets().getOrDefault(topic, Map.of()).get(queueId)));
  }

  LogState log() {
    return new LogState(
        broker + ":" + queueId,
        offsets.map(o -> OptionalLong.of(o.min())).orElse(OptionalLong.empty()),
        offsets.map(o -> OptionalLong.of(o.max())).orElse(OptionalLong.empty()));
  }
}
