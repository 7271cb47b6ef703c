package io.mqexporter.rocketmq.view;

import io.mqexporter.messaging.Unread;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.BrokerContents;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.Commits;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.GroupTopic;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * How far a group is with a topic's queues on one broker.
 *
 * @param pulled by queue, the offset of the next message to fetch; empty if the broker does not
 *     tell
 * @param pops whether the group pops its messages of the topic
 * @param unreadSince by queue, since when the oldest message waits that is left
 */
record BrokerProgress(
    Optional<Map<Integer, Long>> pulled, boolean pops, Map<Integer, Instant> unreadSince) {

  /** Looks up what a broker has told of a group and a topic. */
  static BrokerProgress of(BrokerContents contents, Commits told, GroupTopic consumption) {
    return new BrokerProgress(
        told.pulled().map(pulled -> pulled.getOrDefault(consumption, Map.of())),
        contents.details().popped().orElse(Set.of()).contains(consumption),
        contents.details().unreadSince().getOrDefault(consumption, Map.of()));
  }

  /** Returns what the group has committed for a queue. */
  QueueCommit commit(TopicQueue queue, long committed) {
    Instant since = unreadSince.get(queue.queueId());
    return QueueCommit.of(
        queue,
        committed,
        0,
        pulled(queue.queueId(), committed),
        since == null ? Unread.UNKNOWN : new Unread.Since(since));
  }

  /**
   * Returns the offset of the next message that a group will fetch, if the broker tells. Of a queue
   * that was not fetched from it tells none, and it is the committed one; but of a group that pops
   * its messages it may tell none because it counts those elsewhere. What was committed was
   * fetched, even if it was by another client.
   */
  private OptionalLong pulled(int queueId, long committed) {
    if (pulled.isEmpty()) {
      return OptionalLong.empty();
    }
    Long told = pulled.get().get(queueId);
    if (told == null) {
      return pops ? OptionalLong.empty() : OptionalLong.of(committed);
    }
    return OptionalLong.of(Math.max(told, committed));
  }
}
