package io.mqexporter.messaging;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * How far one log has been consumed.
 *
 * @param log the log's name within its destination, as in {@link LogState#log()}
 * @param position the offset of the next message to consume: the committed offset
 * @param lag the messages not yet consumed; empty when the position is beyond the end or a side is
 *     not known
 * @param start the offset of the oldest message that the log holds, where that bounds what can
 *     still be consumed
 * @param beyondEnd whether the position lies beyond the end of the log
 * @param removed the messages that consumers had removed, where the broker removes what is
 *     consumed: whether the consumption moves is told by this number, and by the position where
 *     there is none
 * @param unread what is known of the messages not yet consumed
 */
public record LogConsumption(
    String log,
    OptionalLong position,
    OptionalLong lag,
    OptionalLong start,
    boolean beyondEnd,
    OptionalLong removed,
    Unread unread) {

  private static final OptionalLong NO_LAG = OptionalLong.of(0);

  /**
   * Returns the consumption of a log up to a committed offset. Lag is end − committed, the number
   * that the brokers' own tools show; a commit beyond the end has none, and one below the start
   * keeps it.
   */
  public static LogConsumption committed(
      String log, long committed, OptionalLong start, OptionalLong end) {
    boolean beyondEnd = end.isPresent() && committed > end.getAsLong();
    OptionalLong lag =
        end.isPresent() && !beyondEnd ? lag(end.getAsLong() - committed) : OptionalLong.empty();
    return new LogConsumption(
        log,
        OptionalLong.of(committed),
        lag,
        start,
        beyondEnd,
        OptionalLong.empty(),
        Unread.UNKNOWN);
  }

  /** Very many logs are consumed to their end, and share one object that says so. */
  private static OptionalLong lag(long messages) {
    return messages == 0 ? NO_LAG : OptionalLong.of(messages);
  }

  /**
   * Returns the consumption of a log of which the broker tells the lag, and perhaps the position.
   */
  public static LogConsumption told(String log, OptionalLong position, OptionalLong lag) {
    return new LogConsumption(
        log, position, lag, OptionalLong.empty(), false, OptionalLong.empty(), Unread.UNKNOWN);
  }

  /**
   * Returns the consumption of a queue from which the broker removes what is consumed. Its position
   * is a calculated one, which going back does not mean that consumers did.
   */
  public static LogConsumption removed(
      String log, OptionalLong position, OptionalLong lag, long removed) {
    return new LogConsumption(
        log, position, lag, OptionalLong.empty(), false, OptionalLong.of(removed), Unread.UNKNOWN);
  }

  /** Returns the same with what is known of the messages not yet consumed. */
  public LogConsumption withUnread(Unread newUnread) {
    return newUnread.equals(unread)
        ? this
        : new LogConsumption(log, position, lag, start, beyondEnd, removed, newUnread);
  }

  /** Returns whether messages were deleted before they were consumed. */
  public boolean belowStart() {
    return position.isPresent() && start.isPresent() && position.getAsLong() < start.getAsLong();
  }

  /** Returns the lag, which is zero when nothing of it can be read. */
  OptionalLong readableLag() {
    return lag.isPresent() && unread instanceof Unread.Nothing ? OptionalLong.of(0) : lag;
  }

  /**
   * Returns the lag as a share of the messages held: at 1 the oldest message not yet consumed is
   * the next to be deleted, beyond 1 messages were lost. Empty where a side is not known and where
   * messages that are not held any more are all that lags.
   */
  OptionalDouble retentionUsed() {
    if (lag.isEmpty() || position.isEmpty() || start.isEmpty()) {
      return OptionalDouble.empty();
    }
    long held = position.getAsLong() + lag.getAsLong() - start.getAsLong();
    if (held == 0) {
      return lag.getAsLong() == 0 ? OptionalDouble.of(0) : OptionalDouble.empty();
    }
    return OptionalDouble.of((double) lag.getAsLong() / held);
  }

  /** Returns the number that changes when something is consumed. */
  OptionalLong progress() {
    return removed.isPresent() ? removed : position;
  }
}
