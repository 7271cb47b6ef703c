package io.mqexporter.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The errors found so far in one file. Only the first of them are kept. */
final class ConfigErrors {

  private static final int MAX_KEPT = 50;

  private final Path file;
  private final List<ConfigError> errors = new ArrayList<>();
  private int count;

  ConfigErrors(Path file) {
    this.file = file;
  }

  /** Notes an error; the parameters are those of {@link ConfigError}. */
  void add(int line, String key, String found, String expected) {
    count++;
    if (errors.size() < MAX_KEPT) {
      errors.add(new ConfigError(file, line, key, found, expected));
    }
  }

  /** Returns the first error that was noted. */
  Optional<ConfigError> first() {
    return errors.stream().findFirst();
  }

  /** Throws what was noted, unless that is nothing. */
  void throwIfAny() throws ConfigException {
    if (count > 0) {
      errors.sort(Comparator.comparingInt(ConfigError::line));
      throw new ConfigException(errors, count - errors.size());
    }
  }
}
