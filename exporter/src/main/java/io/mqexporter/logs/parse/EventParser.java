package io.mqexporter.logs.parse;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mqexporter.logs.LogEvent;
import io.mqexporter.logs.LogLevel;
import io.mqexporter.logs.LogMark;
import io.mqexporter.logs.LogOrigin;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads events: from the bytes of their lines to their parts. */
public final class EventParser {

  private final ZoneId zone;

  /**
   * Creates a parser.
   *
   * @param zone where times are that do not say so themselves
   */
  public EventParser(ZoneId zone) {
    this.zone = zone;
  }

  /**
   * Where an event was found.
   *
   * @param id its id
   * @param offset where it starts in its file
   * @param origin where it comes from
   * @param fileTime when the file was written to last: the time of what has none
   */
  public record Place(String id, long offset, LogOrigin origin, Instant fileTime) {}

  /**
   * Reads an event.
   *
   * @param before the event before it in the same file, to which lines belong that start none
   */
  public LogEvent parse(byte[] bytes, RawEvent raw, Place place, Optional<LogEvent> before) {
    Set<LogMark> marks = EnumSet.noneOf(LogMark.class);
    marks.addAll(raw.marks());
    String text = text(bytes, raw.from(), raw.to(), marks);
    return raw.head()
        .flatMap(head ->
            head.layout().fields(text, zone).map(fields -> event(fields, head, place, marks)))
        .orElseGet(() -> unparsed(text, raw, place, before, marks));
  }

  private static LogEvent event(
      Layout.Fields fields, LogFormat.Head head, Place place, Set<LogMark> marks) {
    return new LogEvent(
        place.id(),
        fields.timestamp(),
        head.level(),
        fields.logger(),
        fields.thread(),
        fields.message(),
        fields.stackTrace(),
        place.origin(),
        place.offset(),
        fields.attributes(),
        marks);
  }

  private static LogEvent unparsed(
      String text, RawEvent raw, Place place, Optional<LogEvent> before, Set<LogMark> marks) {
    boolean continues = raw.head().isEmpty() && before.isPresent();
    marks.add(continues ? LogMark.CONTINUED : LogMark.UNPARSED);
    return new LogEvent(
        place.id(),
        before.filter(_ -> continues).map(LogEvent::timestamp).orElse(place.fileTime()),
        before.filter(_ -> continues).map(LogEvent::level).or(raw::level).orElse(LogLevel.UNKNOWN),
        before.filter(_ -> continues).map(LogEvent::logger).orElse(""),
        before.filter(_ -> continues).map(LogEvent::thread).orElse(""),
        text,
        "",
        place.origin(),
        place.offset(),
        Map.of(),
        marks);
  }

  private static String text(byte[] bytes, int from, int to, Set<LogMark> marks) {
    int end = to;
    while (end > from && (bytes[end - 1] == '\n' || bytes[end - 1] == '\r')) {
      end--;
    }
    String text;
    try {
      text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, end - from)).toString();
    } catch (CharacterCodingException e) {
      marks.add(LogMark.INVALID_UTF8);
      text = new String(bytes, from, end - from, UTF_8);
    }
    String withoutMark = text.startsWith("\ufeff") ? text.substring(1) : text;
    return withoutMark.indexOf('\r') < 0 ? withoutMark : withoutMark.replace("\r\n", "\n");
  }
}
