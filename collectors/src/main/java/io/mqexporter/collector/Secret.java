package io.mqexporter.collector;

/**
 * A value that must not be shown.
 *
 * @param value the value, in clear
 */
public record Secret(String value) {

  /** How a secret looks wherever a configuration is shown. */
  public static final String MASK = "<secret>";

  @Override
  public String toString() {
    return MASK;
  }
}
