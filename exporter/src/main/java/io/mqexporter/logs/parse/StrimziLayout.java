package io.mqexporter.logs.parse;

import io.mqexporter.logs.LogLevel;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The layout of Strimzi's Kafka, {@code %d{yyyy-MM-dd HH:mm:ss} %-5p [%t] %c{1}:%L - %m%n}, with a
 * fraction or an offset behind the time in some releases.
 */
final class StrimziLayout implements Layout {

  private static final Pattern HEAD =
      Pattern.compile(
          "(?<time>\\S{10} [\\d:]{8}(?:[.,]\\d{3})?)(?<offset>Z|[+-]\\d{2}:?\\d{2})? (?<level>\\w+) +"
              + "\\[(?<thread>.*?)] (?<logger>[\\w.$]+)(?::(?<line>\\d+|\\?))? - (?<message>.*)",
          Pattern.DOTALL);

  @Override
  public Optional<LogLevel> head(byte[] bytes, int from, int to) {
    if (!Timestamps.isAt(bytes, from, to)) {
      return Optional.empty();
    }
    int i = Timestamps.afterFraction(bytes, from + Timestamps.LENGTH, to);
    // The offset, if there is one.
    while (i < to && bytes[i] != ' ' && i - from <= 30) {
      i++;
    }
    return i < to && bytes[i] == ' ' ? Levels.at(bytes, i + 1, to, ' ') : Optional.empty();
  }

  @Override
  public Optional<Fields> fields(String text, ZoneId zone) {
    StackTrace parts = StackTrace.in(text);
    Matcher head = HEAD.matcher(parts.before());
    if (!head.matches()) {
      return Optional.empty();
    }
    Map<String, String> attributes = new LinkedHashMap<>();
    Optional.ofNullable(head.group("line"))
        .filter(line -> !line.equals("?"))
        .ifPresent(line -> attributes.put("log.origin.file.line", line));
    String offset = Optional.ofNullable(head.group("offset")).orElse("");
    return Timestamps.instant(head.group("time"), offset, zone)
        .map(time ->
            new Fields(
                time,
                head.group("logger"),
                head.group("thread"),
                KafkaLayout.withoutComponent(head.group("message"), attributes),
                parts.trace(),
                attributes));
  }
}
