package io.mqexporter.messaging;

import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * One group's work on one destination, or all consumers of a RabbitMQ queue. A group that never
 * committed anything for a destination has no consumption of it.
 *
 * @param destination the topic or queue
 * @param group the consumer group; empty for RabbitMQ, which has none
 * @param members the consumers connected, of the whole group where there are groups
 * @param acknowledged the messages ever consumed: the sum of committed offsets, or the
 *     acknowledgement counter
 * @param logs how far each log has been consumed; logs without a commit are left out
 */
public record Consumption(
    DestinationId destination,
    String group,
    OptionalInt members,
    OptionalLong acknowledged,
    List<LogConsumption> logs) {

  /** Copies the logs. */
  public Consumption {
    logs = List.copyOf(logs);
  }

  /** Returns the sum over all logs, or nothing if the lag of one of them is not known. */
  public OptionalLong lag() {
    long sum = 0;
    for (LogConsumption log : logs) {
      if (log.lag().isEmpty()) {
        return OptionalLong.empty();
      }
      sum += log.lag().getAsLong();
    }
    return logs.isEmpty() ? OptionalLong.empty() : OptionalLong.of(sum);
  }
}
