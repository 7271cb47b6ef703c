package io.mqexporter.relay;

import java.io.IOException;

/** Says that a reply has more bytes than are accepted, here or on the way. */
public final class ReplyTooLargeException extends IOException {

  private static final long serialVersionUID = 1L;

  ReplyTooLargeException(long maxBytes) {
    this("the reply is larger than %d MiB".formatted(maxBytes >> 20));
  }

  /** Creates an exception that says in whose opinion it is too large. */
  public ReplyTooLargeException(String message) {
    super(message);
  }
}
