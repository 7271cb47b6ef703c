package io.mqexporter.rabbitmq;

import io.mqexporter.messaging.ClusterState;
import io.mqexporter.messaging.Consumption;
import io.mqexporter.messaging.Destination;
import io.mqexporter.messaging.DestinationId;
import io.mqexporter.messaging.LogConsumption;
import io.mqexporter.messaging.LogState;
import io.mqexporter.messaging.MessagingSystem;
import io.mqexporter.rabbitmq.RabbitMqSnapshot.Contents;
import io.mqexporter.rabbitmq.RabbitMqSnapshot.Counters;
import io.mqexporter.rabbitmq.RabbitMqSnapshot.Node;
import io.mqexporter.rabbitmq.RabbitMqSnapshot.Queue;
import java.util.List;
import java.util.Map;
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
 * <p>Each queue is consumed by its consumers as a whole, also when it has none: with messages that
 * nobody fetches it is {@code stopped}, empty it is {@code ok}. Whether consumers move is told by
 * what they acknowledged and not by the position, which also moves when messages expire, and back
 * and forth because the API's counters and depths are of different age. A stream keeps what its
 * consumers have read, so that what it holds says nothing about their lag, which is not known.
 */
final class RabbitMqClusterState {

  private static final String ONLY_LOG = "";
  private static final String NO_GROUP = "";

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
        queues.stream().map(RabbitMqClusterState::consumption).toList(),
        Map.of());
  }

  private static Set<String> nodesWhereRunningIs(boolean running, List<Node> nodes) {
    return nodes.stream()
        .filter(node -> node.running().filter(known -> known == running).isPresent())
        .map(Node::name)
        .collect(Collectors.toSet());
  }

  private static Destination destination(Queue queue, Set<DestinationId> deadLetters) {
    OptionalLong published = queue.counters().published();
    OptionalLong position = position(queue);
    List<LogState> logs =
        position.isPresent() ? List.of(new LogState(ONLY_LOG, position, published)) : List.of();
    return new Destination(
        queue.id(), deadLetters.contains(queue.id()), held(queue.contents()), published, logs);
  }

  private static Consumption consumption(Queue queue) {
    List<LogConsumption> logs =
        queue.isStream()
            ? List.of()
            : List.of(
                LogConsumption.removed(
                    ONLY_LOG, position(queue), held(queue.contents()), removed(queue.counters())));
    return new Consumption(
        queue.id(), NO_GROUP, consumers(queue), acknowledged(queue.counters()), logs);
  }

  private static OptionalLong position(Queue queue) {
    OptionalLong published = queue.counters().published();
    OptionalLong held = held(queue.contents());
    if (published.isEmpty() || held.isEmpty() || held.getAsLong() > published.getAsLong()) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(published.getAsLong() - held.getAsLong());
  }

  private static OptionalLong held(Contents contents) {
    if (contents.messages().isPresent()) {
      return contents.messages();
    }
    return contents.ready().isPresent() && contents.unacknowledged().isPresent()
        ? OptionalLong.of(contents.ready().getAsLong() + contents.unacknowledged().getAsLong())
        : OptionalLong.empty();
  }

  /** Returns what was acknowledged, by consumers or by the broker for them, if anything was. */
  private static OptionalLong acknowledged(Counters counters) {
    boolean any =
        counters.acknowledged().isPresent()
            || counters.deliveredAutoAck().isPresent()
            || counters.fetchedAutoAck().isPresent();
    return any ? OptionalLong.of(removed(counters)) : OptionalLong.empty();
  }

  private static long removed(Counters counters) {
    return counters.acknowledged().orElse(0)
        + counters.deliveredAutoAck().orElse(0)
        + counters.fetchedAutoAck().orElse(0);
  }

  private static OptionalInt consumers(Queue queue) {
    return queue.consumers().isPresent()
        ? OptionalInt.of(Math.toIntExact(queue.consumers().getAsLong()))
        : OptionalInt.empty();
  }
}
