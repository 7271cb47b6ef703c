package io.mqexporter.messaging;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * One group's work on one destination, or all consumers of a RabbitMQ queue. A group that never
 * committed anything for a destination has no consumption of it.
 *
 * @param destination the topic or queue
 * @param group the consumer group; empty for RabbitMQ, which has none
 * @param members the consumers connected, of the whole group where there are groups
 * @param acknowledged the messages ever consumed: the sum of committed offsets, or the
 *     acknowledgement counter
 * @param redelivered the messages ever delivered more than once, where the broker counts them
 * @param logs how far each log has been consumed; logs without a commit are left out
 */
public record Consumption(
    DestinationId destination,
    String group,
    OptionalInt members,
    OptionalLong acknowledged,
    OptionalLong redelivered,
    List<LogConsumption> logs) {

  /** Copies the logs. */
  public Consumption {
    logs = List.copyOf(logs);
  }

  /** Returns a consumption of which it is not known what was delivered more than once. */
  public Consumption(
      DestinationId destination,
      String group,
      OptionalInt members,
      OptionalLong acknowledged,
      List<LogConsumption> logs) {
    this(destination, group, members, acknowledged, OptionalLong.empty(), logs);
  }

  /** Returns the sum over all logs, or nothing if the lag of one of them is not known. */
  public OptionalLong lag() {
    return sum(LogConsumption::lag);
  }

  /** Returns the sum over what can still be read of all logs. */
  OptionalLong readableLag() {
    return sum(LogConsumption::readableLag);
  }

  /** Returns the share of the retained messages that lags, of the log where it is largest. */
  OptionalDouble retentionUsed() {
    OptionalDouble largest = OptionalDouble.empty();
    for (LogConsumption log : logs) {
      OptionalDouble used = log.retentionUsed();
      if (used.isEmpty()) {
        return used;
      }
      largest = OptionalDouble.of(Math.max(used.getAsDouble(), largest.orElse(0)));
    }
    return largest;
  }

  private OptionalLong sum(Function<LogConsumption, OptionalLong> part) {
    long sum = 0;
    for (LogConsumption log : logs) {
      OptionalLong value = part.apply(log);
      if (value.isEmpty()) {
        return value;
      }
      sum += value.getAsLong();
    }
    return logs.isEmpty() ? OptionalLong.empty() : OptionalLong.of(sum);
  }
}
