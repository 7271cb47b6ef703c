/** Reads RabbitMQ. */
@NullMarked
package io.mqexporter.rabbitmq;

import org.jspecify.annotations.NullMarked;
