package io.mqexporter.logs.tail;

import io.mqexporter.logs.journal.Excerpt;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Recognises copies: what {@code copytruncate} leaves, what is compressed after it was rotated,
 * what was moved from another file system. Of a copy only that is read which was not read of its
 * original; as long as the original is there, nothing is.
 */
final class Copies {

  private static final Duration STABLE = Duration.ofSeconds(5);
  private static final Duration COMPRESSED = Duration.ofSeconds(2);
  private static final int CHUNK = 64 << 10;

  private final List<TailedFile> files;

  Copies(List<TailedFile> files) {
    this.files = files;
  }

  /**
   * Decides what a file is that was not there before.
   *
   * @return false if that cannot be told yet
   */
  boolean place(TailedFile file, Instant now) throws IOException {
    boolean isFresh = Duration.between(file.modified, now).compareTo(COMPRESSED) < 0;
    if (file.isCompressed() && isFresh && !file.modified.isAfter(now)) {
      return false;
    }
    String stem = FoundFile.stem(file.path);
    List<TailedFile> candidates =
        files.stream()
            .filter(other -> other.head.length() > 0 && other.original.isEmpty())
            .filter(other -> FoundFile.stem(other.path).equals(stem))
            .filter(other -> !file.isLive || other.isGone())
            .toList();
    if (candidates.isEmpty()) {
      return true;
    }
    Optional<TailedFile> original = Optional.empty();
    var beginnings = new Beginnings(file.open());
    for (TailedFile candidate : candidates) {
      if (holds(beginnings, candidate)) {
        original = Optional.of(candidate);
        break;
      }
      if (!file.isLive && beginsLike(file, beginnings, candidate)) {
        original = Optional.of(candidate);
      }
    }
    file.close();
    file.original = original;
    return true;
  }

  /** Looks what has become of the originals of those among some files that may be copies. */
  void resolve(List<TailedFile> some, Instant now, Batch batch) {
    for (TailedFile file : some) {
      if (file.original.isPresent() && file.found.isPresent()) {
        try {
          resolve(file, file.original.get(), now, batch);
        } catch (IOException e) {
          // Half a file perhaps: it is looked at again.
          file.close();
        }
      }
    }
  }

  private void resolve(TailedFile file, TailedFile original, Instant now, Batch batch)
      throws IOException {
    boolean isStable = Duration.between(file.changed, now).compareTo(STABLE) >= 0;
    if (original.isReplaced || original.isGone()) {
      if (holds(new Beginnings(file.open()), original)) {
        takeOver(file, original, now, batch);
      } else if (isStable) {
        standAlone(file, original);
      }
    } else if (isStable && file.comparedSize != file.size) {
      file.comparedSize = file.size;
      if (!isBeginningOf(file, original)) {
        file.original = Optional.empty();
      }
    }
    file.close();
  }

  /** A copy that was made before the last lines were read holds nothing that is new. */
  private static void standAlone(TailedFile file, TailedFile original) {
    boolean isOlderCopy = original.isReplaced && file.size < original.offset;
    file.original = Optional.empty();
    if (isOlderCopy && !file.isCompressed()) {
      file.key = original.key;
      file.head = original.head;
      file.generation = original.generation;
      file.offset = FileScan.NOTHING_TO_READ;
      file.acknowledge();
    }
  }

  /** The original's position is that of the copy from now on. */
  private void takeOver(TailedFile file, TailedFile original, Instant now, Batch batch) {
    file.close();
    original.close();
    original.isReplaced = false;
    original.identity = file.identity;
    original.foundAt(file.found.orElseThrow(), file.isLive, now);
    original.changedAt(now);
    original.lookSoon();
    // Taken off the list with those that have no name and are copies.
    file.lost();
    batch.announce();
  }

  /**
   * The beginnings of a file, each read once: there may be thousands of others to compare it with.
   */
  private static final class Beginnings {

    private final Content content;
    private final Map<Integer, Excerpt> byLength = new HashMap<>();

    private Beginnings(Content content) {
      this.content = content;
    }

    private Excerpt ofLength(int length) throws IOException {
      Excerpt known = byLength.get(length);
      if (known != null) {
        return known;
      }
      Excerpt read = content.excerpt(0, length);
      byLength.put(length, read);
      return read;
    }
  }

  /** Returns whether a file has the bytes that were read last of another, at the same place. */
  private static boolean holds(Beginnings file, TailedFile original) throws IOException {
    if (original.offset == FileScan.NOTHING_TO_READ
        || !file.ofLength(original.head.length()).equals(original.head)) {
      return false;
    }
    int length = original.tail.length();
    return file.content.excerpt(original.offset - length, length).equals(original.tail);
  }

  private static boolean beginsLike(TailedFile file, Beginnings beginnings, TailedFile original)
      throws IOException {
    Excerpt beginning = beginnings.ofLength(original.head.length());
    boolean isShorter = beginning.length() < original.head.length();
    return beginning.equals(original.head)
        || (isShorter && original.found.isPresent() && isBeginningOf(file, original));
  }

  private static boolean isBeginningOf(TailedFile file, TailedFile original) throws IOException {
    Content copy = file.open();
    Content other = original.open();
    var copied = new byte[CHUNK];
    var expected = new byte[CHUNK];
    long position = 0;
    while (true) {
      int read = copy.read(copied, 0, CHUNK, position);
      if (read < 0) {
        return true;
      }
      int have = 0;
      while (have < read) {
        int more = other.read(expected, have, read - have, position + have);
        if (more < 0) {
          return false;
        }
        have += more;
      }
      if (!Arrays.equals(copied, 0, read, expected, 0, read)) {
        return false;
      }
      position += read;
    }
  }
}
