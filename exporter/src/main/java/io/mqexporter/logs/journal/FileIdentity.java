package io.mqexporter.logs.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Which file something is, whatever it is called. A file system gives the number of a deleted file
 * to the next one at once, so the time of birth belongs to it.
 *
 * @param inode device and number of the file, as the JDK prints them
 * @param birthNanos when the file was created, since the epoch; 0 where that is not known
 */
public record FileIdentity(String inode, long birthNanos) {

  /**
   * Returns which file attributes belong to.
   *
   * @param known the files that are known, by their number
   */
  public static FileIdentity of(
      Path path, BasicFileAttributes attributes, Map<String, FileIdentity> known)
      throws IOException {
    Object key = attributes.fileKey();
    if (key == null) {
      throw new IOException(path + ": its file system has no numbers for files");
    }
    FileTime birth = attributes.creationTime();
    FileIdentity same = known.get(key.toString());
    if (same != null && same.birthNanos == birth.to(TimeUnit.NANOSECONDS)) {
      return same;
    }
    // Where the time of birth is not known, the JDK returns that of the last change instead.
    boolean isKnown = isOlder(attributes) || isOlder(folderOf(path));
    return new FileIdentity(key.toString(), isKnown ? birth.to(TimeUnit.NANOSECONDS) : 0);
  }

  private static boolean isOlder(BasicFileAttributes attributes) {
    return !attributes.creationTime().equals(attributes.lastModifiedTime());
  }

  /** A file may be as old as its content, but its folder is older than the file in it. */
  private static BasicFileAttributes folderOf(Path path) throws IOException {
    return Files.readAttributes(path.toRealPath().resolveSibling("."), BasicFileAttributes.class);
  }

  /** Returns whether both can be the same file: what is not known differs from nothing. */
  public boolean canBe(FileIdentity other) {
    return inode.equals(other.inode)
        && (birthNanos == other.birthNanos || birthNanos == 0 || other.birthNanos == 0);
  }

  /** Returns the one of two that says more. */
  public FileIdentity orMore(FileIdentity other) {
    return birthNanos == 0 ? other : this;
  }
}
