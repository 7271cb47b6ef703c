package io.mqexporter.app;

import io.mqexporter.config.Config;
import io.mqexporter.config.ConfigException;
import io.mqexporter.config.ConfigFile;
import io.mqexporter.config.WebConfigFile;
import io.mqexporter.http.ServerTls;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** What {@code --config.check} does. */
final class ConfigCheck {

  private ConfigCheck() {}

  /** Reads the files of a configuration and says whether they are valid. */
  static CommandLineResult.Print check(
      Path file, Optional<Path> webConfigFile, Map<String, String> environment) {
    try {
      if (webConfigFile.isPresent()) {
        new WebConfigFile(webConfigFile.get(), ServerTls::problem).read();
      }
      Config config = ConfigFile.load(file, environment);
      int count = config.targets().size();
      String targets = count == 1 ? "1 target" : count + " targets";
      return new CommandLineResult.Print("%s: valid, %s".formatted(file, targets), 0);
    } catch (ConfigException e) {
      return new CommandLineResult.Print(e.getMessage(), ExitCode.BAD_INPUT);
    }
  }
}
