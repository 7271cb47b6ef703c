package io.mqexporter.rocketmq.view;

import io.mqexporter.messaging.LogConsumption;
import io.mqexporter.messaging.LogState;
import io.mqexporter.messaging.Unread;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.BrokerContents;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.Commits;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.GroupTopic;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What a group has committed for a queue.
 *
 * @param queue the queue
 * @param committed the offset of the next message to consume
 * @param gaps how many offsets before it stand for no message
 * @param pulled the offset of the next message that the group will fetch, at least the committed
 *     one; empty if it is not known
 * @param consumption the same in the words that all brokers share
 */
public record QueueCommit(
    TopicQueue queue, long committed, long gaps, OptionalLong pulled, LogConsumption consumption) {

  /** Returns what a group has committed for a queue of a broker. */
  static QueueCommit of(
      BrokerContents contents, Commits told, GroupTopic consumption, int queueId, long committed) {
    return of(
        TopicQueue.of(contents, consumption.topic(), queueId),
        committed,
        0,
        pulled(contents, told, consumption, queueId, committed),
        unread(contents, consumption, queueId));
  }

  /** Returns what a group has committed for a queue; of the messages left that much is known. */
  static QueueCommit of(
      TopicQueue queue, long committed, long gaps, OptionalLong pulled, Unread unread) {
    LogState log = queue.log();
    return new QueueCommit(
        queue,
        committed,
        gaps,
        pulled,
        LogConsumption.committed(log.log(), committed - gaps, log.start(), log.end())
            .withUnread(unread));
  }

  private static Unread unread(BrokerContents contents, GroupTopic consumption, int queueId) {
    Instant since =
        contents.details().unreadSince().getOrDefault(consumption, Map.of()).get(queueId);
    return since == null ? Unread.UNKNOWN : new Unread.Since(since);
  }

  /**
   * Returns the offset of the next message that a group will fetch, if the broker tells. Of a queue
   * that was not fetched from it tells none, and it is the committed one; but of a group that pops
   * its messages it may tell none because it counts those elsewhere. What was committed was
   * fetched, even if it was by another client.
   */
  private static OptionalLong pulled(
      BrokerContents contents, Commits told, GroupTopic consumption, int queueId, long committed) {
    if (told.pulled().isEmpty()) {
      return OptionalLong.empty();
    }
    Map<Integer, Long> pulled = told.pulled().get().getOrDefault(consumption, Map.of());
    boolean pops = contents.details().popped().orElse(Set.of()).contains(consumption);
    return pops && !pulled.containsKey(queueId)
        ? OptionalLong.empty()
        : OptionalLong.of(Math.max(pulled.getOrDefault(queueId, committed), committed));
  }

  /** Returns the messages that were fetched and not consumed, if that is known. */
  public OptionalLong inFlight() {
    return pulled.isPresent()
        ? OptionalLong.of(pulled.getAsLong() - committed)
        : OptionalLong.empty();
  }

  /** Returns the messages that could be fetched, if that is known. */
  public OptionalLong ready() {
    OptionalLong end = queue.log().end();
    boolean within =
        pulled.isPresent() && end.isPresent() && end.getAsLong() >= pulled.getAsLong() - gaps;
    return within
        ? OptionalLong.of(end.getAsLong() - (pulled.getAsLong() - gaps))
        : OptionalLong.empty();
  }
}
