package io.mqexporter.rabbitmq.json;

import java.io.IOException;

/** Says that a reply is JSON, but not what the management API answers with. */
public final class UnexpectedJsonException extends IOException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param expected what was expected instead, such as {@code a list}
   */
  public UnexpectedJsonException(String expected) {
    super(expected);
  }
}
