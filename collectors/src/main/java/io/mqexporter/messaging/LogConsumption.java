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
 */
public record LogConsumption(
    String log, OptionalLong position, OptionalLong lag, boolean beyondEnd, boolean belowStart) {

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
}
