package io.mqexporter.rabbitmq.snapshot;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * A node. Of one that does not run little more than its name is known.
 *
 * @param beingDrained whether it is in maintenance, where the release tells
 * @param partitions how many nodes it takes for partitioned from itself
 */
public record Node(
    String name,
    Optional<Boolean> running,
    Optional<Boolean> memoryAlarm,
    Optional<Boolean> diskAlarm,
    Optional<Boolean> beingDrained,
    OptionalInt partitions,
    Numbers<NodeNumber> numbers) {}
