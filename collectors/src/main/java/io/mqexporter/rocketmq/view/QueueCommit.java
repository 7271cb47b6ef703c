package io.mqexporter.rocketmq.view;

import io.mqexporter.messaging.LogConsumption;
import io.mqexporter.messaging.LogState;
import java.util.OptionalLong;

/**
 * What a group has committed for a queue.
 *
 * @param queue the queue
 * @param committed the offset of the next message to consume
 * @param comparable whether the offset counts the same messages as the queue's own offsets
 * @param pulled the offset of the next message that the group will fetch, at least the committed
 *     one; empty if it is not known
 */
public record QueueCommit(
    TopicQueue queue, long committed, boolean comparable, OptionalLong pulled) {

  /** Returns the same in the words that all brokers share. */
  public LogConsumption consumption() {
    LogState log = queue.log();
    return comparable
        ? LogConsumption.committed(log.log(), committed, log.start(), log.end())
        : LogConsumption.told(log.log(), OptionalLong.empty(), OptionalLong.empty());
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
    boolean within = pulled.isPresent() && end.isPresent() && end.getAsLong() >= pulled.getAsLong();
    return within && comparable
        ? OptionalLong.of(end.getAsLong() - pulled.getAsLong())
        : OptionalLong.empty();
  }
}
