package io.mqexporter.logs.parse;

import io.mqexporter.logs.LogLevel;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * RocketMQ's layouts: {@code %d{yyy-MM-dd HH:mm:ss,GMT+8} %p %t - %m%n}, the same without thread or
 * level, and that of its clients and proxy, {@code %d{...} %-5p [%pid] [%t] [%logger#%M:%L] -
 * %m%n}. Times are those of GMT+8, whatever the host's zone. What is written without a level
 * (watermarks, statistics) is information.
 */
final class RocketMqLayout implements Layout {

  private static final ZoneId ZONE = ZoneOffset.ofHours(8);

  private static final Pattern HEAD =
      Pattern.compile(
          "(?<time>\\S{10} [\\d:]{8}(?:[.,]\\d{3})?) (?:(?<level>TRACE|DEBUG|INFO|WARN|ERROR) +)?"
              + "(?<rest>.*)",
          Pattern.DOTALL);

  private static final Pattern CLIENT =
      Pattern.compile(
          "\\[(?<pid>\\d+)] \\[(?<thread>.*?)] \\[(?<logger>[\\w.$]+)(?:#[^:\\]]*(?::(?<line>\\d+|\\?))?)?]"
              + " - (?<message>.*)",
          Pattern.DOTALL);

  private static final Pattern THREAD =
      Pattern.compile("(?:(?<thread>[^\\n]{1,200}?) )??- (?<message>.*)", Pattern.DOTALL);

  @Override
  public Optional<LogLevel> head(byte[] bytes, int from, int to) {
    if (!Timestamps.isAt(bytes, from, to) || bytes[from + 10] != ' ') {
      return Optional.empty();
    }
    int i = Timestamps.afterFraction(bytes, from + Timestamps.LENGTH, to);
    if (i >= to || bytes[i] != ' ') {
      return Optional.empty();
    }
    return Levels.at(bytes, i + 1, to, ' ').or(() -> Optional.of(LogLevel.INFO));
  }

  @Override
  public Optional<Fields> fields(String text, ZoneId zone) {
    StackTrace parts = StackTrace.in(text);
    Matcher head = HEAD.matcher(parts.before());
    if (!head.matches()) {
      return Optional.empty();
    }
    String rest = head.group("rest");
    Map<String, String> attributes = new LinkedHashMap<>();
    String logger = "";
    String thread = "";
    String message = rest;
    Matcher client = CLIENT.matcher(rest);
    Matcher withThread = THREAD.matcher(rest);
    if (client.matches()) {
      logger = client.group("logger");
      thread = client.group("thread");
      message = client.group("message");
      Optional.ofNullable(client.group("line"))
          .ifPresent(line -> attributes.put("log.origin.file.line", line));
    } else if (withThread.matches()) {
      thread = Optional.ofNullable(withThread.group("thread")).orElse("");
      message = withThread.group("message");
    }
    String finalLogger = logger;
    String finalThread = thread;
    String finalMessage = message;
    return Timestamps.instant(head.group("time"), "", ZONE)
        .map(time ->
            new Fields(time, finalLogger, finalThread, finalMessage, parts.trace(), attributes));
  }
}
