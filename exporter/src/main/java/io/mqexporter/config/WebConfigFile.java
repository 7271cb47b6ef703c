package io.mqexporter.config;

import io.mqexporter.config.WebConfig.Tls;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A file of {@code --web.config.file}, which is followed: what it says holds as soon as it or a
 * file that it names has changed, and the last that was good as long as it is not.
 */
public final class WebConfigFile {

  private static final int MAX_BYTES = 1 << 20;

  private final Path file;
  private final Function<Tls, Optional<String>> problem;
  private Map<Path, FileStamp> stamps = Map.of();
  private WebConfig config = WebConfig.OPEN;

  /**
   * Names a file, which is not read yet.
   *
   * @param problem says what is wrong with certificates and keys, if anything
   */
  public WebConfigFile(Path file, Function<Tls, Optional<String>> problem) {
    this.file = file;
    this.problem = problem;
  }

  /**
   * Reads what has changed since it was last read without an error.
   *
   * @return what holds now
   * @throws ConfigException with everything that is wrong in it
   */
  public synchronized WebConfig read() throws ConfigException {
    if (!stamps.isEmpty() && FileStamp.of(stamps.keySet()).equals(stamps)) {
      return config;
    }
    // A stamp must be older than what is read, or a change in between would never be seen.
    Set<Path> files = stamps.isEmpty() ? Set.of(file) : stamps.keySet();
    Map<Path, FileStamp> before = FileStamp.of(files);
    var read = new HashSet<Path>();
    WebConfig changed = readAll(read);
    config = changed;
    stamps = before;
    if (!read.equals(before.keySet())) {
      stamps = FileStamp.of(read);
      config = readAll(new HashSet<>());
    }
    return config;
  }

  private WebConfig readAll(Set<Path> files) throws ConfigException {
    files.add(file);
    var errors = new ConfigErrors(file);
    Optional<WebConfig> read = readText(errors).flatMap(text -> parse(text, files, errors));
    errors.throwIfAny();
    return read.orElseThrow();
  }

  private Optional<WebConfig> parse(String text, Set<Path> files, ConfigErrors errors) {
    if (text.lines().allMatch(line -> line.isBlank() || line.strip().startsWith("#"))) {
      return Optional.of(WebConfig.OPEN);
    }
    var scalars = new ScalarReader(errors, new References(file, Map.of()), new HashSet<>());
    var decoder = new WebConfigDecoder(new ContentFormat(file, files), problem);
    return YamlDocument.parse(text, errors)
        .flatMap(root -> Section.read(root, scalars, decoder::decode));
  }

  private Optional<String> readText(ConfigErrors errors) {
    try {
      return Optional.of(TextFile.read(file, MAX_BYTES));
    } catch (TextFile.UnreadableException e) {
      errors.add(e.line(), "", e.reason(), "a YAML file of at most 1 MiB");
      return Optional.empty();
    }
  }
}
