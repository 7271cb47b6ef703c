package io.mqexporter.logs.parse;

import io.mqexporter.logs.LogLevel;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;

/**
 * One way in which a broker writes its log. Whether a line starts an event, and how severe it is,
 * is told from its bytes alone, so that what is filtered out costs next to nothing.
 */
interface Layout {

  /** Returns the level of the event that a line starts; empty if it starts none. */
  Optional<LogLevel> head(byte[] bytes, int from, int to);

  /** Returns whether lines that start no event belong to the one before them. */
  default boolean takesFurtherLines() {
    return true;
  }

  /**
   * Returns whether a line that could start an event belongs to the one that another line starts.
   */
  default boolean joins(byte[] bytes, int headFrom, int headTo, int from, int to) {
    return false;
  }

  /**
   * Returns what an event says; empty if it cannot be read after all.
   *
   * @param text all its lines, without the last line end
   * @param zone where times are that do not say so themselves
   */
  Optional<Fields> fields(String text, ZoneId zone);

  /**
   * What an event says.
   *
   * @param timestamp when it was written
   * @param logger who wrote it, or nothing
   * @param thread the thread that wrote it, or nothing
   * @param message the text without the stack trace
   * @param stackTrace the stack trace, or nothing
   * @param attributes what only this layout has
   */
  record Fields(
      Instant timestamp,
      String logger,
      String thread,
      String message,
      String stackTrace,
      Map<String, String> attributes) {}
}
