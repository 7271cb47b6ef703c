package io.mqexporter.jmx.rmi;

import java.io.IOException;
import java.io.Serial;

/** A JVM speaks TLS where nothing is known of that here, or the reverse. */
public final class TlsMismatchException extends IOException {

  @Serial private static final long serialVersionUID = 1;

  TlsMismatchException(boolean demanded) {
    super(
        demanded
            ? "demands TLS (expected: a section tls)"
            : "does not speak TLS (expected: no section tls, or"
                + " -Dcom.sun.management.jmxremote.ssl=true of that JVM)");
  }
}
