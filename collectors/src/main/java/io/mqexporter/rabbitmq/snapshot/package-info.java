/** What a reading of RabbitMQ has found. */
@NullMarked
package io.mqexporter.rabbitmq.snapshot;

import org.jspecify.annotations.NullMarked;
