package io.mqexporter.logs.parse;

import io.mqexporter.logs.LogLevel;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * RabbitMQ's text, {@code time [level] pid message}. From 3.9 on each line of a report repeats the
 * whole beginning ({@code rabbit_logger_text_fmt.erl}): lines with the same time, level and process
 * in a row are one event. Before, times had milliseconds and no zone, and further lines no
 * beginning.
 */
final class RabbitMqLayout implements Layout {

  private static final Pattern HEAD =
      Pattern.compile(
          "(?<time>\\S{10}[ T][\\d:]{8}\\.\\d{3,9})(?<offset>Z|[+-]\\d{2}:\\d{2})? "
              + "\\[(?<level>\\w+)] (?<pid><[^>\\n]+>) ?(?<message>.*)",
          Pattern.DOTALL);

  @Override
  public Optional<LogLevel> head(byte[] bytes, int from, int to) {
    int level = beforeLevel(bytes, from, to);
    if (level < 0) {
      return Optional.empty();
    }
    return afterPid(bytes, level, to) < 0 ? Optional.empty() : Levels.at(bytes, level + 1, to, ']');
  }

  @Override
  public boolean joins(byte[] bytes, int headFrom, int headTo, int from, int to) {
    int level = beforeLevel(bytes, headFrom, headTo);
    int end = level < 0 ? -1 : afterPid(bytes, level, headTo);
    int length = end - headFrom;
    return end > 0
        && hasMicroseconds(bytes, headFrom, headTo)
        && to - from >= length
        && Arrays.equals(bytes, headFrom, end, bytes, from, from + length);
  }

  @Override
  public Optional<Fields> fields(String text, ZoneId zone) {
    String plain = text.indexOf('\u001b') < 0 ? text : text.replaceAll("\u001b\\[[0-9;]*m", "");
    Matcher head = HEAD.matcher(plain);
    if (!head.matches()) {
      return Optional.empty();
    }
    String beginning = plain.substring(0, head.end("pid"));
    String message = withoutBeginnings(head.group("message"), beginning);
    String offset = Optional.ofNullable(head.group("offset")).orElse("");
    return Timestamps.instant(head.group("time"), offset, zone)
        .map(time ->
            new Fields(time, "", "", message, "", Map.of("rabbitmq.log.pid", head.group("pid"))));
  }

  private static String withoutBeginnings(String message, String beginning) {
    return message
        .replace("\n" + beginning + " ", "\n")
        .replace("\n" + beginning, "\n")
        .stripTrailing();
  }

  /** Returns where the bracket before the level is; -1 if this is not such a line. */
  private static int beforeLevel(byte[] bytes, int from, int to) {
    int start = skipColour(bytes, from, to);
    if (!Timestamps.isAt(bytes, start, to)) {
      return -1;
    }
    int end = start + Timestamps.LENGTH;
    int i = Timestamps.afterFraction(bytes, end, to);
    while (i < to && bytes[i] != ' ' && i - from < 50) {
      i++;
    }
    return i > end && i + 1 < to && bytes[i] == ' ' && bytes[i + 1] == '[' ? i + 1 : -1;
  }

  /** Returns where the process behind a level ends; -1 if there is none. */
  private static int afterPid(byte[] bytes, int level, int to) {
    int i = level + 1;
    while (i < to && bytes[i] != ']') {
      i++;
    }
    if (i + 2 >= to || bytes[i + 1] != ' ' || bytes[i + 2] != '<') {
      return -1;
    }
    while (i < to && bytes[i] != '>') {
      i++;
    }
    return i < to ? i + 1 : -1;
  }

  private static boolean hasMicroseconds(byte[] bytes, int from, int to) {
    int end = skipColour(bytes, from, to) + Timestamps.LENGTH;
    return Timestamps.afterFraction(bytes, end, to) - end > 4;
  }

  /** Steps over the escape sequence that colours a line. */
  private static int skipColour(byte[] bytes, int from, int to) {
    if (from >= to || bytes[from] != 0x1b) {
      return from;
    }
    int i = from;
    while (i < to && bytes[i] != 'm' && i - from < 10) {
      i++;
    }
    return Math.min(i + 1, to);
  }
}
