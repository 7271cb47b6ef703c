package io.mqexporter.logs.parse;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mqexporter.logs.LogLevel;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A JSON object a line, under the names that log4j, logback, Elastic's and RabbitMQ's formatters
 * have for the same things.
 */
final class JsonLayout implements Layout {

  private static final List<String> TIME = List.of("@timestamp", "timestamp", "time", "ts");
  private static final List<String> LEVEL = List.of("level", "log.level", "severity");
  private static final List<String> LOGGER =
      List.of("logger", "loggerName", "logger_name", "log.logger", "name");
  private static final List<String> THREAD =
      List.of("thread", "threadName", "thread_name", "process.thread.name");
  private static final List<String> MESSAGE = List.of("message", "msg");
  private static final List<String> TRACE =
      List.of("stack_trace", "stackTrace", "error.stack_trace", "thrown", "exception");

  /** What RabbitMQ alone says, and what it is called here. */
  private static final Map<String, String> ATTRIBUTES =
      Map.of(
          "pid", "rabbitmq.log.pid",
          "domain", "rabbitmq.log.domain",
          "line", "log.origin.file.line");

  @Override
  public Optional<LogLevel> head(byte[] bytes, int from, int to) {
    if (to - from < 2 || bytes[from] != '{' || bytes[to - 1] != '}') {
      return Optional.empty();
    }
    return parse(new String(bytes, from, to - from, UTF_8))
        .filter(json -> time(json).isPresent())
        .flatMap(json -> text(json, LEVEL))
        .flatMap(Levels::of);
  }

  @Override
  public boolean takesFurtherLines() {
    return false;
  }

  @Override
  public Optional<Fields> fields(String text, ZoneId zone) {
    return parse(text).flatMap(json -> time(json).map(time -> fields(json, time)));
  }

  private static Fields fields(JsonObject json, Instant time) {
    Map<String, String> attributes = new LinkedHashMap<>();
    ATTRIBUTES.forEach((name, attribute) -> {
      Object value = json.getValue(name);
      if (value instanceof String || value instanceof Number) {
        attributes.put(attribute, value.toString());
      }
    });
    String message = KafkaLayout.withoutComponent(text(json, MESSAGE).orElse(""), attributes);
    return new Fields(
        time,
        text(json, LOGGER).orElse(""),
        text(json, THREAD).orElse(""),
        message.stripTrailing(),
        text(json, TRACE).orElse("").stripTrailing(),
        attributes);
  }

  private static Optional<JsonObject> parse(String text) {
    try {
      return Optional.of(new JsonObject(text));
    } catch (DecodeException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> text(JsonObject json, List<String> names) {
    return values(json, names).flatMap(JsonLayout::texts).findFirst();
  }

  private static Stream<Object> values(JsonObject json, List<String> names) {
    return names.stream().flatMap(name -> Stream.ofNullable(json.getValue(name)));
  }

  /** An exception may be an object that has its stack trace inside. */
  private static Stream<String> texts(Object value) {
    return switch (value) {
      case String text -> Stream.of(text);
      case JsonObject object ->
          values(object, List.of("extendedStackTrace", "stacktrace", "stackTrace", "message"))
              .filter(String.class::isInstance)
              .map(Object::toString)
              .limit(1);
      default -> Stream.empty();
    };
  }

  private static Optional<Instant> time(JsonObject json) {
    if (json.getValue("instant") instanceof JsonObject instant
        && instant.getValue("epochSecond") instanceof Number seconds
        && instant.getValue("nanoOfSecond") instanceof Number nanos) {
      return instant(BigDecimal.valueOf(seconds.longValue()), nanos.longValue());
    }
    return Stream.concat(values(json, TIME), values(json, List.of("timeMillis")))
        .flatMap(value -> time(value).stream())
        .findFirst();
  }

  private static Optional<Instant> time(Object value) {
    return switch (value) {
      case String text -> time(text);
      case Number number -> epoch(new BigDecimal(number.toString()));
      default -> Optional.empty();
    };
  }

  private static Optional<Instant> time(String text) {
    String iso = text.replace(' ', 'T').replaceFirst("([+-]\\d{2})(\\d{2})$", "$1:$2");
    try {
      return Optional.of(OffsetDateTime.parse(iso.replace(',', '.')).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Since the epoch in seconds, milli-, micro- or nanoseconds: whichever is of our time. */
  private static Optional<Instant> epoch(BigDecimal number) {
    BigDecimal seconds = number;
    while (seconds.compareTo(BigDecimal.valueOf(100_000_000_000L)) > 0) {
      seconds = seconds.movePointLeft(3);
    }
    return instant(seconds, 0);
  }

  private static Optional<Instant> instant(BigDecimal seconds, long nanos) {
    try {
      BigDecimal[] parts = seconds.divideAndRemainder(BigDecimal.ONE);
      return Optional.of(
          Instant.ofEpochSecond(
              parts[0].longValueExact(), parts[1].movePointRight(9).longValue() + nanos));
    } catch (DateTimeException | ArithmeticException e) {
      return Optional.empty();
    }
  }
}
