package io.mqexporter.logs.tail;

/** Says that a file was cut off or written anew since it was read last. */
final class ReplacedException extends Exception {

  private static final long serialVersionUID = 1L;
}
