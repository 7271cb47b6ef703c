package io.mqexporter.logs.elasticsearch;

import io.mqexporter.logs.elasticsearch.ElasticsearchConfig.Index;
import io.mqexporter.logs.sink.LogField;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * How log events are indexed, as a composable index template (Elasticsearch 7.8, OpenSearch 1).
 * Only what every release understands is in it: {@code text} instead of {@code match_only_text} and
 * {@code wildcard}.
 */
final class IndexTemplate {

  private static final String OWNER = "mq-exporter";

  /** To be raised with each change of the template. */
  private static final int VERSION = 1;

  /** Elastic's own template for {@code logs-*-*} has 100, those of its integrations have 200. */
  private static final int PRIORITY = 250;

  /** The largest keyword of Lucene has 32,766 bytes; nobody searches for one of that length. */
  private static final int IGNORE_ABOVE_CHARS = 1_024;

  private IndexTemplate() {}

  /** Returns the name of the template for data streams or for daily indices. */
  static String nameOf(Index index) {
    return switch (index) {
      case DATA_STREAM -> "mq-logs-stream";
      case DAILY -> "mq-logs-daily";
    };
  }

  /** Returns the template. */
  static JsonObject of(Index index, Optional<Lifecycle> lifecycle) {
    var settings =
        new JsonObject()
            .put("number_of_shards", 1)
            .put("auto_expand_replicas", "0-1")
            .put("codec", "best_compression")
            .put("refresh_interval", "5s");
    lifecycle.ifPresent(l -> l.setting().ifPresent(name -> settings.put(name, l.name())));
    var template =
        new JsonObject()
            .put("index_patterns", new JsonArray().add(pattern(index)))
            .put("priority", PRIORITY)
            .put("version", VERSION)
            .put("_meta", new JsonObject().put("managed_by", OWNER))
            .put(
                "template",
                new JsonObject()
                    .put("settings", new JsonObject().put("index", settings))
                    .put("mappings", mappings()));
    return index == Index.DATA_STREAM ? template.put("data_stream", new JsonObject()) : template;
  }

  /** Returns whether a template was made by an earlier release of the agent. */
  static boolean isOlderOfOurs(JsonObject template) {
    return template
            .getJsonObject("_meta", new JsonObject())
            .getString("managed_by", "")
            .equals(OWNER)
        && template.getInteger("version", 0) < VERSION;
  }

  /** Returns the names that the template is for. */
  static String pattern(Index index) {
    return switch (index) {
      case DATA_STREAM -> Destinations.DATA_STREAM_PATTERN;
      case DAILY -> Destinations.DAILY_PATTERN;
    };
  }

  /** What no field is known for is kept, but not indexed: no log line can make the mapping grow. */
  private static JsonObject mappings() {
    var mappings = new JsonObject().put("dynamic", false);
    for (LogField field : LogField.values()) {
      put(mappings, field.fieldName(), mapping(field.type()));
    }
    return mappings;
  }

  private static void put(JsonObject parent, String name, JsonObject mapping) {
    if (!parent.containsKey("properties")) {
      parent.put("properties", new JsonObject());
    }
    JsonObject properties = parent.getJsonObject("properties");
    int dot = name.indexOf('.');
    if (dot < 0) {
      properties.put(name, mapping);
      return;
    }
    String first = name.substring(0, dot);
    if (!properties.containsKey(first)) {
      properties.put(first, new JsonObject());
    }
    put(properties.getJsonObject(first), name.substring(dot + 1), mapping);
  }

  private static JsonObject mapping(LogField.Type type) {
    return switch (type) {
      case DATE -> new JsonObject().put("type", "date");
      case TEXT -> new JsonObject().put("type", "text").put("norms", false);
      case KEYWORD ->
          new JsonObject().put("type", "keyword").put("ignore_above", IGNORE_ABOVE_CHARS);
      case LONG -> new JsonObject().put("type", "long").put("ignore_malformed", true);
    };
  }
}
