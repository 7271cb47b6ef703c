package io.mqexporter.logs.tail;

import io.mqexporter.logs.journal.FileIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A file as it was found under a name.
 *
 * @param path the name
 * @param identity which file it is
 * @param size its bytes
 * @param modified when it was written to last
 */
record FoundFile(Path path, FileIdentity identity, long size, Instant modified) {

  /**
   * Returns what a name stands for; empty if it is no file.
   *
   * @param known the files that are known, by their number
   */
  static Optional<FoundFile> at(Path path, Map<String, FileIdentity> known) throws IOException {
    try {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      return attributes.isRegularFile()
          ? Optional.of(
              new FoundFile(
                  path,
                  FileIdentity.of(path, attributes, known),
                  attributes.size(),
                  attributes.lastModifiedTime().toInstant()))
          : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  boolean isCompressed() {
    return name().endsWith(".gz");
  }

  String name() {
    return path.getFileName().toString();
  }

  /** Returns what the name of a log and those that rotation makes of it have in common. */
  static String stem(Path path) {
    String name = path.getFileName().toString();
    int dot = name.indexOf('.', 1);
    return dot < 0 ? name : name.substring(0, dot);
  }

  /**
   * Opens it: the name stands for the same file before and after, so it does while it is opened.
   *
   * @throws IOException if it cannot be opened, or if the name stands for another file now
   */
  Content open() throws IOException {
    Content content = isCompressed() ? new GzipContent(path) : new PlainContent(path);
    Optional<FoundFile> now = at(path, Map.of(identity.inode(), identity));
    if (now.isEmpty() || !now.get().identity().canBe(identity)) {
      content.close();
      throw new NoSuchFileException(path.toString());
    }
    return content;
  }
}
