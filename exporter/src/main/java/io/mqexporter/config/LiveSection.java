package io.mqexporter.config;

import io.mqexporter.collector.Settings;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What one part of the configuration says, read anew whenever a file has changed that a value comes
 * from or names. As long as something cannot be read, the former values stay.
 */
final class LiveSection<T> implements Settings<T> {

  private final String name;
  private final Section section;
  private final Reader<T> reader;
  private final Path configFile;
  private final Map<String, String> environment;
  private final Consumer<String> problems;
  private Map<Path, FileStamp> stamps = Map.of();
  private Edition<T> edition;
  private String problem = "";

  /**
   * How a section is read.
   *
   * @param decoder makes a value of it
   * @param namedFiles returns the files that a value names, and whose content belongs to it
   */
  record Reader<T>(Function<Section, Optional<T>> decoder, Function<T, Set<Path>> namedFiles) {}

  /**
   * Creates one that begins with what has been read already. Files are looked at when it is first
   * asked for: of a target that goes on as it is when the file is read again it never is.
   *
   * @param name what it is called in messages
   * @param problems is told in one line what cannot be read any more
   */
  LiveSection(
      String name,
      T first,
      Section section,
      Reader<T> reader,
      Path configFile,
      Map<String, String> environment,
      Consumer<String> problems) {
    this.name = name;
    this.section = section;
    this.reader = reader;
    this.configFile = configFile;
    this.environment = environment;
    this.problems = problems;
    this.edition = new Edition<>(first, 0);
  }

  @Override
  public synchronized Edition<T> current() {
    if (edition.number() == 0 || !FileStamp.of(stamps.keySet()).equals(stamps)) {
      read();
    }
    return edition;
  }

  private void read() {
    Map<Path, FileStamp> before = FileStamp.of(stamps.keySet());
    var errors = new ConfigErrors(configFile);
    var references = new References(configFile, environment);
    var scalars = new ScalarReader(errors, references, new HashSet<>());
    Optional<T> value = reader.decoder().apply(section.with(scalars));
    Optional<String> error = errors.first().map(ConfigError::toString);
    Set<Path> files = new HashSet<>(references.files());
    if (error.isPresent() || value.isEmpty()) {
      complain(error.orElse("it cannot be read"));
      return;
    }
    files.addAll(reader.namedFiles().apply(value.get()));
    if (files.equals(before.keySet())) {
      problem = "";
      stamps = before;
      edition = new Edition<>(value.get(), edition.number() + 1);
    } else {
      // A stamp must be older than what was read, or a change in between would never be seen.
      stamps = FileStamp.of(files);
      read();
    }
  }

  /** Says it once; the stamps stay as they are, so that it is tried again. */
  private void complain(String error) {
    if (!error.equals(problem)) {
      problem = error;
      problems.accept(name + ": a file has changed, the former values stay: " + error);
    }
  }
}
