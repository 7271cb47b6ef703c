package io.mqexporter.jmx.rmi;

import java.util.Optional;

/** The answer to one call. */
public sealed interface Reply {

  /**
   * The method has returned.
   *
   * @param value what it returned; empty if that is null or nothing
   */
  record Returned(Optional<Object> value) implements Reply {}

  /**
   * The method has thrown, or what it returned is not to be read here.
   *
   * @param cause what it has thrown, or which class it would have taken to read its answer
   */
  record Thrown(Exception cause) implements Reply {}
}
