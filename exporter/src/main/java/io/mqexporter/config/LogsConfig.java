package io.mqexporter.config;

import io.mqexporter.logs.LogSource;
import java.nio.file.Path;
import java.util.List;

/**
 * Which logs are forwarded where.
 *
 * @param stateFolder where the agent keeps how far it has read; no other agent may use it
 * @param host what the machine is called in events; empty for its own name
 * @param sources the logs
 * @param sinks where their events go: to each of these
 */
public record LogsConfig(
    Path stateFolder, String host, List<LogSource> sources, List<SinkConfig> sinks) {

  /** Copies the lists. */
  public LogsConfig {
    sources = List.copyOf(sources);
    sinks = List.copyOf(sinks);
  }
}
