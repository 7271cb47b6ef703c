package io.mqexporter.config;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A folder with a {@code config.yaml} and what that refers to. */
record ConfigFolder(Path path) {

  private static final Map<String, String> ENVIRONMENT =
      Map.of("HOST", "broker-1", "EMPTY", "", "WORD", "swordfish");

  /** Writes a file and returns it. */
  Path write(String name, String content) {
    return write(name, content.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes a file and returns it. */
  Path write(String name, byte[] content) {
    try {
      return Files.write(path.resolve(name), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads a text as a configuration. */
  Config load(String yaml) throws ConfigException {
    return ConfigFile.load(write("config.yaml", yaml), ENVIRONMENT);
  }

  /** Returns what is wrong with a text, as lines about {@code config.yaml}. */
  String errorsOf(String yaml) {
    return errorsOf(write("config.yaml", yaml));
  }

  /** Returns what is wrong with a file, as lines in which the folder is left out. */
  String errorsOf(Path file) {
    ConfigException exception =
        catchThrowableOfType(ConfigException.class, () -> ConfigFile.load(file, ENVIRONMENT));
    return exception == null
        ? "nothing"
        : exception.getMessage().replace(path + "/", "").replace(path.toString(), ".");
  }
}
