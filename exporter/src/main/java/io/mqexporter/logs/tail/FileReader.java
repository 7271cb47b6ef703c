package io.mqexporter.logs.tail;

import io.mqexporter.logs.LogEvent;
import io.mqexporter.logs.LogLevel;
import io.mqexporter.logs.LogMark;
import io.mqexporter.logs.journal.Excerpt;
import io.mqexporter.logs.parse.EventParser.Place;
import io.mqexporter.logs.parse.EventSplitter.End;
import io.mqexporter.logs.parse.RawEvent;
import java.io.IOException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads one file after the other on from where it was read to. What is not a whole event yet is
 * left in the file, and read again with what has come behind it: nothing of a file is kept here.
 */
final class FileReader {

  /** The longest event, in bytes: what is longer is cut. */
  static final int BUFFER = 1 << 20;

  /** How many bytes of one file are read before it is another one's turn. */
  private static final long TURN = 16L * BUFFER;

  private final byte[] buffer = new byte[BUFFER];
  private final String host;
  private final Consumer<String> problems;

  FileReader(String host, Consumer<String> problems) {
    this.host = host;
    this.problems = problems;
  }

  /**
   * Reads on to the file's end, or until the batch is full.
   *
   * @param end what becomes of an event at the file's end
   * @throws ReplacedException if the bytes before the offset are not those that were read; what was
   *     added to the batch until then is sound
   */
  void read(TailedFile file, End end, Batch batch, Instant now)
      throws IOException, ReplacedException {
    Content content = file.open();
    int have = 0;
    long turn = 0;
    while (true) {
      int room = room(file, have);
      int read = room == 0 ? 0 : content.read(buffer, have, room, file.offset + have);
      verify(file, content);
      have += Math.max(read, 0);
      turn += Math.max(read, 0);
      file.pattern.bytesRead.add(Math.max(read, 0));
      boolean atCut = file.offset + have == file.nextCut();
      boolean atEnd = read < 0;
      identify(file, content, have, atEnd && end == End.BYTES, batch, now);
      int before = batch.size();
      int used = used(file, have, atCut ? End.BYTES : atEnd ? end : End.OPEN, batch, now);
      if (used > 0) {
        if (atEnd && end != End.OPEN && !file.isCompressed() && batch.size() > before) {
          file.cuts.add(file.offset + used);
          batch.announce();
        }
        file.advance(buffer, used);
        have -= used;
        System.arraycopy(buffer, used, buffer, 0, have);
      }
      if (atEnd && !batch.isFull()) {
        file.isDrained = true;
        file.ended = end;
        break;
      }
      if (turn >= TURN || batch.isFull()) {
        batch.more();
        break;
      }
    }
    content.giveBack(buffer, 0, have);
  }

  /** An event that was ended at a place before must end there again. */
  private static int room(TailedFile file, int have) {
    return (int) Math.min(BUFFER - have, file.nextCut() - file.offset - have);
  }

  /**
   * Looks at the bytes before the offset after it has read: so it was the same file while it read.
   */
  private static void verify(TailedFile file, Content content)
      throws IOException, ReplacedException {
    if (content instanceof PlainContent && file.tail.length() > 0) {
      long from = file.offset - file.tail.length();
      if (!content.excerpt(from, file.tail.length()).equals(file.tail)) {
        throw new ReplacedException();
      }
    }
  }

  /** Gives a file its key when it has a line to be known by, and learns more of its beginning. */
  private void identify(
      TailedFile file, Content content, int have, boolean isAll, Batch batch, Instant now)
      throws IOException {
    if (have > 0 && file.head.length() < Excerpt.HEAD) {
      if (file.offset == 0) {
        file.head = Excerpt.of(buffer, 0, Math.min(have, Excerpt.HEAD));
      } else if (content instanceof PlainContent) {
        file.head = content.excerpt(0, (int) Math.min(Excerpt.HEAD, file.offset + have));
      }
    }
    if (file.key.isEmpty()) {
      int line = firstLine(have);
      if (line >= 0 || (isAll && have > 0)) {
        file.key = key(file, line < 0 ? have : line, now);
        batch.announce();
      }
    }
  }

  /** Returns how long the first line is, so far as it counts; -1 if that cannot be told yet. */
  private int firstLine(int have) {
    int known = Math.min(have, Excerpt.HEAD);
    for (int i = 0; i < known; i++) {
      if (buffer[i] == '\n') {
        return i;
      }
    }
    return known == Excerpt.HEAD ? known : -1;
  }

  /**
   * Returns what the ids of a file's events are made of. The first line belongs to it, so that
   * after the loss of the journal no id can be that of an event that was there before a truncation.
   */
  private String key(TailedFile file, int firstLine, Instant now) {
    // Without a time of birth, another file may have had the same number.
    Object birth = file.identity.birthNanos() == 0 ? now : file.identity.birthNanos();
    long line = Excerpt.of(buffer, 0, firstLine).hash();
    return EventId.of(host, file.identity.inode(), birth, file.generation, line);
  }

  /** Gives a file that is not read from its beginning its key. */
  void identify(TailedFile file, Instant now) throws IOException {
    file.head = file.open().excerpt(0, Excerpt.HEAD);
    int have = Math.max(0, file.open().read(buffer, 0, Excerpt.HEAD, 0));
    file.key = key(file, Math.max(firstLine(have), 0), now);
  }

  private int used(TailedFile file, int have, End end, Batch batch, Instant now) {
    int holes = file.inLine ? 0 : holes(have);
    if (holes > 0) {
      // Where the writer went on behind the end that its file had been given.
      return holes;
    }
    int used = split(file, have, end, LogMark.PARTIAL, batch, now);
    if (used > 0 || have < BUFFER) {
      return used;
    }
    int lines = split(file, have, End.LINES, LogMark.TRUNCATED, batch, now);
    return lines > 0
        ? lines
        : split(file, wholeCharacters(have), End.BYTES, LogMark.TRUNCATED, batch, now);
  }

  private int split(
      TailedFile file, int length, End end, LogMark endMark, Batch batch, Instant now) {
    boolean isTruncated = endMark == LogMark.TRUNCATED;
    return file.pattern.splitter.split(
        buffer,
        length,
        file.inLine,
        end,
        endMark,
        raw -> {
          take(file, isTruncated ? truncated(raw) : raw, batch, now);
          return !batch.isFull();
        });
  }

  private static RawEvent truncated(RawEvent raw) {
    var marks = EnumSet.of(LogMark.TRUNCATED);
    marks.addAll(raw.marks());
    return new RawEvent(raw.from(), raw.to(), raw.head(), marks);
  }

  private void take(TailedFile file, RawEvent raw, Batch batch, Instant now) {
    PatternState pattern = file.pattern;
    if (raw.head().isPresent()) {
      file.lastLevel = raw.level();
      file.lastEvent = Optional.empty();
    }
    boolean continues = raw.head().isEmpty() && file.lastLevel.isPresent();
    LogLevel level = file.lastLevel.orElse(LogLevel.UNKNOWN);
    if (!continues) {
      pattern.count(level);
    }
    if (!pattern.filter.accepts(level)) {
      return;
    }
    long offset = file.offset + raw.from();
    var place =
        new Place(
            EventId.of(file.key, offset),
            offset,
            pattern.source.origin().withFile(file.path.toString()),
            file.modified);
    LogEvent event = pattern.parser.parse(buffer, raw, place, file.lastEvent);
    if (raw.head().isPresent()) {
      file.lastEvent = Optional.of(event);
    }
    if (event.marks().contains(LogMark.UNPARSED)) {
      pattern.unparsed(file.path, problems);
    }
    pattern
        .filter
        .accept(event, now, storm -> problems.accept(pattern.name() + ": " + storm))
        .ifPresent(batch::add);
  }

  private int holes(int have) {
    int end = 0;
    while (end < have && buffer[end] == 0) {
      end++;
    }
    return end;
  }

  /** Returns how many of the bytes are whole characters of UTF-8. */
  private int wholeCharacters(int have) {
    int last = have - 1;
    while (last > have - 4 && (buffer[last] & 0xc0) == 0x80) {
      last--;
    }
    int lead = buffer[last] & 0xff;
    int length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
    return last + length > have ? last : have;
  }
}
