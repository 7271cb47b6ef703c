package io.mqexporter.collector;

/**
 * What a series is about, as its labels name it in our words or in those of other exporters. What
 * they do not name is empty.
 *
 * @param broker a broker, by its id or name
 * @param brokerId which of the processes with that name, where a label of its own tells
 * @param group a consumer group
 * @param vhost the virtual host of a queue
 * @param destination a topic or a queue
 * @param partition a partition of the topic
 */
public record Subject(
    String broker,
    String brokerId,
    String group,
    String vhost,
    String destination,
    String partition) {}
