package io.mqexporter.config;

import io.mqexporter.logs.elasticsearch.ElasticsearchConfig;
import io.mqexporter.logs.fluent.FluentConfig;

/** Where events of logs go. */
public sealed interface SinkConfig {

  /** To the agent's standard output, as lines of JSON. */
  record Stdout() implements SinkConfig {}

  /**
   * To Elasticsearch or OpenSearch.
   *
   * @param config how it is reached
   */
  record Elasticsearch(ElasticsearchConfig config) implements SinkConfig {}

  /**
   * To Fluentd or Fluent Bit.
   *
   * @param config how it is reached
   */
  record Fluent(FluentConfig config) implements SinkConfig {}
}
