package io.mqexporter.rabbitmq.snapshot;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What a queue may hold. The broker has merged policy and operator policy already, by taking the
 * smaller number. Of that and the queue's own argument, classic and quorum queues keep to the
 * smaller one ({@code rabbit_amqqueue_process}, {@code rabbit_quorum_queue}), while a stream's
 * policy goes before its argument and there is no limit to its messages ({@code
 * rabbit_stream_queue}).
 *
 * @param messages the ready messages
 * @param bytes the bytes of the bodies of the ready messages; of a stream the bytes on disk
 * @param ttlMillis how long it keeps a message
 */
public record QueueLimits(OptionalLong messages, OptionalLong bytes, OptionalLong ttlMillis) {

  private static final QueueLimits NONE =
      new QueueLimits(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());

  /** Returns the limits of a queue; none for a type whose rules are not known. */
  public static QueueLimits of(Queue queue) {
    Numbers<QueueNumber> numbers = queue.numbers();
    OptionalLong ownBytes = numbers.get(QueueNumber.OWN_MAX_LENGTH_BYTES);
    OptionalLong policyBytes = numbers.get(QueueNumber.POLICY_MAX_LENGTH_BYTES);
    return switch (queue.declaration().type()) {
      case "classic", "quorum" ->
          new QueueLimits(
              smaller(
                  numbers.get(QueueNumber.OWN_MAX_LENGTH),
                  numbers.get(QueueNumber.POLICY_MAX_LENGTH)),
              smaller(ownBytes, policyBytes),
              smaller(
                  numbers.get(QueueNumber.OWN_TTL_MILLIS),
                  numbers.get(QueueNumber.POLICY_TTL_MILLIS)));
      case "stream" ->
          new QueueLimits(
              OptionalLong.empty(),
              policyBytes.isPresent() ? policyBytes : ownBytes,
              OptionalLong.empty());
      default -> NONE;
    };
  }

  /**
   * Returns how full a queue is by the limit that it is nearer to, or nothing where there is no
   * limit. Messages that were delivered do not count; those that wait for the dead-letter exchange
   * of a quorum queue do. Of a limit of zero there is no share.
   */
  public OptionalDouble fillRatio(Numbers<QueueNumber> held) {
    OptionalDouble ofMessages =
        share(held.get(QueueNumber.READY), held.get(QueueNumber.DEAD_LETTERING), messages);
    OptionalDouble ofBytes =
        share(held.get(QueueNumber.READY_BYTES), held.get(QueueNumber.DEAD_LETTERING_BYTES), bytes);
    // The larger one of both is not known while one is not.
    boolean known = isKnown(ofMessages, messages) && isKnown(ofBytes, bytes);
    boolean any = ofMessages.isPresent() || ofBytes.isPresent();
    return known && any
        ? OptionalDouble.of(Math.max(ofMessages.orElse(0), ofBytes.orElse(0)))
        : OptionalDouble.empty();
  }

  private static boolean isKnown(OptionalDouble share, OptionalLong limit) {
    return share.isPresent() || !isOpen(limit);
  }

  private static boolean isOpen(OptionalLong limit) {
    return limit.isPresent() && limit.getAsLong() > 0;
  }

  private static OptionalDouble share(OptionalLong ready, OptionalLong further, OptionalLong max) {
    return ready.isPresent() && isOpen(max)
        ? OptionalDouble.of((double) (ready.getAsLong() + further.orElse(0)) / max.getAsLong())
        : OptionalDouble.empty();
  }

  private static OptionalLong smaller(OptionalLong own, OptionalLong policy) {
    if (own.isEmpty() || policy.isEmpty()) {
      return own.isPresent() ? own : policy;
    }
    return OptionalLong.of(Math.min(own.getAsLong(), policy.getAsLong()));
  }
}
