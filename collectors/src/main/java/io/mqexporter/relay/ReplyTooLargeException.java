package io.mqexporter.relay;

import java.io.IOException;

/** Says that a reply has more bytes than are accepted. */
public final class ReplyTooLargeException extends IOException {

  private static final long serialVersionUID = 1L;

  ReplyTooLargeException(long maxBytes) {
    super("the reply is larger than %d MiB".formatted(maxBytes >> 20));
  }
}
