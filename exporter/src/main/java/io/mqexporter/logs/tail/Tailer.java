package io.mqexporter.logs.tail;

import io.mqexporter.logs.LogSource;
import io.mqexporter.logs.journal.FilePosition;
import io.mqexporter.logs.journal.Journal;
import io.mqexporter.logs.parse.EventSplitter.End;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.ZipException;

/**
 * Reads all files on. It has no thread and no timer: each poll looks once at what there is, and the
 * caller says when what it returned has been acknowledged.
 */
public final class Tailer implements AutoCloseable {

  /** How long a writer may pause before its last event is taken to be whole. */
  private static final Duration PAUSE = Duration.ofSeconds(5);

  /**
   * How long a file that was renamed or deleted may be silent before it is taken to be finished.
   */
  private static final Duration FINISHED = Duration.ofSeconds(30);

  /** How long a file is remembered that is gone: a copy of it may turn up. */
  private static final Duration REMEMBERED = Duration.ofDays(1);

  private static final int MAX_IDLE_OPEN = 1_000;

  private final List<PatternState> patterns;
  private final List<TailedFile> files = new ArrayList<>();
  private final FileScan scan;
  private final Copies copies;
  private final FileReader reader;
  private final Clock clock;
  private final Consumer<String> problems;
  private final Turns turns = new Turns();
  private Instant last = Instant.MIN;

  /**
   * Creates a tailer that has not looked at anything yet.
   *
   * @param journal what is known of the files; without a journal, files that were rotated already
   *     are not read, and with a damaged one all are read from their beginning
   * @param host a part of the ids
   * @param problems is told in one line, and once, what is wrong with files
   */
  public Tailer(
      List<LogSource> sources,
      Journal.Content journal,
      String host,
      Clock clock,
      Consumer<String> problems) {
    this.patterns = PatternState.of(sources);
    this.clock = clock;
    this.problems = problems;
    this.reader = new FileReader(host, problems);
    this.copies = new Copies(files);
    boolean isFirst = journal instanceof Journal.Content.None;
    this.scan = new FileScan(patterns, files, copies, reader, isFirst, problems);
    if (journal instanceof Journal.Content.Positions(var positions)) {
      restore(positions);
    }
  }

  /** Looks at all files once, and returns the events that are new; often none. */
  public Batch poll() {
    Instant now = clock.instant();
    var batch = new Batch();
    boolean isSetBack = now.isBefore(last);
    last = now;
    if (isSetBack) {
      files.forEach(TailedFile::lookSoon);
    }
    // It looks at each file that it finds, so that few are left to be looked at alone.
    if (isSetBack || scan.isDue(now)) {
      scan.run(now, batch);
    }
    boolean isMoved = false;
    for (TailedFile file : awake(now)) {
      isMoved |= look(file, now);
    }
    if (isMoved) {
      scan.run(now, batch);
    }
    List<TailedFile> awake = awake(now);
    copies.resolve(awake, now, batch);
    Optional<TailedFile> unfinished = Optional.empty();
    for (TailedFile file : turns.of(awake)) {
      read(file, batch, now);
      if (batch.isFull() || file.isUnpacked()) {
        unfinished = Optional.of(file);
        break;
      }
    }
    turns.endedAt(unfinished);
    for (TailedFile file : awake) {
      if (file.handedOut != file.offset) {
        file.handedOut = file.offset;
        batch.readTo(file);
      }
    }
    forget(awake, now);
    Lags.measure(patterns, files, now);
    awake.forEach(TailedFile::rest);
    return batch;
  }

  /** Returns the files about which something may be to be done; of many thousand they are few. */
  private List<TailedFile> awake(Instant now) {
    long millis = now.toEpochMilli();
    var awake = new ArrayList<TailedFile>();
    for (TailedFile file : files) {
      if (file.isAwake(millis)) {
        awake.add(file);
      }
    }
    return awake;
  }

  /** Takes note that the events of a batch are acknowledged, and those of all before it. */
  public void acknowledge(Batch batch) {
    batch.acknowledge();
  }

  /** Returns how far each file is acknowledged. */
  public List<FilePosition> positions() {
    return files.stream()
        .filter(file -> !file.key.isEmpty() && file.original.isEmpty())
        .map(TailedFile::position)
        .toList();
  }

  /** Returns what was counted, for each pattern. May be called from any thread. */
  public List<PatternCounts> counts() {
    return patterns.stream().map(PatternCounts::of).toList();
  }

  @Override
  public void close() {
    files.forEach(TailedFile::close);
  }

  /** A file that was cut off has two positions: the later one is that of what is there now. */
  private void restore(List<FilePosition> positions) {
    Map<String, TailedFile> current = new HashMap<>();
    for (FilePosition position : positions) {
      Optional<PatternState> pattern = scan.patternOf(position.path());
      if (pattern.isPresent()) {
        var file = new TailedFile(pattern.get(), position);
        files.add(file);
        TailedFile other = current.putIfAbsent(position.identity().toString(), file);
        if (other != null) {
          boolean isLater = file.generation > other.generation;
          (isLater ? other : file).isReplaced = true;
          current.put(position.identity().toString(), isLater ? file : other);
        }
      }
    }
  }

  /** Looks whether a file is still where it was, and has grown. Returns false if all is well. */
  private boolean look(TailedFile file, Instant now) {
    if (file.found.isEmpty() || !file.isLookDue(now)) {
      return false;
    }
    try {
      Optional<FoundFile> there = file.look();
      if (there.isEmpty() || !there.get().identity().canBe(file.identity)) {
        return true;
      }
      file.foundAt(there.get(), file.isLive, now);
      return false;
    } catch (IOException e) {
      file.pattern.unreadable(file.path, e, problems);
      return false;
    }
  }

  private void read(TailedFile file, Batch batch, Instant now) {
    if (file.original.isPresent() || file.isGone() || file.offset == FileScan.NOTHING_TO_READ) {
      return;
    }
    try {
      if (file.found.isEmpty()
          && file.content.orElseThrow() instanceof PlainContent content
          && content.size() != file.size) {
        file.size = content.size();
        file.changedAt(now);
      }
      if (!file.isCompressed() && file.size < file.offset) {
        replaced(file, batch, now);
        return;
      }
      End end = end(file, now);
      boolean isUnended = file.ended.compareTo(end) < 0 && file.offset < file.size;
      if (!file.isDrained || isUnended) {
        reader.read(file, end, batch, now);
        if (file.isDrained) {
          TimeZoneCheck.check(file, problems);
        }
      }
      letGo(file, now);
      file.pattern.readable(file.path);
    } catch (ReplacedException e) {
      replaced(file, batch, now);
    } catch (NoSuchFileException e) {
      // Renamed between two looks: the next one says what it is called now.
      file.lookSoon();
    } catch (EOFException | ZipException e) {
      // Half a compressed file, or none at all: it is read on when it has changed.
      file.close();
      file.isDrained = true;
      file.ended = End.BYTES;
      file.pattern.unreadable(file.path, e, problems);
    } catch (IOException e) {
      if (file.isCompressed()) {
        file.close();
      }
      file.pattern.unreadable(file.path, e, problems);
    }
  }

  /** What is compressed is finished. A file that has its name is finished never. */
  private static End end(TailedFile file, Instant now) {
    if (file.isCompressed()) {
      return End.BYTES;
    }
    Duration silent = Duration.between(file.changed, now);
    if (!file.isLive && silent.compareTo(FINISHED) >= 0) {
      return End.BYTES;
    }
    return silent.compareTo(PAUSE) >= 0 ? End.LINES : End.OPEN;
  }

  /**
   * A file without a name is kept open until nothing is to be expected of it any more. A compressed
   * one is finished when it is read: each that is open takes more than a megabyte.
   */
  private static void letGo(TailedFile file, Instant now) {
    boolean isSilent = Duration.between(file.changed, now).compareTo(FINISHED) >= 0;
    if (file.isDrained && (file.isCompressed() || (isSilent && file.found.isEmpty()))) {
      file.close();
    }
  }

  /** What was not read is in a copy, or nowhere; the file begins anew. */
  private void replaced(TailedFile file, Batch batch, Instant now) {
    file.pattern.truncations.increment();
    file.pattern.possibleLosses.increment();
    file.close();
    file.found.ifPresent(found -> {
      var next = new TailedFile(file.pattern, found, file.isLive, now);
      next.generation = file.generation + 1;
      files.add(next);
    });
    file.lost();
    file.changed = now;
    file.isReplaced = true;
    batch.announce();
    batch.more();
  }

  private void forget(List<TailedFile> awake, Instant now) {
    long millis = now.toEpochMilli();
    files.removeIf(file -> {
      if (!file.isAwake(millis)) {
        return false;
      }
      boolean isOld = Duration.between(file.changed, now).compareTo(REMEMBERED) >= 0;
      boolean isSettled = file.acknowledged == file.offset;
      return (file.isGone() && isOld && isSettled)
          || (file.found.isEmpty() && file.original.isPresent());
    });
    // What is open never rests.
    long open = awake.stream().filter(file -> file.content.isPresent()).count();
    for (TailedFile file : awake) {
      if (open > MAX_IDLE_OPEN && file.found.isPresent() && file.isDrained) {
        file.close();
        open--;
      }
    }
  }
}
