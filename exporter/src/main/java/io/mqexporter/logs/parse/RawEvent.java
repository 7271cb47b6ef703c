package io.mqexporter.logs.parse;

import io.mqexporter.logs.LogLevel;
import io.mqexporter.logs.LogMark;
import java.util.Optional;
import java.util.Set;

/**
 * The lines of an event in a buffer, not yet read.
 *
 * @param from where the first line starts
 * @param to where the last one ends, behind its line end
 * @param head what the first line starts; empty for lines that no event starts with
 * @param marks what is to be known of it
 */
public record RawEvent(int from, int to, Optional<LogFormat.Head> head, Set<LogMark> marks) {

  /** Returns the level; empty for lines that no event starts with. */
  public Optional<LogLevel> level() {
    return head.isPresent() ? head.get().found() : Optional.empty();
  }
}
