package io.mqexporter.config;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

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
    return load(file, environment, TargetSections.NONE);
  }

  /**
   * Reads a configuration file that is then followed.
   *
   * @param environment the variables that it may refer to
   * @param problems is told in one line what cannot be read any more when files have changed
   * @throws ConfigException with everything that is wrong in it
   */
  public static LiveConfig follow(
      Path file, Map<String, String> environment, Consumer<String> problems)
      throws ConfigException {
    var sections = new HashMap<String, Section>();
    var texts = new HashMap<String, String>();
    Config config =
        load(
            file,
            environment,
            (name, section, text) -> {
              sections.put(name, section);
              texts.put(name, text);
            });
    Map<String, LiveTarget> targets =
        config.targets().stream()
            .collect(
                Collectors.toMap(
                    TargetConfig::name,
                    target -> {
                      Section section = requireNonNull(sections.get(target.name()));
                      return new LiveTarget(target, section, file, environment, problems);
                    }));
    return new LiveConfig(config, targets, texts);
  }

  private static Config load(Path file, Map<String, String> environment, TargetSections targets)
      throws ConfigException {
    var errors = new ConfigErrors(file);
    Optional<Config> config = read(file, environment, errors, targets);
    errors.throwIfAny();
    return config.orElseThrow();
  }

  private static Optional<Config> read(
      Path file, Map<String, String> environment, ConfigErrors errors, TargetSections targets) {
    var hiddenKeys = new HashSet<String>();
    var scalars = new ScalarReader(errors, new References(file, environment), hiddenKeys);
    return readText(file, errors)
        .flatMap(text -> YamlDocument.parse(text, errors))
        .flatMap(
            root -> Section.read(root, scalars, section -> ConfigDecoder.decode(section, targets)))
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
