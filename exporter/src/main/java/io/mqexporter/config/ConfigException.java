package io.mqexporter.config;

import static java.util.stream.Collectors.joining;

import java.util.List;

/** Says what is wrong in a configuration file: everything at once. */
public final class ConfigException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient List<ConfigError> errors;
  private final int more;
  private final String lines;

  /**
   * Creates an exception whose message has a line for each error.
   *
   * @param errors the errors in the file's order, at least one
   * @param more how many further errors there are
   */
  ConfigException(List<ConfigError> errors, int more) {
    this.errors = List.copyOf(errors);
    this.more = more;
    this.lines = lines(errors, more);
  }

  /** Returns a line for each error, and one more if there are further errors. */
  @Override
  public String getMessage() {
    return lines;
  }

  /** Returns the errors in the file's order; no more than a person would read. */
  public List<ConfigError> errors() {
    return errors;
  }

  /** Returns how many further errors the file has. */
  public int more() {
    return more;
  }

  private static String lines(List<ConfigError> errors, int more) {
    String lines = errors.stream().map(ConfigError::toString).collect(joining("\n"));
    return more == 0
        ? lines
        : "%s\n%s: and %d more".formatted(lines, errors.getFirst().file(), more);
  }
}
