package io.mqexporter.logs.elasticsearch;

import io.mqexporter.delivery.Http.Reply;
import io.mqexporter.delivery.Http.Request;
import io.mqexporter.delivery.UnavailableException;
import io.mqexporter.logs.elasticsearch.ElasticsearchConfig.Storage;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the index template and its lifecycle. What is there already stays, unless it is an older
 * template of ours.
 */
final class Installation {

  private static final Logger LOGGER = LoggerFactory.getLogger(Installation.class);
  private static final int NOT_FOUND = 404;

  private final Cluster cluster;
  private final Storage storage;

  Installation(Cluster cluster, Storage storage) {
    this.cluster = cluster;
    this.storage = storage;
  }

  /**
   * Makes what is missing.
   *
   * @throws UnavailableException if the server cannot now, or will not
   */
  void install() throws UnavailableException, InterruptedException {
    String path = "/_index_template/" + IndexTemplate.nameOf(storage.index());
    Reply reply = cluster.send(Request.of(HttpMethod.GET, path));
    if (reply.status() == NOT_FOUND || isOlderOfOurs(reply)) {
      Optional<Lifecycle> lifecycle = installLifecycle();
      var template = IndexTemplate.of(storage.index(), lifecycle);
      demand(Request.json(HttpMethod.PUT, path, template.encode()), "the index template");
      LOGGER.info("elasticsearch: index template {} installed", path);
    } else if (reply.status() >= 300) {
      throw refused("the index template", reply);
    }
  }

  /** Returns the lifecycle that is there now; none if the server has no such thing. */
  private Optional<Lifecycle> installLifecycle() throws UnavailableException, InterruptedException {
    Reply about = cluster.send(Request.of(HttpMethod.GET, "/"));
    var lifecycle = Lifecycle.of(isOpenSearch(about), storage);
    Reply there = cluster.send(Request.of(HttpMethod.GET, lifecycle.path()));
    if (there.status() < 300) {
      return Optional.of(lifecycle);
    }
    Reply made =
        cluster.send(Request.json(HttpMethod.PUT, lifecycle.path(), lifecycle.policy().encode()));
    if (made.status() < 300) {
      return Optional.of(lifecycle);
    }
    LOGGER.warn(
        "elasticsearch: {}: {}: nothing deletes old events (expected: a server with index lifecycles)",
        lifecycle.path(),
        Replies.words(made));
    return Optional.empty();
  }

  private void demand(Request request, String what)
      throws UnavailableException, InterruptedException {
    Reply reply = cluster.send(request);
    if (reply.status() >= 300) {
      throw refused(what, reply);
    }
  }

  private static UnavailableException refused(String what, Reply reply) {
    return new UnavailableException(what + " is refused: " + Replies.words(reply));
  }

  private static boolean isOpenSearch(Reply about) {
    return Replies.object(about)
        .map(body -> body.getJsonObject("version", new JsonObject()))
        .filter(version -> version.getString("distribution", "").equals("opensearch"))
        .isPresent();
  }

  private static boolean isOlderOfOurs(Reply reply) {
    return Replies.object(reply)
        .map(body -> body.getJsonArray("index_templates", new JsonArray()))
        .filter(templates -> !templates.isEmpty())
        .map(templates -> templates.getJsonObject(0).getJsonObject("index_template"))
        .filter(IndexTemplate::isOlderOfOurs)
        .isPresent();
  }
}
