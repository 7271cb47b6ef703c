package io.mqexporter.rabbitmq;

import io.mqexporter.collector.Secret;
import java.net.URI;

/**
 * How a RabbitMQ cluster is reached.
 *
 * @param url the address of the management plugin of any node, such as {@code
 *     http://localhost:15672}
 * @param username a user with the tag {@code monitoring}
 * @param password its password
 */
public record RabbitMqConfig(URI url, String username, Secret password) {}
