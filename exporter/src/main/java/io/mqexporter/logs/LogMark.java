package io.mqexporter.logs;

import java.util.Locale;

/** What is to be known of an event that is not as its writer meant it. */
public enum LogMark {

  /** The event was longer than one event may be; what follows is in the next one. */
  TRUNCATED,

  /** The lines belong to the event before: it was too long, or its writer paused amid of it. */
  CONTINUED,

  /** The bytes are not UTF-8; each that is none was replaced by U+FFFD. */
  INVALID_UTF8,

  /** The last line has no end, and its file will not grow any more. */
  PARTIAL,

  /** No known layout: the text is as it was written, the time is that of the file. */
  UNPARSED;

  /** Returns the mark in lower case, as documents have it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
