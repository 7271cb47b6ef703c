/** The replies of RabbitMQ's management API, read as streams. */
@NullMarked
package io.mqexporter.rabbitmq.json;

import org.jspecify.annotations.NullMarked;
