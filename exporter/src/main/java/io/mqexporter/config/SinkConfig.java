package io.mqexporter.config;

/** Where events of logs go. */
public sealed interface SinkConfig {

  /** To the agent's standard output, as lines of JSON. */
  record Stdout() implements SinkConfig {}
}
