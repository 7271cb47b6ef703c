package io.mqexporter.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The files that properties of Kafka's client name, such as a key store or a key tab in the text of
 * a JAAS configuration. The client reads them when it is made.
 */
final class NamedFiles {

  private static final Pattern ABSOLUTE =
      Pattern.compile("(?:^|[\\s\"'=,;])(?:file:(?://)?)?(/[^\\s\"',;]+)");

  private NamedFiles() {}

  /** Returns what looks like the path of a file. */
  static Set<Path> of(Map<String, String> properties) {
    var files = new HashSet<Path>();
    properties.forEach((name, value) -> {
      if (name.endsWith(".location") || name.endsWith(".file")) {
        add(value.strip(), files);
      }
      ABSOLUTE.matcher(value).results().forEach(match -> add(match.group(1), files));
    });
    return files;
  }

  private static void add(String path, Set<Path> files) {
    try {
      files.add(Path.of(path));
    } catch (InvalidPathException e) {
      // Then it names no file, and what the client says of it will be shown.
      return;
    }
  }
}
