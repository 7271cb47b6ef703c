package io.mqexporter.app;

import java.nio.file.Path;
import java.util.Optional;

/** What a command line comes to. */
sealed interface CommandLineResult {

  /**
   * The agent is to run.
   *
   * @param options how
   */
  record Run(Options options) implements CommandLineResult {}

  /**
   * The configuration is to be checked.
   *
   * @param configFile the configuration file
   * @param webConfigFile the file that says who is let in
   */
  record Check(Path configFile, Optional<Path> webConfigFile) implements CommandLineResult {}

  /**
   * Something is to be printed, and that is all.
   *
   * @param text what to print, without a line end at its end: to standard output if the exit code
   *     is 0, else to standard error
   * @param exitCode what to exit with
   */
  record Print(String text, int exitCode) implements CommandLineResult {}
}
