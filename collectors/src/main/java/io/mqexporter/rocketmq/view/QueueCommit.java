package io.mqexporter.rocketmq.view;

import io.mqexporter.messaging.LogConsumption;
import io.mqexporter.messaging.LogState;
import io.mqexporter.messaging.Unread;
import java.util.OptionalLong;

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
