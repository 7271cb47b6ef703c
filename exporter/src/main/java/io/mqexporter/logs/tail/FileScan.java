package io.mqexporter.logs.tail;

import io.mqexporter.logs.journal.Excerpt;
import io.mqexporter.logs.journal.FileIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Finds out which files there are, and under which names. A folder is listed when it has changed,
 * and now and then in any case.
 */
final class FileScan {

  /** The offset of a file that is left alone for good. */
  static final long NOTHING_TO_READ = Long.MAX_VALUE;

  private static final Duration IN_ANY_CASE = Duration.ofSeconds(10);

  /** The part of the time that listing in any case may take, where there are very many files. */
  private static final int SHARE = 200;

  private static final Duration SETTLED = Duration.ofSeconds(1);

  private final List<PatternState> patterns;
  private final List<TailedFile> files;
  private final Copies copies;
  private final FileReader reader;
  private final Consumer<String> problems;
  private final Map<Path, FileTime> folders = new HashMap<>();

  /** Whether what is there now was there before the agent came. */
  private boolean isFirst;

  private boolean isPostponed;
  private Instant next = Instant.MIN;

  private record Found(PatternState pattern, FoundFile file, boolean isLive) {}

  FileScan(
      List<PatternState> patterns,
      List<TailedFile> files,
      Copies copies,
      FileReader reader,
      boolean isFirst,
      Consumer<String> problems) {
    this.patterns = patterns;
    this.files = files;
    this.copies = copies;
    this.reader = reader;
    this.isFirst = isFirst;
    this.problems = problems;
  }

  /** Returns the pattern that a file belongs to, whatever rotation made of its name. */
  Optional<PatternState> patternOf(String path) {
    return patterns.stream().filter(pattern -> pattern.paths.mayHold(Path.of(path))).findFirst();
  }

  boolean isDue(Instant now) {
    return isPostponed
        || !now.isBefore(next)
        || folders.entrySet().stream().anyMatch(this::hasChanged);
  }

  private boolean hasChanged(Map.Entry<Path, FileTime> folder) {
    return !modified(folder.getKey()).equals(folder.getValue());
  }

  /** Looks under which names all files are now, and takes up those that are new. */
  void run(Instant now, Batch batch) {
    long start = System.nanoTime();
    isPostponed = false;
    Map<String, FileIdentity> known = new HashMap<>();
    files.forEach(file -> known.put(file.identity.inode(), file.identity));
    Map<String, Found> found = find(known, now);
    var taken = new ArrayList<String>();
    for (TailedFile file : files) {
      Found there = file.isReplaced ? null : found.get(file.identity.inode());
      if (there != null && there.file().identity().canBe(file.identity)) {
        taken.add(file.identity.inode());
        file.foundAt(there.file(), there.isLive(), now);
      } else if (file.found.isPresent()) {
        file.lost();
        file.changed = now;
      }
    }
    taken.forEach(found::remove);
    found.values().forEach(file -> takeUp(file, now, batch));
    isFirst = false;
    Duration rare = Duration.ofNanos(System.nanoTime() - start).multipliedBy(SHARE);
    next = now.plus(rare.compareTo(IN_ANY_CASE) < 0 ? IN_ANY_CASE : rare);
  }

  private Map<String, Found> find(Map<String, FileIdentity> known, Instant now) {
    var found = new LinkedHashMap<String, Found>();
    folders.clear();
    for (PatternState pattern : patterns) {
      try {
        for (Path folder : pattern.paths.folders()) {
          folders.put(folder, settled(folder, now));
          for (PathPattern.Name name : pattern.paths.names(folder)) {
            find(pattern, name, known, found);
          }
        }
        pattern.readable(Path.of(pattern.name()));
      } catch (IOException e) {
        pattern.unreadable(Path.of(pattern.name()), e, problems);
      }
    }
    return found;
  }

  private void find(
      PatternState pattern,
      PathPattern.Name name,
      Map<String, FileIdentity> known,
      Map<String, Found> found) {
    try {
      FoundFile.at(name.path(), known)
          .ifPresent(file ->
              found.putIfAbsent(file.identity().inode(), new Found(pattern, file, name.isLive())));
    } catch (IOException e) {
      pattern.unreadable(name.path(), e, problems);
    }
  }

  private void takeUp(Found found, Instant now, Batch batch) {
    var file = new TailedFile(found.pattern(), found.file(), found.isLive(), now);
    boolean isEmpty = file.size == 0;
    try {
      if (isFirst && (!found.isLive() || found.pattern().source.fromEnd())) {
        if (!isEmpty) {
          leaveAlone(file, now);
          batch.announce();
        }
      } else if (!isEmpty && !copies.place(file, now)) {
        isPostponed = true;
        return;
      }
      files.add(file);
    } catch (IOException e) {
      file.close();
      isPostponed = true;
      if (!(e instanceof NoSuchFileException)) {
        found.pattern().unreadable(file.path, e, problems);
      }
    }
  }

  /** What was there before the agent came is not read, but known. */
  private void leaveAlone(TailedFile file, Instant now) throws IOException {
    reader.identify(file, now);
    file.offset = file.isCompressed() ? NOTHING_TO_READ : file.size;
    if (!file.isCompressed()) {
      int length = (int) Math.min(Excerpt.TAIL, file.size);
      file.tail = file.open().excerpt(file.size - length, length);
    }
    file.acknowledge();
    file.close();
  }

  /**
   * Returns when a folder changed last, before its names are read. File systems tell times in steps
   * of milliseconds: a folder that has just changed may change once more within the same step, so
   * it is listed again in any case.
   */
  private static FileTime settled(Path folder, Instant now) {
    FileTime modified = modified(folder);
    return modified.toInstant().isBefore(now.minus(SETTLED)) ? modified : FileTime.fromMillis(-1);
  }

  private static FileTime modified(Path folder) {
    try {
      return Files.getLastModifiedTime(folder);
    } catch (IOException e) {
      return FileTime.fromMillis(0);
    }
  }
}
