package io.mqexporter.rabbitmq;

import io.mqexporter.collector.NameFilter;
import io.mqexporter.collector.Secret;
import io.mqexporter.messaging.DestinationId;
import java.net.URI;

/**
 * How a RabbitMQ cluster is reached.
 *
 * @param url the address of the management plugin of any node, such as {@code
 *     http://localhost:15672}
 * @param username a user with the tag {@code monitoring}
 * @param password its password
 * @param vhosts the vhosts of which queues and exchanges are read
 * @param queues which of their queues are read
 */
public record RabbitMqConfig(
    URI url, String username, Secret password, NameFilter vhosts, NameFilter queues) {

  /** Creates a configuration by which all queues are read. */
  public RabbitMqConfig(URI url, String username, Secret password) {
    this(url, username, password, NameFilter.ALL, NameFilter.ALL);
  }

  /** Returns whether a queue is read. */
  boolean reads(DestinationId queue) {
    return vhosts.accepts(queue.vhost()) && queues.accepts(queue.name());
  }
}
