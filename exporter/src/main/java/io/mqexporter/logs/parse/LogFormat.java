package io.mqexporter.logs.parse;

import io.mqexporter.logs.LogLevel;
import java.util.List;
import java.util.Optional;

/** The layouts in which one kind of broker writes: a line is of the first that knows it. */
public enum LogFormat {

  /** Kafka's own, Strimzi's, and JSON. */
  KAFKA(new KafkaLayout(), new StrimziLayout(), new JsonLayout()),

  /** RabbitMQ's text, of all releases from 3.7 on, and JSON. */
  RABBITMQ(new RabbitMqLayout(), new JsonLayout()),

  /** RocketMQ's, of all its parts. */
  ROCKETMQ(new RocketMqLayout());

  private final List<Layout> layouts;

  LogFormat(Layout... layouts) {
    this.layouts = List.of(layouts);
  }

  /**
   * A line that starts an event.
   *
   * @param layout how it is written
   * @param level how severe the event is
   */
  record Head(Layout layout, LogLevel level) {}

  /** Returns what a line starts; empty if it starts no event. */
  Optional<Head> head(byte[] bytes, int from, int to) {
    for (Layout layout : layouts) {
      Optional<LogLevel> level = layout.head(bytes, from, to);
      if (level.isPresent()) {
        return Optional.of(new Head(layout, level.get()));
      }
    }
    return Optional.empty();
  }
}
