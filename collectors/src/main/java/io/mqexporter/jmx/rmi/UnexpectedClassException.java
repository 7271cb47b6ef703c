package io.mqexporter.jmx.rmi;

import java.io.Serial;

/** A JVM has sent an object of a class that is not let in. */
public final class UnexpectedClassException extends Exception {

  @Serial private static final long serialVersionUID = 1;

  UnexpectedClassException(String type, boolean returned) {
    super((returned ? "is a " : "failed with a ") + type + ", which is not read");
  }
}
