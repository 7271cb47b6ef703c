package io.mqexporter.app;

import java.nio.file.Path;

/**
 * What the command line asks for.
 *
 * @param listenAddress where to serve HTTP
 * @param telemetryPath the path of the metrics
 * @param configFile the configuration file
 * @param logLevel which log lines to write
 * @param logFormat how to write them
 */
record Options(
    ListenAddress listenAddress,
    String telemetryPath,
    Path configFile,
    LogLevel logLevel,
    LogFormat logFormat) {

  /** The least severe lines that are written. */
  enum LogLevel {
    DEBUG,
    INFO,
    WARN,
    ERROR
  }

  /** The form of a log line. */
  enum LogFormat {
    LOGFMT,
    JSON
  }
}
