package io.mqexporter.logs.tail;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;

/** A pattern of names, such as {@code /var/log/kafka/*.log}, and the names that rotation makes. */
final class PathPattern {

  /** Where logback's configuration for RocketMQ puts what it has compressed. */
  private static final String OTHER_DAYS = "otherdays";

  private final String text;
  private final Path root;
  private final List<PathMatcher> folders = new ArrayList<>();
  private final PathMatcher live;
  private final PathMatcher rotated;
  private final PathMatcher rotatedElsewhere;
  private final List<PathMatcher> excluded;

  /** A name, and whether it is the one that is written to. */
  record Name(Path path, boolean isLive) {}

  PathPattern(String text, List<String> excluded) {
    this.text = text;
    this.excluded = excluded.stream().map(PathPattern::glob).toList();
    String[] parts = text.substring(1).split("/", -1);
    int fixed = 0;
    var start = new StringBuilder("/");
    while (fixed < parts.length - 1 && !parts[fixed].matches(".*[*?\\[{].*")) {
      start.append(parts[fixed++]).append('/');
    }
    root = Path.of(start.toString());
    for (int i = fixed; i < parts.length - 1; i++) {
      folders.add(glob(parts[i]));
    }
    String name = parts[parts.length - 1];
    String stem = name.endsWith(".log") ? name.substring(0, name.length() - 4) : name;
    live = glob(name);
    rotated = glob(name + "[-.]*");
    rotatedElsewhere = glob(stem + ".*");
  }

  /** Returns the pattern as it is configured. */
  String text() {
    return text;
  }

  /** Returns the folders that may hold such names. */
  List<Path> folders() throws IOException {
    List<Path> found = List.of(root);
    for (PathMatcher folder : folders) {
      var next = new ArrayList<Path>();
      for (Path parent : found) {
        for (Path child : list(parent)) {
          if (folder.matches(child.getFileName()) && Files.isDirectory(child)) {
            next.add(child);
          }
        }
      }
      found = next;
    }
    var all = new ArrayList<Path>();
    for (Path folder : found) {
      all.add(folder);
      all.add(folder.resolve(OTHER_DAYS));
    }
    return all;
  }

  /** Returns the names in one of the folders. */
  List<Name> names(Path folder) throws IOException {
    boolean elsewhere = folder.endsWith(OTHER_DAYS);
    var names = new ArrayList<Name>();
    for (Path path : list(folder)) {
      Path name = path.getFileName();
      boolean isRotated = elsewhere ? rotatedElsewhere.matches(name) : rotated.matches(name);
      boolean isLive = !elsewhere && live.matches(name) && !name.toString().endsWith(".gz");
      if ((isLive || isRotated) && excluded.stream().noneMatch(e -> e.matches(name))) {
        names.add(new Name(path, isLive));
      }
    }
    return names;
  }

  /** Returns whether a name may be one of them. */
  boolean mayHold(Path path) {
    List<Path> parts = new ArrayList<>();
    path.forEach(parts::add);
    Path name = parts.removeLast();
    boolean elsewhere = !parts.isEmpty() && parts.getLast().endsWith(OTHER_DAYS);
    if (elsewhere) {
      parts.removeLast();
    }
    int fixed = root.getNameCount();
    if (parts.size() != fixed + folders.size() || !path.startsWith(root)) {
      return false;
    }
    for (int i = 0; i < folders.size(); i++) {
      if (!folders.get(i).matches(parts.get(fixed + i))) {
        return false;
      }
    }
    return elsewhere ? rotatedElsewhere.matches(name) : live.matches(name) || rotated.matches(name);
  }

  private static List<Path> list(Path folder) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      var paths = new ArrayList<Path>();
      entries.forEach(paths::add);
      paths.sort(null);
      return paths;
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  private static PathMatcher glob(String pattern) {
    return FileSystems.getDefault().getPathMatcher("glob:" + pattern);
  }
}
