package io.mqexporter.rabbitmq.snapshot;

import io.mqexporter.messaging.DestinationId;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * A queue. Unknown texts are empty.
 *
 * @param state what the broker says of it, such as {@code running}, {@code minority} or {@code
 *     down}
 * @param numbers what it holds and counts; a queue whose node is down tells none of it
 * @param consumerCapacity the share of time in which it can deliver to its consumers at once
 */
public record Queue(
    DestinationId id,
    Declaration declaration,
    String state,
    Numbers<QueueNumber> numbers,
    OptionalDouble consumerCapacity,
    Replicas replicas,
    Optional<DeadLetterRoute> deadLetterRoute) {

  /**
   * What a queue was made to be.
   *
   * @param type such as {@code classic}, {@code quorum} or {@code stream}
   * @param policy the policy that applies to it
   * @param operatorPolicy the operator policy that applies to it
   * @param overflow what happens when it is full, where the queue or a policy says so
   */
  public record Declaration(
      String type,
      Optional<Boolean> durable,
      Optional<Boolean> exclusive,
      Optional<Boolean> autoDelete,
      String policy,
      String operatorPolicy,
      String overflow) {

    /** Nothing is known. */
    public static final Declaration UNKNOWN = ofType("");

    /** Returns a declaration of which only the type is known. */
    public static Declaration ofType(String type) {
      return new Declaration(
          type, Optional.empty(), Optional.empty(), Optional.empty(), "", "", "");
    }
  }

  /**
   * Where a queue is.
   *
   * @param node the node of its process, or of its leader
   * @param leader the node that leads a replicated queue, empty text if none does; nothing for a
   *     queue that is not replicated, or that does not tell
   * @param members on how many nodes a replicated queue is
   * @param online how many of these run
   */
  public record Replicas(
      String node, Optional<String> leader, OptionalInt members, OptionalInt online) {}

  /**
   * Where a queue sends what it cannot deliver.
   *
   * @param exchange the exchange, in the queue's vhost; empty for the default exchange
   * @param routingKey the routing key; empty where each message keeps its own
   */
  public record DeadLetterRoute(String exchange, Optional<String> routingKey) {}

  /** Returns the same queue with what another source tells of it beyond that. */
  public Queue or(Queue other) {
    return new Queue(
        id,
        declaration,
        state,
        numbers.or(other.numbers),
        consumerCapacity.isPresent() ? consumerCapacity : other.consumerCapacity,
        replicas,
        deadLetterRoute);
  }

  /** Returns whether it is a stream, which keeps what its consumers have read. */
  public boolean isStream() {
    return declaration.type().equals("stream");
  }
}
