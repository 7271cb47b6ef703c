package io.mqexporter.kafka;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * How a Kafka cluster is reached.
 *
 * @param bootstrapServers {@code host:port}, separated by commas
 * @param properties further properties of the Kafka admin client, such as {@code security.protocol}
 *     and {@code sasl.jaas.config}; they may hold secrets
 * @param deadLetterTopics the names of the topics that count as dead-letter queues, matched as a
 *     whole: Kafka itself knows no such thing
 */
public record KafkaConfig(
    String bootstrapServers, Map<String, String> properties, Pattern deadLetterTopics) {

  /** The names that Spring, Kafka Connect users and others give to dead-letter topics. */
  public static final Pattern DEFAULT_DEAD_LETTER_TOPICS =
      Pattern.compile("(?i)(.+[._-])?(dlt|dlq|dead[._-]?letters?)([._-].+)?");

  /** Copies the properties. */
  public KafkaConfig {
    properties = Map.copyOf(properties);
  }
}
