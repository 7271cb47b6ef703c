package io.mqexporter.app;

import io.mqexporter.config.ConfigException;
import io.mqexporter.config.ConfigFile;
import io.mqexporter.config.FileWatch;
import io.mqexporter.config.LiveConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads the configuration file again: when it has changed, at a signal, or when somebody asks. What
 * holds stays as it is while the file is wrong.
 */
final class ConfigReload {

  /**
   * A change is taken in when the file was the same at two looks, so one that is half written is
   * not.
   */
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final Path file;
  private final Map<String, String> environment;
  private final Consumer<String> problems;
  private final FileWatch watch;
  private Use use = _ -> {};
  private Optional<Reloads> outcome = Optional.empty();

  /** Takes in a configuration. */
  interface Use {
    void use(LiveConfig config) throws StartException;
  }

  /**
   * Names a file that has been read.
   *
   * @param problems is told later what cannot be read of the files that values come from
   * @param watch began before it was read
   */
  ConfigReload(
      Path file, Map<String, String> environment, Consumer<String> problems, FileWatch watch) {
    this.file = file;
    this.environment = environment;
    this.problems = problems;
    this.watch = watch;
  }

  /**
   * Reads the file and takes it in.
   *
   * @return what is wrong with it, if anything
   */
  synchronized Optional<String> reload() {
    try {
      use.use(ConfigFile.follow(file, environment, problems));
      outcome.ifPresent(Reloads::succeeded);
      return Optional.empty();
    } catch (ConfigException | StartException e) {
      String problem = String.valueOf(e.getMessage());
      outcome.ifPresent(o -> o.failed(problem));
      return Optional.of(problem);
    }
  }

  /**
   * Looks for changes for ever, on a thread of its own.
   *
   * @param taker takes in what was read
   * @param reloads is told how each reading went
   */
  synchronized void follow(Use taker, Reloads reloads) {
    use = taker;
    outcome = Optional.of(reloads);
    Thread.ofVirtual().name("config-watch").start(this::look);
  }

  private void look() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        Thread.sleep(INTERVAL);
        if (watch.hasChanged()) {
          reload();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
