package io.mqexporter.app;

import io.mqexporter.collector.Shard;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the command line asks for.
 *
 * @param listenAddresses where to serve HTTP, at least one
 * @param telemetryPath the path of the metrics
 * @param webConfigFile the file that says who is let in
 * @param maxRequests how many requests are answered at the same time; 0 for any number
 * @param lifecycle whether the configuration is read again when somebody asks over HTTP
 * @param shard the share of the targets that is this agent's
 * @param configFile the configuration file
 * @param logLevel which log lines to write
 * @param logFormat how to write them
 */
record Options(
    List<ListenAddress> listenAddresses,
    String telemetryPath,
    Optional<Path> webConfigFile,
    int maxRequests,
    boolean lifecycle,
    Shard shard,
    Path configFile,
    LogLevel logLevel,
    LogFormat logFormat) {

  /** Copies the addresses. */
  Options {
    listenAddresses = List.copyOf(listenAddresses);
  }

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
