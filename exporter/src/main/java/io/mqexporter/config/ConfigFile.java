package io.mqexporter.config;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    return load(file, environment, FollowedSections.NONE);
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
    var sections =
        new Sections(new HashMap<>(), new HashMap<>(), new ArrayList<>(), new ArrayList<>());
    Config config = load(file, environment, sections);
    var ofTargets =
        config.targets().stream()
            .collect(
                Collectors.toMap(
                    TargetConfig::name,
                    target ->
                        new LiveSection<>(
                            target.name(),
                            new Sources(target.broker(), target.jmx()),
                            requireNonNull(sections.targets().get(target.name())),
                            new LiveSection.Reader<>(
                                section -> BrokerDecoder.decode(section, target.name()),
                                Sources::files),
                            file,
                            environment,
                            problems)));
    var ofLogs =
        config
            .logs()
            .map(logs ->
                new LiveSection<>(
                    "logs",
                    logs,
                    sections.logs().getFirst(),
                    new LiveSection.Reader<>(
                        section -> LogsDecoder.decode(section, config.targets()), _ -> Set.of()),
                    file,
                    environment,
                    problems));
    var ofOtlp =
        config
            .otlp()
            .map(otlp ->
                new LiveSection<>(
                    "otlp",
                    otlp,
                    sections.otlp().getFirst(),
                    new LiveSection.Reader<>(OtlpDecoder::decode, _ -> Set.of()),
                    file,
                    environment,
                    problems));
    return new LiveConfig(config, ofTargets, ofLogs, ofOtlp, sections.texts());
  }

  /** What is read again when a file has changed that a value comes from. */
  private record Sections(
      Map<String, Section> targets,
      Map<String, String> texts,
      List<Section> logs,
      List<Section> otlp)
      implements FollowedSections {

    @Override
    public void target(String name, Section section, String text) {
      targets.put(name, section);
      texts.put(name, text);
    }

    @Override
    public void logs(Section section) {
      logs.add(section);
    }

    @Override
    public void otlp(Section section) {
      otlp.add(section);
    }
  }

  private static Config load(Path file, Map<String, String> environment, FollowedSections followed)
      throws ConfigException {
    var errors = new ConfigErrors(file);
    Optional<Config> config = read(file, environment, errors, followed);
    errors.throwIfAny();
    return config.orElseThrow();
  }

  private static Optional<Config> read(
      Path file, Map<String, String> environment, ConfigErrors errors, FollowedSections followed) {
    var hiddenKeys = new HashSet<String>();
    var scalars = new ScalarReader(errors, new References(file, environment), hiddenKeys);
    return readText(file, errors)
        .flatMap(text -> YamlDocument.parse(text, errors))
        .flatMap(
            root -> Section.read(root, scalars, section -> ConfigDecoder.decode(section, followed)))
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
