package io.mqexporter.exposition;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What one group has yet to consume of one destination.
 *
 * @param vhost RabbitMQ's virtual host; empty elsewhere
 * @param destination the topic or queue
 * @param lag the messages that can be read
 * @param lagSeconds the age of the oldest of them
 * @param drainSeconds how long until none is left; infinite while they do not get fewer
 * @param partitions of the destination, where that bounds how many consumers have work
 */
record Backlog(
    String vhost,
    String destination,
    OptionalLong lag,
    OptionalDouble lagSeconds,
    OptionalDouble drainSeconds,
    OptionalLong partitions) {}
