package io.mqexporter.messaging;

import java.util.List;
import java.util.OptionalLong;

/**
 * A place that messages are sent to.
 *
 * @param id the topic or queue
 * @param deadLetter whether it holds messages that could not be delivered elsewhere
 * @param messages the messages held
 * @param produced the messages ever written
 * @param logs the logs it is made of
 */
public record Destination(
    DestinationId id,
    boolean deadLetter,
    OptionalLong messages,
    OptionalLong produced,
    List<LogState> logs) {

  /** Copies the logs. */
  public Destination {
    logs = List.copyOf(logs);
  }

  /**
   * Returns a destination that is made of logs: it holds the sum of end − start and was ever sent
   * the sum of ends. A sum of which one part is not known is not known.
   */
  public static Destination ofLogs(DestinationId id, boolean deadLetter, List<LogState> logs) {
    boolean endsKnown = logs.stream().allMatch(log -> log.end().isPresent());
    boolean startsKnown = logs.stream().allMatch(log -> log.start().isPresent());
    long ends = logs.stream().mapToLong(log -> log.end().orElse(0)).sum();
    long starts = logs.stream().mapToLong(log -> log.start().orElse(0)).sum();
    return new Destination(
        id,
        deadLetter,
        endsKnown && startsKnown ? OptionalLong.of(ends - starts) : OptionalLong.empty(),
        endsKnown ? OptionalLong.of(ends) : OptionalLong.empty(),
        logs);
  }
}
