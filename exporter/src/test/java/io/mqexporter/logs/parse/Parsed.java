package io.mqexporter.logs.parse;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mqexporter.logs.LogEvent;
import io.mqexporter.logs.LogMark;
import io.mqexporter.logs.LogOrigin;
import io.mqexporter.logs.parse.EventParser.Place;
import io.mqexporter.logs.parse.EventSplitter.End;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Text as events, and events as text. */
final class Parsed {

  static final Instant FILE_TIME = Instant.parse("2026-01-01T00:00:00Z");

  private Parsed() {}

  /** Returns the events of a whole file. */
  static List<LogEvent> events(LogFormat format, String text) {
    return events(format, text, ZoneOffset.UTC);
  }

  static List<LogEvent> events(LogFormat format, String text, ZoneId zone) {
    byte[] bytes = text.getBytes(UTF_8);
    var parser = new EventParser(zone);
    var events = new ArrayList<LogEvent>();
    var origin = new LogOrigin(format.name().toLowerCase(Locale.ROOT), "", "", "", "", "", "", "");
    new EventSplitter(format)
        .split(
            bytes,
            bytes.length,
            false,
            End.BYTES,
            LogMark.PARTIAL,
            raw -> {
              String id = Integer.toString(raw.from());
              var place = new Place(id, raw.from(), origin, FILE_TIME);
              return events.add(parser.parse(bytes, raw, place, Optional.empty()));
            });
    return events;
  }

  /** Returns what an event says: a line for each thing that it knows. */
  static String text(LogEvent event) {
    var text = new StringBuilder();
    text.append(event.timestamp()).append(' ').append(event.level());
    line(text, "logger", event.logger());
    line(text, "thread", event.thread());
    line(text, "message", event.message());
    line(text, "trace", event.stackTrace());
    event.attributes().forEach((name, value) -> line(text, name, value));
    event.marks().stream().sorted().forEach(mark -> line(text, "mark", mark.text()));
    return text.append('\n').toString();
  }

  static String text(LogFormat format, String log) {
    var text = new StringBuilder();
    events(format, log).forEach(event -> text.append(text(event)));
    return text.toString();
  }

  private static void line(StringBuilder text, String name, String value) {
    if (!value.isEmpty()) {
      text.append("\n  ").append(name).append(": ").append(value.replace("\n", "\n    | "));
    }
  }
}
