package io.mqexporter.logs.elasticsearch;

import io.mqexporter.logs.elasticsearch.ElasticsearchConfig.Index;
import io.mqexporter.logs.elasticsearch.ElasticsearchConfig.Storage;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Optional;

/**
 * When a new index begins and an old one is deleted.
 *
 * @param name the name of the policy
 * @param path where the policy lies in the server's API
 * @param policy the policy
 * @param setting the setting of an index that names its policy; empty if the policy names the
 *     indices
 */
record Lifecycle(String name, String path, JsonObject policy, Optional<String> setting) {

  /** An index of a data stream is filled for so long, or until it is that large. */
  private static final Duration ROLLOVER_AGE = Duration.ofDays(7);

  private static final String ROLLOVER_SIZE = "25gb";

  private static final String DESCRIPTION = "Log events of message brokers, written by mq-exporter";

  /** Returns the lifecycle for what is stored, in the words of the server. */
  static Lifecycle of(boolean isOpenSearch, Storage storage) {
    String name = IndexTemplate.nameOf(storage.index());
    return isOpenSearch
        ? new Lifecycle(
            name, "/_plugins/_ism/policies/" + name, ismPolicy(storage), Optional.empty())
        : new Lifecycle(
            name, "/_ilm/policy/" + name, ilmPolicy(storage), Optional.of("lifecycle.name"));
  }

  /**
   * Index lifecycle management of Elasticsearch: the time to deletion runs from the rollover on.
   */
  private static JsonObject ilmPolicy(Storage storage) {
    var phases = new JsonObject();
    if (storage.index() == Index.DATA_STREAM) {
      var rollover =
          new JsonObject().put("max_age", days(ROLLOVER_AGE)).put("max_size", ROLLOVER_SIZE);
      phases.put("hot", object("actions", object("rollover", rollover)));
    }
    phases.put(
        "delete",
        new JsonObject()
            .put("min_age", days(storage.retention()))
            .put("actions", object("delete", new JsonObject())));
    return object("policy", object("phases", phases));
  }

  /** Index state management of OpenSearch. */
  private static JsonObject ismPolicy(Storage storage) {
    boolean rollsOver = storage.index() == Index.DATA_STREAM;
    var actions = new JsonArray();
    if (rollsOver) {
      actions.add(
          object(
              "rollover",
              new JsonObject()
                  .put("min_index_age", days(ROLLOVER_AGE))
                  .put("min_size", ROLLOVER_SIZE)));
    }
    var condition =
        object(rollsOver ? "min_rollover_age" : "min_index_age", days(storage.retention()));
    var hot =
        new JsonObject()
            .put("name", "hot")
            .put("actions", actions)
            .put(
                "transitions",
                new JsonArray()
                    .add(
                        new JsonObject().put("state_name", "delete").put("conditions", condition)));
    var delete =
        new JsonObject()
            .put("name", "delete")
            .put("actions", new JsonArray().add(object("delete", new JsonObject())))
            .put("transitions", new JsonArray());
    var indices =
        new JsonObject()
            .put("index_patterns", new JsonArray().add(IndexTemplate.pattern(storage.index())))
            .put("priority", 100);
    return object(
        "policy",
        new JsonObject()
            .put("description", DESCRIPTION)
            .put("default_state", "hot")
            .put("states", new JsonArray().add(hot).add(delete))
            .put("ism_template", new JsonArray().add(indices)));
  }

  private static JsonObject object(String key, Object value) {
    return new JsonObject().put(key, value);
  }

  private static String days(Duration duration) {
    return Math.max(1, duration.toDays()) + "d";
  }
}
