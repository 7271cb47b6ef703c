package io.mqexporter.messaging;

import java.util.Locale;

/**
 * How a consumption is doing, from the best to the worst. The idea of judging by a window of
 * samples instead of by thresholds is Burrow's.
 */
public enum ConsumerStatus {
  /** It reached lag zero in the window, or moves while its lag shrinks at times. */
  OK,
  /** The samples do not say. */
  UNKNOWN,
  /** It moves, but over the whole window its lag never shrank. */
  LAGGING,
  /** Members are there and messages wait, but the position did not move for a whole window. */
  STALLED,
  /** Messages wait, nothing moved for a whole window, and the group has no members. */
  STOPPED,
  /** The position went back, or lies beyond the end of the log. */
  REWOUND,
  /** Messages were deleted before they were consumed. */
  LOST;

  /** Returns the value of the label {@code status}. */
  public String labelValue() {
    return name().toLowerCase(Locale.ROOT);
  }
}
