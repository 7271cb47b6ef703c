package io.mqexporter.logs.parse;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lines of an event, parted where a Java stack trace begins.
 *
 * @param before what comes first
 * @param trace from the exception's class on; nothing where there is no trace
 */
record StackTrace(String before, String trace) {

  private static final Pattern FRAME =
      Pattern.compile(
          "^\\s+at [\\w.$<>/@-]+[.(]|^Caused by: |^\\s+\\.\\.\\. \\d+ more", Pattern.MULTILINE);

  /** A class with its package, alone or with a message behind a colon. */
  private static final Pattern THROWABLE =
      Pattern.compile(
          "^(?:Exception in thread \"[^\"]*\" )?(?:[a-zA-Z_][\\w$]*\\.)+[A-Z][\\w$]*(?::.*)?$",
          Pattern.MULTILINE);

  /** Parts the lines of an event, of which the first is never part of a trace. */
  static StackTrace in(String text) {
    int second = text.indexOf('\n') + 1;
    if (second == 0) {
      return new StackTrace(text, "");
    }
    Matcher frame = FRAME.matcher(text).region(second, text.length());
    frame.useAnchoringBounds(true);
    if (!frame.find()) {
      return new StackTrace(text, "");
    }
    Matcher throwable = THROWABLE.matcher(text).region(second, frame.start());
    throwable.useAnchoringBounds(true);
    int start = frame.start() > second && throwable.find() ? throwable.start() : frame.start();
    return new StackTrace(text.substring(0, start - 1), text.substring(start));
  }
}
