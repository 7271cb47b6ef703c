package io.mqexporter.logs.parse;

import io.mqexporter.logs.LogMark;
import io.mqexporter.logs.parse.LogFormat.Head;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Splits bytes into events: a line that starts one, and the lines up to the next. Lines that no
 * event starts with are events of their own; indented ones and causes belong to the line before
 * them. The same bytes are always split in the same way, wherever reading began: that is what makes
 * ids the same when something is sent again.
 */
public final class EventSplitter {

  private static final byte[] CAUSE = {'C', 'a', 'u', 's', 'e', 'd', ' ', 'b', 'y', ':'};

  private final LogFormat format;

  /** Creates a splitter for what one kind of broker writes. */
  public EventSplitter(LogFormat format) {
    this.format = format;
  }

  /**
   * What becomes of an event at the end of the bytes, of which nobody knows whether it ends there.
   */
  public enum End {
    /** It is left: more may follow. */
    OPEN,
    /** It ends with the last whole line. */
    LINES,
    /** It ends with the last byte, whether that ends a line or not. */
    BYTES
  }

  /**
   * Splits bytes.
   *
   * @param bytes from the first on, what a file has from some place on
   * @param length how many they are
   * @param inLine whether they start in the middle of a line
   * @param end what becomes of the event at their end
   * @param endMark what an event is marked with whose last line is cut
   * @param events is given one event after the other, and says whether it wants another
   * @return how many bytes belong to the events that were given, and to empty lines between them
   */
  public int split(
      byte[] bytes,
      int length,
      boolean inLine,
      End end,
      LogMark endMark,
      Predicate<RawEvent> events) {
    int start = -1;
    int headEnd = 0;
    Optional<Head> open = Optional.empty();
    int line = 0;
    while (line < length) {
      int newline = Lines.end(bytes, line, length);
      if (newline == length && end != End.BYTES) {
        break;
      }
      int lineEnd = newline > line && bytes[newline - 1] == '\r' ? newline - 1 : newline;
      Optional<Head> head =
          inLine && line == 0
              ? Optional.empty()
              : format.head(bytes, afterMark(bytes, line, lineEnd), lineEnd);
      boolean continues = start >= 0 && continues(bytes, start, headEnd, open, head, line, lineEnd);
      if (!continues) {
        if (start >= 0 && !give(bytes, start, line, open, Set.of(), events)) {
          return line;
        }
        start = line;
        headEnd = lineEnd;
        open = head;
      }
      line = Math.min(newline + 1, length);
    }
    if (start < 0) {
      return line;
    }
    if (end == End.OPEN) {
      return start;
    }
    boolean isCut = bytes[line - 1] != '\n';
    give(bytes, start, line, open, isCut ? Set.of(endMark) : Set.of(), events);
    return line;
  }

  private static boolean continues(
      byte[] bytes,
      int start,
      int headEnd,
      Optional<Head> open,
      Optional<Head> head,
      int line,
      int lineEnd) {
    if (open.isEmpty()) {
      return head.isEmpty() && isIndented(bytes, line, lineEnd);
    }
    Layout layout = open.get().layout();
    return head.isPresent()
        ? layout.joins(bytes, start, headEnd, line, lineEnd)
        : layout.takesFurtherLines();
  }

  private static boolean give(
      byte[] bytes,
      int from,
      int to,
      Optional<Head> head,
      Set<LogMark> marks,
      Predicate<RawEvent> events) {
    return (head.isEmpty() && Lines.isBlank(bytes, from, to))
        || events.test(new RawEvent(from, to, head, marks));
  }

  private static boolean isIndented(byte[] bytes, int from, int to) {
    if (from == to) {
      return true;
    }
    return bytes[from] == ' '
        || bytes[from] == '\t'
        || (to - from > CAUSE.length && Lines.startsWith(bytes, from, CAUSE));
  }

  /** Steps over the mark that some editors put at the beginning of a file. */
  private static int afterMark(byte[] bytes, int from, int to) {
    boolean isThere =
        to - from > 3
            && bytes[from] == (byte) 0xef
            && bytes[from + 1] == (byte) 0xbb
            && bytes[from + 2] == (byte) 0xbf;
    return isThere ? from + 3 : from;
  }
}
