/** What RabbitMQ's own Prometheus plugin tells, read as text and passed on under its own names. */
@NullMarked
package io.mqexporter.rabbitmq.relay;

import org.jspecify.annotations.NullMarked;
