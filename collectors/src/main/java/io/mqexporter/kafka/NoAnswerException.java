package io.mqexporter.kafka;

import java.util.concurrent.TimeoutException;

/** Says that brokers did not answer in time, or answered with an error. */
final class NoAnswerException extends Exception {

  private static final long serialVersionUID = 1L;

  private final Throwable failure;

  NoAnswerException(Throwable failure) {
    super(failure);
    this.failure = failure;
  }

  /** Returns the error, or what says that the time was up. */
  Throwable failure() {
    return failure;
  }

  /** Returns whether there was no answer at all. */
  boolean timedOut() {
    return failure instanceof TimeoutException
        || failure instanceof org.apache.kafka.common.errors.TimeoutException;
  }
}
