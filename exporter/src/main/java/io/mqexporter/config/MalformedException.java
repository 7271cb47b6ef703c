package io.mqexporter.config;

/** Says that a text is not what it should be. */
final class MalformedException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String found;
  private final String expected;

  MalformedException(String found, String expected) {
    super(found + " (expected: " + expected + ")");
    this.found = found;
    this.expected = expected;
  }

  /** Returns the text, or what is wrong with it. */
  String found() {
    return found;
  }

  /** Returns what was expected. */
  String expected() {
    return expected;
  }
}
