package io.mqexporter.logs.parse;

import io.mqexporter.logs.LogLevel;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The layouts in which one kind of broker writes: a line is of the first that knows it. */
public enum LogFormat {

  /** Kafka's own, Strimzi's, and JSON. */
  KAFKA(new KafkaLayout(), new StrimziLayout(), new JsonLayout()),

  /** RabbitMQ's text, of all releases from 3.7 on, and JSON. */
  RABBITMQ(new RabbitMqLayout(), new JsonLayout()),

  /** RocketMQ's, of all its parts. */
  ROCKETMQ(new RocketMqLayout());

  private final Layout[] layouts;

  /** All heads that there are, for each layout: so none is made for a line. */
  private final List<Map<LogLevel, Optional<Head>>> heads;

  LogFormat(Layout... layouts) {
    this.layouts = layouts;
    this.heads = Stream.of(layouts).map(LogFormat::headsOf).toList();
  }

  private static Map<LogLevel, Optional<Head>> headsOf(Layout layout) {
    var heads = new EnumMap<LogLevel, Optional<Head>>(LogLevel.class);
    for (LogLevel level : LogLevel.values()) {
      heads.put(level, Optional.of(new Head(layout, level, Optional.of(level))));
    }
    return heads;
  }

  /**
   * A line that starts an event.
   *
   * @param layout how it is written
   * @param level how severe the event is
   * @param found the same, as it is handed on
   */
  record Head(Layout layout, LogLevel level, Optional<LogLevel> found) {}

  /** Returns what a line starts; empty if it starts no event. */
  Optional<Head> head(byte[] bytes, int from, int to) {
    for (int i = 0; i < layouts.length; i++) {
      Optional<LogLevel> level = layouts[i].head(bytes, from, to);
      if (level.isPresent()) {
        return heads.get(i).getOrDefault(level.get(), Optional.empty());
      }
    }
    return Optional.empty();
  }
}
