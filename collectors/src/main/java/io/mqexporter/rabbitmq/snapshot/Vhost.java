package io.mqexporter.rabbitmq.snapshot;

import java.util.SortedMap;

/**
 * A vhost.
 *
 * @param states what each node says of it, such as {@code running} or {@code stopped}
 */
public record Vhost(String name, SortedMap<String, String> states, Numbers<VhostNumber> numbers) {}
