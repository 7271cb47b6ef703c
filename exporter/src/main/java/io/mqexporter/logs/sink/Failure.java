package io.mqexporter.logs.sink;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The head of a stack trace.
 *
 * @param type the class of the exception; empty if the trace does not begin with one
 * @param message what the exception said; empty if it said nothing
 */
record Failure(String type, String message) {

  private static final int MAX_HEAD = 8_192;

  private static final Pattern HEAD =
      Pattern.compile(
          "(?:Exception in thread \"[^\"\\n]*\" )?(?<type>[\\w$]+(?:\\.[\\w$]+)+)(?:: (?<message>[^\\r\\n]*))?\\r?(?:\\n|$)");

  /** Reads the head of a trace. */
  static Failure of(String stackTrace) {
    Matcher head = HEAD.matcher(stackTrace).region(0, Math.min(MAX_HEAD, stackTrace.length()));
    if (!head.lookingAt()) {
      return new Failure("", "");
    }
    String message = head.group("message");
    return new Failure(head.group("type"), message == null ? "" : message);
  }
}
