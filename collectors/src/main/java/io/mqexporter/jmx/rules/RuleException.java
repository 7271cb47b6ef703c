package io.mqexporter.jmx.rules;

import java.io.Serial;

/** Says what is wrong with a rule file, and where. */
public final class RuleException extends Exception {

  @Serial private static final long serialVersionUID = 1;

  private final int line;

  /**
   * Creates one.
   *
   * @param line the line, from 1; 0 if it is the file as a whole
   */
  RuleException(int line, String problem) {
    super(problem);
    this.line = line;
  }

  /** Returns the line, from 1; 0 if it is the file as a whole. */
  public int line() {
    return line;
  }
}
