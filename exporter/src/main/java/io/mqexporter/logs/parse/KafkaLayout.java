package io.mqexporter.logs.parse;

import io.mqexporter.logs.LogLevel;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Kafka's own layout, {@code [%d] %p %m (%c)%n} of {@code config/log4j2.yaml}. The class stands at
 * the end of the last line of the message, before the stack trace; times have no zone.
 */
final class KafkaLayout implements Layout {

  /** {@code [2025-04-09 10:00:00,393] } */
  private static final int TIME_LENGTH = 26;

  private static final Pattern HEAD =
      Pattern.compile("\\[(?<time>[^]]*)] (?<level>\\w+) +(?<rest>.*)", Pattern.DOTALL);

  private static final Pattern COMPONENT =
      Pattern.compile("\\[(?<component>[^]]*)][,:.]? +(?<message>.+)", Pattern.DOTALL);

  @Override
  public Optional<LogLevel> head(byte[] bytes, int from, int to) {
    boolean isHead =
        to - from > TIME_LENGTH
            && bytes[from] == '['
            && bytes[from + 24] == ']'
            && bytes[from + 25] == ' '
            && Timestamps.isAt(bytes, from + 1, to);
    return isHead ? Levels.at(bytes, from + TIME_LENGTH, to, ' ') : Optional.empty();
  }

  @Override
  public Optional<Fields> fields(String text, ZoneId zone) {
    StackTrace parts = StackTrace.in(text);
    Matcher head = HEAD.matcher(parts.before());
    if (!head.matches()) {
      return Optional.empty();
    }
    String rest = head.group("rest").stripTrailing();
    int open = openingOfClass(rest);
    String message = open < 0 ? rest : rest.substring(0, open).stripTrailing();
    String logger = open < 0 ? "" : rest.substring(open + 1, rest.length() - 1);
    Map<String, String> attributes = new LinkedHashMap<>();
    return Timestamps.instant(head.group("time"), "", zone)
        .map(time ->
            new Fields(
                time,
                logger,
                "",
                withoutComponent(message, attributes),
                parts.trace(),
                attributes));
  }

  /** Returns where the parenthesis is that holds a class at the end; -1 if there is none. */
  private static int openingOfClass(String text) {
    int open = text.lastIndexOf('(');
    int end = text.length() - 1;
    if (open < 0 || end - open < 2 || text.charAt(end) != ')') {
      return -1;
    }
    for (int i = open + 1; i < end; i++) {
      char c = text.charAt(i);
      boolean isOfName =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || c == '.'
              || c == '_'
              || c == '$';
      if (!isOfName) {
        return -1;
      }
    }
    return open;
  }

  /** Takes the component off a message, as in {@code [KafkaServer id=1] started}. */
  static String withoutComponent(String message, Map<String, String> attributes) {
    Matcher matcher = COMPONENT.matcher(message);
    if (!matcher.matches()) {
      return message;
    }
    attributes.put("kafka.log.component", matcher.group("component"));
    return matcher.group("message");
  }
}
