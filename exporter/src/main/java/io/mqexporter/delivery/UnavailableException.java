package io.mqexporter.delivery;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Says in one line why a receiver takes nothing now; it may later. */
public final class UnavailableException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String reason;
  private final Duration retryAfter;

  /** Creates one for a receiver that may be tried again at any time. */
  public UnavailableException(String reason) {
    this(reason, Duration.ZERO);
  }

  /** Creates one for a receiver that wants to be left alone for a while. */
  public UnavailableException(String reason, Duration retryAfter) {
    super(reason);
    this.reason = reason;
    this.retryAfter = retryAfter;
  }

  /** Creates one for something that failed on this side. */
  public static UnavailableException because(IOException cause) {
    return new UnavailableException(Optional.ofNullable(cause.getMessage()).orElse("no reason"));
  }

  /** Returns why, in one line. */
  public String reason() {
    return reason;
  }

  /** Returns for how long the receiver wants to be left alone. */
  public Duration retryAfter() {
    return retryAfter;
  }
}
