package io.mqexporter.config;

import io.mqexporter.collector.Settings;
import io.mqexporter.jmx.JmxConfig;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * How one target is reached, read anew whenever a file has changed that a value comes from or
 * names. As long as something cannot be read, the former values stay.
 */
final class LiveTarget implements Settings<Sources> {

  private final String name;
  private final Section section;
  private final Path configFile;
  private final Map<String, String> environment;
  private final Consumer<String> problems;
  private Map<Path, FileStamp> stamps = Map.of();
  private Edition<Sources> edition;
  private String problem = "";

  /**
   * Creates one that begins with what has been read already.
   *
   * @param section what the configuration file says of the target
   * @param problems is told in one line what cannot be read any more
   */
  LiveTarget(
      TargetConfig target,
      Section section,
      Path configFile,
      Map<String, String> environment,
      Consumer<String> problems) {
    this.name = target.name();
    this.section = section;
    this.configFile = configFile;
    this.environment = environment;
    this.problems = problems;
    this.edition = new Edition<>(new Sources(target.broker(), target.jmx()), 0);
    read();
  }

  @Override
  public synchronized Edition<Sources> current() {
    if (!FileStamp.of(stamps.keySet()).equals(stamps)) {
      read();
    }
    return edition;
  }

  private void read() {
    Map<Path, FileStamp> before = FileStamp.of(stamps.keySet());
    var errors = new ConfigErrors(configFile);
    var references = new References(configFile, environment);
    var scalars = new ScalarReader(errors, references, new HashSet<>());
    Optional<Sources> sources = BrokerDecoder.decode(section.with(scalars), name);
    Optional<String> error = errors.first().map(ConfigError::toString);
    Set<Path> files = new HashSet<>(references.files());
    if (error.isPresent() || sources.isEmpty()) {
      complain(error.orElse("it cannot be read"));
      return;
    }
    files.addAll(namedFiles(sources.get().broker()));
    sources.get().jmx().map(JmxConfig::files).ifPresent(files::addAll);
    if (files.equals(before.keySet())) {
      problem = "";
      stamps = before;
      edition = new Edition<>(sources.get(), edition.number() + 1);
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

  private static Set<Path> namedFiles(BrokerConfig broker) {
    return switch (broker) {
      case BrokerConfig.Kafka(var kafka) -> NamedFiles.of(kafka.properties());
      case BrokerConfig.RabbitMq _, BrokerConfig.RocketMq _ -> Set.of();
    };
  }
}
