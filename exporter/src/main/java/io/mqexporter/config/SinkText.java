package io.mqexporter.config;

import io.mqexporter.logs.elasticsearch.ElasticsearchConfig;
import io.mqexporter.logs.fluent.FluentConfig;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** The part of a configuration that is about what receives log events, to be shown. */
final class SinkText {

  private SinkText() {}

  static SequencedMap<String, Object> tree(SinkConfig sink) {
    var tree = new LinkedHashMap<String, Object>();
    switch (sink) {
      case SinkConfig.Elasticsearch(var config) -> tree.put("elasticsearch", tree(config));
      case SinkConfig.Fluent(var config) -> tree.put("fluent", tree(config));
      case SinkConfig.Stdout() -> tree.put("stdout", new LinkedHashMap<>());
    }
    return tree;
  }

  private static SequencedMap<String, Object> tree(ElasticsearchConfig config) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("url", config.url());
    config
        .access()
        .user()
        .ifPresent(user -> {
          tree.put("username", user.username());
          tree.put("password", user.password());
        });
    config.access().apiKey().ifPresent(key -> tree.put("api_key", key));
    config.access().tls().ifPresent(tls -> TlsText.put(tree, tls));
    tree.put("index", EnumFormat.text(config.storage().index()));
    tree.put("namespace", config.storage().namespace());
    tree.put("template", EnumFormat.text(config.storage().template()));
    tree.put("retention", DurationFormat.text(config.storage().retention()));
    tree.put("timeout", DurationFormat.text(config.requests().timeout()));
    tree.put("max_request_bytes", config.requests().maxRequestBytes());
    tree.put("concurrent_requests", config.requests().concurrentRequests());
    tree.put("gzip", config.requests().gzip());
    return tree;
  }

  private static SequencedMap<String, Object> tree(FluentConfig config) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("addresses", config.addresses());
    tree.put("tag", config.tag());
    FluentConfig.Security security = config.security();
    security.sharedKey().ifPresent(key -> tree.put("shared_key", key));
    security
        .user()
        .ifPresent(user -> {
          tree.put("username", user.username());
          tree.put("password", user.password());
        });
    tree.put("tls", security.useTls());
    security.tls().ifPresent(tls -> TlsText.put(tree, tls));
    tree.put("timeout", DurationFormat.text(config.timeout()));
    tree.put("max_chunk_bytes", config.maxChunkBytes());
    return tree;
  }
}
