package io.mqexporter.logs;

import java.util.Locale;

/** How severe an event is, from the least to the most; the brokers' own words map to these. */
public enum LogLevel {
  TRACE,
  DEBUG,
  INFO,
  WARN,
  ERROR,
  FATAL,

  /** The line does not say: plain text. It passes every filter by level. */
  UNKNOWN;

  /** Returns the level in lower case, as labels and documents have it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
