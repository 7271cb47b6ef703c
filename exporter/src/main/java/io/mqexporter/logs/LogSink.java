package io.mqexporter.logs;

import java.util.List;

/** Where events go. Each delivery comes on a virtual thread. */
public interface LogSink extends AutoCloseable {

  /** Returns what it is called in metrics and in the agent's own log, such as {@code stdout}. */
  String name();

  /**
   * Returns how many deliveries may be under way at once: one where the receiver has to get all
   * events in their order. Never changes.
   */
  default int deliveriesAtOnce() {
    return 1;
  }

  /**
   * Delivers events in their order, and returns when each is acknowledged by the receiver or stands
   * in the dead-letter file. As long as the receiver is away it waits and tries again: meanwhile
   * the files are not read on.
   *
   * @param events at least one; their number and size are bounded by the caller
   * @throws InterruptedException if the agent is to end; the events are then sent again by the next
   */
  Delivered deliver(List<LogEvent> events) throws InterruptedException;

  /** Lets go of connections and files. Called once, after the last delivery has ended. */
  @Override
  void close();

  /**
   * What became of events.
   *
   * @param acknowledged how many the receiver has, those that it had before included
   * @param duplicates how many of them it had before
   * @param deadLetters how many it will never take; they stand in the dead-letter file
   */
  record Delivered(int acknowledged, int duplicates, int deadLetters) {}
}
