package io.mqexporter.jmx.rmi;

import java.io.IOException;
import java.io.Serial;

/** What listens on a port speaks something else than RMI, such as TLS. */
public final class NoRmiException extends IOException {

  @Serial private static final long serialVersionUID = 1;

  NoRmiException(int answer) {
    super(answer < 0 ? "no answer" : "byte " + answer);
  }
}
