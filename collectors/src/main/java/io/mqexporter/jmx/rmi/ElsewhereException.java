package io.mqexporter.jmx.rmi;

import java.io.IOException;
import java.io.Serial;

/** A registry has answered and names a host for all the rest that cannot be reached from here. */
public final class ElsewhereException extends IOException {

  @Serial private static final long serialVersionUID = 1;

  ElsewhereException(RemoteReference reference, IOException cause) {
    super(
        "says that it is to be reached at %s:%d, which is not so from here (set %s and %s of that JVM)"
            .formatted(
                reference.host(),
                reference.port(),
                "-Djava.rmi.server.hostname",
                "-Dcom.sun.management.jmxremote.rmi.port"),
        cause);
  }
}
