package io.mqexporter.messaging;

import java.util.OptionalLong;

/**
 * How far one log has been consumed.
 *
 * @param log the log's name within its destination, as in {@link LogState#log()}
 * @param position the offset of the next message to consume: the committed offset
 * @param lag the messages not yet consumed; empty when the position is beyond the end or a side is
 *     not known
 * @param beyondEnd whether the position lies beyond the end of the log
 * @param belowStart whether messages were deleted before they were consumed
 * @param removed the messages that consumers had removed, where the broker removes what is
 *     consumed: whether the consumption moves is told by this number, and by the position where
 *     there is none
 */
public record LogConsumption(
    String log,
    OptionalLong position,
    OptionalLong lag,
    boolean beyondEnd,
    boolean belowStart,
    OptionalLong removed) {

  /** Returns the consumption of a log that keeps what is consumed. */
  public LogConsumption(
      String log, OptionalLong position, OptionalLong lag, boolean beyondEnd, boolean belowStart) {
    this(log, position, lag, beyondEnd, belowStart, OptionalLong.empty());
  }

  /**
   * Returns the consumption of a log up to a committed offset. Lag is end − committed, the number
   * that the brokers' own tools show; a commit beyond the end has none, and one below the start
   * keeps it.
   */
  public static LogConsumption committed(
      String log, long committed, OptionalLong start, OptionalLong end) {
    boolean beyondEnd = end.isPresent() && committed > end.getAsLong();
    boolean belowStart = start.isPresent() && committed < start.getAsLong();
    OptionalLong lag =
        end.isPresent() && !beyondEnd
            ? OptionalLong.of(end.getAsLong() - committed)
            : OptionalLong.empty();
    return new LogConsumption(log, OptionalLong.of(committed), lag, beyondEnd, belowStart);
  }

  /**
   * Returns the consumption of a log of which the broker tells the lag, and perhaps the position.
   */
  public static LogConsumption told(String log, OptionalLong position, OptionalLong lag) {
    return new LogConsumption(log, position, lag, false, false);
  }

  /**
   * Returns the consumption of a queue from which the broker removes what is consumed. Its position
   * is a calculated one, which going back does not mean that consumers did.
   */
  public static LogConsumption removed(
      String log, OptionalLong position, OptionalLong lag, long removed) {
    return new LogConsumption(log, position, lag, false, false, OptionalLong.of(removed));
  }

  /** Returns the number that changes when something is consumed. */
  OptionalLong progress() {
    return removed.isPresent() ? removed : position;
  }
}
