package io.mqexporter.config;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;

/** The configuration file. */
public final class ConfigFile {

  private static final int MAX_BYTES = 1 << 20;

  private ConfigFile() {}

  /**
   * Reads a configuration file, and the files that it refers to.
   *
   * @param environment the variables that it may refer to
   * @throws ConfigException with everything that is wrong in it
   */
  public static Config load(Path file, Map<String, String> environment) throws ConfigException {
    var errors = new ConfigErrors(file);
    Optional<Config> config = read(file, environment, errors);
    errors.throwIfAny();
    return config.orElseThrow();
  }

  private static Optional<Config> read(
      Path file, Map<String, String> environment, ConfigErrors errors) {
    var hiddenKeys = new HashSet<String>();
    var scalars = new ScalarReader(errors, new References(file, environment), hiddenKeys);
    return readText(file, errors)
        .flatMap(text -> YamlDocument.parse(text, errors))
        .flatMap(root -> Section.read(root, scalars, ConfigDecoder::decode))
        .map(config -> config.hiding(hiddenKeys));
  }

  private static Optional<String> readText(Path file, ConfigErrors errors) {
    try {
      return Optional.of(TextFile.read(file, MAX_BYTES));
    } catch (TextFile.UnreadableException e) {
      errors.add(e.line(), "", e.reason(), "a YAML file of at most 1 MiB");
      return Optional.empty();
    }
  }
}
