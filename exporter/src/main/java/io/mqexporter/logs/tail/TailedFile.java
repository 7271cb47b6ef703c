package io.mqexporter.logs.tail;

import io.mqexporter.logs.LogEvent;
import io.mqexporter.logs.LogLevel;
import io.mqexporter.logs.journal.Excerpt;
import io.mqexporter.logs.journal.FileIdentity;
import io.mqexporter.logs.journal.FilePosition;
import io.mqexporter.logs.parse.EventSplitter.End;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/** One file that is read on, whatever it is called; what is known of it changes with each look. */
final class TailedFile {

  /** How rarely a quiet file is looked at, at most. */
  private static final Duration LONGEST_LOOK = Duration.ofSeconds(10);

  /** A file that was silent for a time is looked at after this part of it. */
  private static final int LOOKS = 20;

  final PatternState pattern;

  FileIdentity identity;
  int generation;

  /** What the ids of its events are made of; empty as long as nothing was read. */
  String key = "";

  /** Where it is; empty when it has no name any more. */
  Optional<FoundFile> found;

  /** Where it was last. */
  Path path;

  boolean isLive;
  Optional<Content> content = Optional.empty();

  Excerpt head = Excerpt.NONE;
  long offset;
  Excerpt tail = Excerpt.NONE;

  /** Where events were ended because their writer had paused, so far as that is unacknowledged. */
  final NavigableSet<Long> cuts = new TreeSet<>();

  /** All before it is in a batch, or dealt with. */
  long handedOut;

  /** All before it is acknowledged. */
  long acknowledged;

  Excerpt acknowledgedTail = Excerpt.NONE;

  /** How long it was when it was looked at last; for a compressed one, as it is on the disk. */
  long size;

  /** When the agent saw it change last. */
  Instant changed;

  /** When the file was written to last. */
  Instant modified;

  /** When it is to be looked at next, in milliseconds since the epoch. */
  private long nextLook = Long.MIN_VALUE;

  /**
   * Until when nothing is to be done about it, in milliseconds since the epoch. A plain number: it
   * is all that each poll sees of thousands of quiet files.
   */
  private long restsUntil = Long.MIN_VALUE;

  /** Whether the offset is in the middle of a line. */
  boolean inLine;

  /** Whether there is something to be read, so far as is known. */
  boolean isDrained;

  /** What became of the event at the end of the file, since that changed last. */
  End ended = End.OPEN;

  /** Since when something is unacknowledged; never, if nothing is. */
  Instant behindSince = Instant.MAX;

  /** The file that this one may be a copy of: then it is not read until that is decided. */
  Optional<TailedFile> original = Optional.empty();

  /** How long this was when it was found to be the same as its original so far; -1 before. */
  long comparedSize = -1;

  /** The last bytes before the offset, so far as they were read since the agent started. */
  final byte[] recent = new byte[Excerpt.TAIL];

  int recentLength;

  /** Whether it was cut off and begun anew: only a copy can still hold what is unread. */
  boolean isReplaced;

  /** The last event that its own line started, and that event's level. */
  Optional<LogEvent> lastEvent = Optional.empty();

  Optional<LogLevel> lastLevel = Optional.empty();

  TailedFile(PatternState pattern, FoundFile found, boolean isLive, Instant now) {
    this.pattern = pattern;
    this.identity = found.identity();
    this.found = Optional.of(found);
    this.path = found.path();
    this.isLive = isLive;
    this.size = found.size();
    this.modified = found.modified();
    this.changed = now;
  }

  TailedFile(PatternState pattern, FilePosition position) {
    this.pattern = pattern;
    this.identity = position.identity();
    this.generation = position.generation();
    this.key = position.key();
    this.found = Optional.empty();
    this.path = Path.of(position.path());
    this.head = position.head();
    this.offset = position.offset();
    this.tail = position.tail();
    this.cuts.addAll(position.cuts());
    this.handedOut = offset;
    this.acknowledged = offset;
    this.acknowledgedTail = tail;
    this.size = 0;
    this.changed = position.seen();
    this.modified = position.seen();
  }

  boolean isCompressed() {
    return path.toString().endsWith(".gz");
  }

  /** Returns whether a compressed file is being read, which takes more than a megabyte. */
  boolean isUnpacked() {
    return isCompressed() && content.isPresent();
  }

  /** Returns whether nothing can be read of it any more. */
  boolean isGone() {
    return found.isEmpty() && content.isEmpty();
  }

  /** Returns whether there may be something to be done about it. */
  boolean isAwake(long nowMillis) {
    return restsUntil <= nowMillis;
  }

  /** Lets it rest until it is to be looked at, if there is nothing to be done about it. */
  void rest() {
    boolean isDealtWith = isDrained || offset == FileScan.NOTHING_TO_READ;
    boolean isAcknowledged = handedOut == offset && acknowledged == offset && unacknowledged() == 0;
    boolean isAlone = found.isPresent() && content.isEmpty() && original.isEmpty() && !isReplaced;
    restsUntil = isDealtWith && isAcknowledged && isAlone ? nextLook : Long.MIN_VALUE;
  }

  /** Returns whether it is to be looked at. */
  boolean isLookDue(Instant now) {
    return now.toEpochMilli() >= nextLook;
  }

  /** Has it looked at by the next poll, whatever the time. */
  void lookSoon() {
    nextLook = Long.MIN_VALUE;
    restsUntil = Long.MIN_VALUE;
  }

  /** Takes note that it changed. */
  void changedAt(Instant when) {
    restsUntil = Long.MIN_VALUE;
    changed = when;
    isDrained = false;
    ended = End.OPEN;
  }

  /** Takes note of where it is now. */
  void foundAt(FoundFile now, boolean live, Instant when) {
    if (now.size() != size || !now.modified().equals(modified)) {
      changedAt(when);
    }
    found = Optional.of(now);
    identity = now.identity().orMore(identity);
    path = now.path();
    isLive = live;
    size = now.size();
    modified = now.modified();
    long wait = Duration.between(changed, when).toMillis() / LOOKS;
    nextLook = when.toEpochMilli() + Math.min(wait, LONGEST_LOOK.toMillis());
  }

  /** Returns what its name stands for now. */
  Optional<FoundFile> look() throws IOException {
    return FoundFile.at(path, Map.of(identity.inode(), identity));
  }

  /** Takes note that it has no name any more. */
  void lost() {
    restsUntil = Long.MIN_VALUE;
    found = Optional.empty();
    isLive = false;
  }

  Content open() throws IOException {
    if (content.isEmpty()) {
      content = Optional.of(found.orElseThrow().open());
    }
    return content.get();
  }

  void close() {
    if (content.isPresent()) {
      try {
        content.get().close();
      } catch (IOException e) {
        // Nothing was written to it.
      }
    }
    content = Optional.empty();
  }

  /** Returns its position as it is acknowledged. */
  FilePosition position() {
    return new FilePosition(
        key,
        path.toString(),
        identity,
        generation,
        head,
        acknowledged,
        acknowledgedTail,
        List.copyOf(cuts),
        changed);
  }

  /** Returns how many bytes are not acknowledged yet, so far as that can be told. */
  long unacknowledged() {
    return isCompressed() || acknowledged > size ? 0 : size - acknowledged;
  }

  /** Takes note that bytes were dealt with. */
  void advance(byte[] bytes, int length) {
    offset += length;
    int kept = Math.min(recentLength, Excerpt.TAIL - Math.min(length, Excerpt.TAIL));
    System.arraycopy(recent, recentLength - kept, recent, 0, kept);
    int added = Math.min(length, Excerpt.TAIL);
    System.arraycopy(bytes, length - added, recent, kept, added);
    recentLength = kept + added;
    tail = Excerpt.of(recent, 0, recentLength);
    byte last = recent[recentLength - 1];
    inLine = last != '\n' && last != 0;
  }

  /** Returns where an event must end at which one has ended before; the largest number for none. */
  long nextCut() {
    Long next = cuts.higher(offset);
    return next == null ? Long.MAX_VALUE : next;
  }

  /** Takes note that there is nothing to be acknowledged before its offset. */
  void acknowledge() {
    handedOut = offset;
    acknowledge(offset, tail);
  }

  /** Takes note that all before a position is acknowledged. */
  void acknowledge(long position, Excerpt before) {
    acknowledged = position;
    acknowledgedTail = before;
    cuts.headSet(position, true).clear();
  }
}
