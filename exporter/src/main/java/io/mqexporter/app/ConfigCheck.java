package io.mqexporter.app;

import io.mqexporter.config.Config;
import io.mqexporter.config.ConfigException;
import io.mqexporter.config.ConfigFile;
import java.nio.file.Path;
import java.util.Map;

/** What {@code --config.check} does. */
final class ConfigCheck {

  private ConfigCheck() {}

  /** Reads a configuration file and says whether it is valid. */
  static CommandLineResult.Print check(Path file, Map<String, String> environment) {
    try {
      Config config = ConfigFile.load(file, environment);
      int count = config.targets().size();
      String targets = count == 1 ? "1 target" : count + " targets";
      return new CommandLineResult.Print("%s: valid, %s".formatted(file, targets), 0);
    } catch (ConfigException e) {
      return new CommandLineResult.Print(e.getMessage(), ExitCode.BAD_INPUT);
    }
  }
}
