package io.mqexporter.logs;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * One event of a broker's log: a line with all that belongs to it.
 *
 * @param id 22 characters of base64url: the same for the same bytes of the same file, whatever the
 *     file is called by then and however often the event is sent
 * @param timestamp when the broker wrote it
 * @param level how severe it is
 * @param logger who wrote it; empty where the layout does not say
 * @param thread the thread that wrote it; empty where the layout does not say
 * @param message the text, without the stack trace; lines are separated by {@code \n}
 * @param stackTrace from the exception's class on; empty where there is none
 * @param origin where it comes from
 * @param offset where it starts in its file, in bytes; in a compressed file, of what is in there
 * @param attributes what only one kind of broker says, by the field's full name, such as {@code
 *     kafka.log.component}, {@code rabbitmq.log.pid} or {@code log.origin.file.line}
 * @param marks what is to be known of it
 */
public record LogEvent(
    String id,
    Instant timestamp,
    LogLevel level,
    String logger,
    String thread,
    String message,
    String stackTrace,
    LogOrigin origin,
    long offset,
    Map<String, String> attributes,
    Set<LogMark> marks) {

  /** Copies the collections; attributes keep their order. */
  public LogEvent {
    attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    marks = Set.copyOf(marks);
  }

  /** Returns about how many bytes the event takes, in memory and on its way. */
  public int size() {
    return 500 + message.length() + stackTrace.length();
  }

  /** Returns the same event with one more attribute. */
  public LogEvent with(String attribute, String value) {
    var more = new LinkedHashMap<>(attributes);
    more.put(attribute, value);
    return new LogEvent(
        id, timestamp, level, logger, thread, message, stackTrace, origin, offset, more, marks);
  }
}
