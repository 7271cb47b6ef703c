package io.mqexporter.collector;

/** Says in one line why nothing could be read of a cluster. */
public final class CollectionException extends Exception {

  private static final long serialVersionUID = 1L;

  /** Creates an exception with a message for the operator: what was tried, where, what happened. */
  public CollectionException(String message) {
    super(message);
  }

  /** Creates an exception with a message for the operator and the cause for debugging. */
  public CollectionException(String message, Throwable cause) {
    super(message, cause);
  }
}
