package io.mqexporter.jmx.rmi;

import java.io.IOException;
import java.io.Serial;

/** A JVM could not send one answer in whole; those that were to follow will not come. */
public final class BrokenOffException extends IOException {

  @Serial private static final long serialVersionUID = 1;

  BrokenOffException(IOException cause) {
    super(cause);
  }
}
