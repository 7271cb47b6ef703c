package io.mqexporter.messaging;

import java.util.OptionalLong;

/**
 * What is known of one append-only log: a partition, a RocketMQ queue on one broker, or a RabbitMQ
 * queue seen as a log whose end is the number of messages ever published to it.
 *
 * @param log the log's name within its destination; empty where a destination is one log
 * @param start the offset of the oldest message held
 * @param end the offset that the next message will get
 */
public record LogState(String log, OptionalLong start, OptionalLong end) {}
