package io.mqexporter.rabbitmq;

import io.mqexporter.collector.NameFilter;
import io.mqexporter.collector.Secret;
import io.mqexporter.messaging.DestinationId;
import java.net.URI;
import java.time.Duration;

/**
 * How a RabbitMQ cluster is reached.
 *
 * @param url the address of the management plugin of any node, such as {@code
 *     http://localhost:15672}
 * @param username a user with the tag {@code monitoring}
 * @param password its password
 * @param vhosts the vhosts of which queues and exchanges are read
 * @param queues which of their queues are read
 * @param detailsInterval the time from one reading of connections, policies, the use of memory and
 *     what else changes slowly or costs much to the next
 */
public record RabbitMqConfig(
    URI url,
    String username,
    Secret password,
    NameFilter vhosts,
    NameFilter queues,
    Duration detailsInterval) {

  /** How often the details are read unless something else is said. */
  public static final Duration DEFAULT_DETAILS_INTERVAL = Duration.ofMinutes(1);

  /** Creates a configuration by which all queues are read. */
  public RabbitMqConfig(URI url, String username, Secret password) {
    this(url, username, password, NameFilter.ALL, NameFilter.ALL, DEFAULT_DETAILS_INTERVAL);
  }

  /** Returns whether a queue is read. */
  boolean reads(DestinationId queue) {
    return vhosts.accepts(queue.vhost()) && queues.accepts(queue.name());
  }
}
