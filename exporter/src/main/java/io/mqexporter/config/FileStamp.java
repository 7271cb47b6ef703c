package io.mqexporter.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What tells that a file has changed, without reading it. Links are followed: Kubernetes renews a
 * mounted secret by pointing a link at another folder.
 *
 * @param file which file it is, however it is named; empty if there is none
 */
record FileStamp(String file, Instant modified, long bytes) {

  private static final FileStamp NONE = new FileStamp("", Instant.EPOCH, 0);

  /** Returns the stamps of files. */
  static Map<Path, FileStamp> of(Set<Path> files) {
    var stamps = new HashMap<Path, FileStamp>();
    files.forEach(file -> stamps.put(file, of(file)));
    return stamps;
  }

  private static FileStamp of(Path path) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      return new FileStamp(
          String.valueOf(attributes.fileKey()),
          attributes.lastModifiedTime().toInstant(),
          attributes.size());
    } catch (IOException e) {
      return NONE;
    }
  }
}
