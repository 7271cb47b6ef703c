package io.mqexporter.relay;

import java.io.IOException;

/** Says that a reply is not Prometheus' text format, or broke off. */
public final class MalformedExpositionException extends IOException {

  private static final long serialVersionUID = 1L;

  MalformedExpositionException(String message) {
    super(message);
  }
}
