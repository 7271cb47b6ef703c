package io.mqexporter.brokers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A release of RabbitMQ: the one that is installed, or one of another suite of Debian, which lies
 * with its own Erlang in a folder that {@code src/test/bin/install-suite} makes, and runs with that
 * as its root.
 */
public enum RabbitMqRelease {
  /** The package of this machine. */
  INSTALLED(""),
  /** RabbitMQ 4.0. */
  TRIXIE("trixie"),
  /** The newest one that there is. */
  SID("sid");

  private static final Duration INSTALL_TIMEOUT = Duration.ofMinutes(9);
  private static final String INSTALLED_IN = "/usr/lib/rabbitmq/lib";

  /** Sees this repository's servers' folders where they are; what it mounts goes with it. */
  private static final String IN_SUITE =
      """
      run="$1"; shift
      mkdir -p "$0$run" && mount --bind "$run" "$0$run" && mount -t proc proc "$0/proc" \
        && exec chroot "$0" "$@"
      """;

  private final String suite;

  RabbitMqRelease(String suite) {
    this.suite = suite;
  }

  /**
   * Returns why this release cannot run on this machine, or nothing if it can. One of another suite
   * is installed first if it is not there yet.
   */
  public Optional<String> unavailable() {
    if (!suite.isEmpty()) {
      String install = Repository.file("src/test/bin/install-suite").toString();
      Command.Result result = Command.tryRun(INSTALL_TIMEOUT, Map.of(), List.of(install, suite));
      if (result.exitCode() != 0) {
        return Optional.of(result.output().strip());
      }
    }
    if (findScripts().isEmpty()) {
      return Optional.of(
          "RabbitMQ is not installed (expected: %s/rabbitmq_server-*, Debian's rabbitmq-server)"
              .formatted(root().resolve(INSTALLED_IN.substring(1))));
    }
    for (String command : List.of("erl", "epmd")) {
      if (!Command.isOnPath(command)) {
        return Optional.of("Erlang is not installed (expected: the command %s)".formatted(command));
      }
    }
    return Optional.empty();
  }

  /** Returns the command line that runs one of the release's scripts. */
  List<String> command(String script, List<String> arguments) {
    Path scripts = findScripts().orElseThrow(() -> new IllegalStateException(suite));
    var command = new ArrayList<String>();
    if (!suite.isEmpty()) {
      String run = Repository.file("target/run").toString();
      command.addAll(
          List.of("unshare", "--mount", "sh", "-c", IN_SUITE, root().toString(), run, "env"));
    }
    command.add(scripts.resolve(script).toString());
    command.addAll(arguments);
    return command;
  }

  private Path root() {
    String cache =
        Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
            .filter(folder -> !folder.isEmpty())
            .orElse(System.getProperty("user.home") + "/.cache");
    return suite.isEmpty() ? Path.of("/") : Path.of(cache, "mq-exporter", suite);
  }

  /** Returns where the scripts are, as the release itself sees it. */
  private Optional<Path> findScripts() {
    Path installed = root().resolve(INSTALLED_IN.substring(1));
    if (!Files.isDirectory(installed)) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(installed)) {
      return versions
          .map(version -> version.resolve("sbin"))
          .filter(sbin -> Files.isExecutable(sbin.resolve("rabbitmq-server")))
          .map(sbin -> Path.of("/").resolve(root().relativize(sbin)))
          .findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
