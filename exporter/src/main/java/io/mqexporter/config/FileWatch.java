package io.mqexporter.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * Sees that a file has changed, however it is replaced, and that whoever wrote it seems to have
 * ended. Not safe for use by several threads.
 */
public final class FileWatch {

  private final Set<Path> file;
  private Map<Path, FileStamp> known;
  private Map<Path, FileStamp> seen;

  /** Begins with the file as it is now, which must not have been read before. */
  public FileWatch(Path file) {
    this.file = Set.of(file);
    this.known = FileStamp.of(this.file);
    this.seen = known;
  }

  /**
   * Returns, once for each change, whether the file has changed and was the same at the last look.
   */
  public boolean hasChanged() {
    Map<Path, FileStamp> now = FileStamp.of(file);
    boolean settled = now.equals(seen);
    seen = now;
    if (!settled || now.equals(known)) {
      return false;
    }
    known = now;
    return true;
  }
}
