package io.mqexporter.messaging;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * A place that messages are sent to.
 *
 * @param id the topic or queue
 * @param incarnation what tells it from another one that had its name before; empty if nothing does
 * @param deadLetter whether it holds messages that could not be delivered elsewhere
 * @param messages the messages held
 * @param produced the messages ever written
 * @param storage the room that it takes
 * @param logs the logs it is made of
 */
public record Destination(
    DestinationId id,
    String incarnation,
    boolean deadLetter,
    OptionalLong messages,
    OptionalLong produced,
    Storage storage,
    List<LogState> logs) {

  /** Copies the logs. */
  public Destination {
    logs = List.copyOf(logs);
  }

  /** Returns a destination of which neither its identity nor its room is known. */
  public Destination(
      DestinationId id,
      boolean deadLetter,
      OptionalLong messages,
      OptionalLong produced,
      List<LogState> logs) {
    this(id, "", deadLetter, messages, produced, Storage.UNKNOWN, logs);
  }

  /**
   * The room that a destination takes.
   *
   * @param bytes the bytes on disk, of one copy
   * @param fillRatio what is held as a share of the most that may be held, where there is a limit
   */
  public record Storage(OptionalLong bytes, OptionalDouble fillRatio) {

    /** Nothing is known. */
    public static final Storage UNKNOWN = new Storage(OptionalLong.empty(), OptionalDouble.empty());
  }

  /** Returns the same with an identity that its name alone is not. */
  public Destination withIncarnation(String newIncarnation) {
    return new Destination(id, newIncarnation, deadLetter, messages, produced, storage, logs);
  }

  /** Returns the same with the room that it takes. */
  public Destination withStorage(Storage newStorage) {
    return new Destination(id, incarnation, deadLetter, messages, produced, newStorage, logs);
  }

  /**
   * Returns a destination that is made of logs: it holds the sum of end − start and was ever sent
   * the sum of ends. A sum of which one part is not known is not known.
   */
  public static Destination ofLogs(DestinationId id, boolean deadLetter, List<LogState> logs) {
    boolean endsKnown = true;
    boolean startsKnown = true;
    long ends = 0;
    long starts = 0;
    for (LogState log : logs) {
      endsKnown &= log.end().isPresent();
      startsKnown &= log.start().isPresent();
      ends += log.end().orElse(0);
      starts += log.start().orElse(0);
    }
    return new Destination(
        id,
        deadLetter,
        endsKnown && startsKnown ? OptionalLong.of(ends - starts) : OptionalLong.empty(),
        endsKnown ? OptionalLong.of(ends) : OptionalLong.empty(),
        logs);
  }
}
