package io.mqexporter.rabbitmq;

import io.mqexporter.messaging.ClusterState;
import io.mqexporter.messaging.Consumption;
import io.mqexporter.messaging.Destination;
import io.mqexporter.messaging.Destination.Storage;
import io.mqexporter.messaging.DestinationId;
import io.mqexporter.messaging.LogConsumption;
import io.mqexporter.messaging.LogState;
import io.mqexporter.messaging.MessagingSystem;
import io.mqexporter.messaging.Unread;
import io.mqexporter.rabbitmq.snapshot.Node;
import io.mqexporter.rabbitmq.snapshot.Queue;
import io.mqexporter.rabbitmq.snapshot.QueueLimits;
import io.mqexporter.rabbitmq.snapshot.QueueNumber;
import io.mqexporter.rabbitmq.snapshot.RabbitMqSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Maps a snapshot to the model that all brokers share.
 *
 * <p>A queue is seen as a log whose end is the number of messages ever published to it, and of
 * which it still holds the newest: first in, first out, the oldest message held is number published
 * − held, and the history of the end tells when that one came. Where there is no such number (a
 * queue that is only ever sent dead letters, or that kept messages from before its counters began)
 * the position is not known, and with it the time lag.
 *
 * <p>Where the publisher gave the oldest message a time, and a classic queue tells it, that is the
 * age of the message, to the second.
 *
 * <p>Each queue is consumed by its consumers as a whole, also when it has none: with messages that
 * nobody fetches it is {@code stopped}, empty it is {@code ok}. Whether consumers move is told by
 * what they acknowledged and not by the position, which also moves when messages expire, and back
 * and forth because the API's counters and depths are of different age. A stream keeps what its
 * consumers have read, so that what it holds says nothing about their lag, which is not known.
 */
final class RabbitMqClusterState {

  static final String ONLY_LOG = "";
  private static final String NO_GROUP = "";

  private static final List<QueueNumber> REMOVALS =
      List.of(
          QueueNumber.ACKNOWLEDGED, QueueNumber.DELIVERED_AUTO_ACK, QueueNumber.FETCHED_AUTO_ACK);

  /**
   * By how much a publisher's clock may be ahead. A time further in the future is none, but for
   * instance one in milliseconds where AMQP says seconds.
   */
  private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(1);

  private RabbitMqClusterState() {}

  /** Returns the state of a cluster. */
  static ClusterState of(String cluster, RabbitMqSnapshot snapshot) {
    List<Queue> queues = snapshot.queues().orElse(List.of());
    Set<DestinationId> deadLetters = DeadLetters.queues(snapshot);
    return new ClusterState(
        MessagingSystem.RABBITMQ,
        cluster,
        snapshot.at(),
        nodesWhereRunningIs(true, snapshot.nodes()),
        nodesWhereRunningIs(false, snapshot.nodes()),
        queues.stream().map(queue -> destination(queue, deadLetters)).toList(),
        queues.stream().map(queue -> consumption(queue, snapshot.at())).toList(),
        Map.of());
  }

  private static Set<String> nodesWhereRunningIs(boolean running, List<Node> nodes) {
    return nodes.stream()
        .filter(node -> node.running().filter(known -> known == running).isPresent())
        .map(Node::name)
        .collect(Collectors.toSet());
  }

  private static Destination destination(Queue queue, Set<DestinationId> deadLetters) {
    OptionalLong published = queue.numbers().get(QueueNumber.PUBLISHED);
    OptionalLong position = position(queue);
    List<LogState> logs =
        position.isPresent() ? List.of(new LogState(ONLY_LOG, position, published)) : List.of();
    OptionalDouble fillRatio = QueueLimits.of(queue).fillRatio(queue.numbers());
    return new Destination(
            queue.id(), deadLetters.contains(queue.id()), held(queue), published, logs)
        .withStorage(new Storage(OptionalLong.empty(), fillRatio));
  }

  private static Consumption consumption(Queue queue, Instant now) {
    List<LogConsumption> logs =
        queue.isStream()
            ? List.of()
            : List.of(
                LogConsumption.removed(ONLY_LOG, position(queue), held(queue), removed(queue))
                    .withUnread(oldest(queue, now)));
    return new Consumption(
        queue.id(),
        NO_GROUP,
        consumers(queue),
        acknowledged(queue),
        queue.numbers().get(QueueNumber.REDELIVERED),
        logs);
  }

  private static Unread oldest(Queue queue, Instant now) {
    OptionalLong epochSeconds = queue.numbers().get(QueueNumber.HEAD_EPOCH_SECONDS);
    boolean believable =
        epochSeconds.isPresent()
            && epochSeconds.getAsLong() > 0
            && epochSeconds.getAsLong() <= now.plus(CLOCKS_DIFFER).getEpochSecond();
    return believable
        ? new Unread.Since(Instant.ofEpochSecond(epochSeconds.getAsLong()))
        : Unread.UNKNOWN;
  }

  /** Returns the number of messages that were published before the oldest one that it holds. */
  static OptionalLong position(Queue queue) {
    OptionalLong published = queue.numbers().get(QueueNumber.PUBLISHED);
    OptionalLong held = held(queue);
    if (published.isEmpty() || held.isEmpty() || held.getAsLong() > published.getAsLong()) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(published.getAsLong() - held.getAsLong());
  }

  /** Returns the number of messages that a queue holds. */
  static OptionalLong held(Queue queue) {
    OptionalLong messages = queue.numbers().get(QueueNumber.MESSAGES);
    OptionalLong ready = queue.numbers().get(QueueNumber.READY);
    OptionalLong unacknowledged = queue.numbers().get(QueueNumber.UNACKNOWLEDGED);
    if (messages.isPresent()) {
      return messages;
    }
    return ready.isPresent() && unacknowledged.isPresent()
        ? OptionalLong.of(ready.getAsLong() + unacknowledged.getAsLong())
        : OptionalLong.empty();
  }

  /** Returns what was acknowledged, by consumers or by the broker for them, if anything was. */
  private static OptionalLong acknowledged(Queue queue) {
    return REMOVALS.stream().anyMatch(kind -> queue.numbers().get(kind).isPresent())
        ? OptionalLong.of(removed(queue))
        : OptionalLong.empty();
  }

  private static long removed(Queue queue) {
    return REMOVALS.stream().mapToLong(kind -> queue.numbers().get(kind).orElse(0)).sum();
  }

  private static OptionalInt consumers(Queue queue) {
    OptionalLong consumers = queue.numbers().get(QueueNumber.CONSUMERS);
    return consumers.isPresent()
        ? OptionalInt.of(Math.toIntExact(consumers.getAsLong()))
        : OptionalInt.empty();
  }
}
