package io.mqexporter.messaging;

/**
 * The identity of a destination: a topic of Kafka or RocketMQ, a queue of RabbitMQ.
 *
 * @param vhost RabbitMQ's virtual host; empty elsewhere
 * @param name the name of the topic or queue
 */
public record DestinationId(String vhost, String name) {

  /** Returns the identity of a topic. */
  public static DestinationId topic(String name) {
    return new DestinationId("", name);
  }
}
