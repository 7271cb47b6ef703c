package io.mqexporter.logs.elasticsearch;

import io.mqexporter.delivery.Http.Reply;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the answers of Elasticsearch and OpenSearch say. */
final class Replies {

  private static final int MAX_REASON_CHARS = 300;

  private Replies() {}

  /**
   * An error.
   *
   * @param type its kind, such as {@code mapper_parsing_exception}; empty if nobody says
   * @param reason one line for people
   */
  record Failure(String type, String reason) {

    static final Failure NONE = new Failure("", "");

    @Override
    public String toString() {
      return type.isEmpty() || reason.startsWith(type) ? reason : type + ": " + reason;
    }
  }

  /**
   * What became of one document.
   *
   * @param status as of an answer of its own
   */
  record Item(int status, Failure failure) {}

  /** Returns the body as an object; empty if it is none. */
  static Optional<JsonObject> object(Reply reply) {
    try {
      return Optional.of(new JsonObject(reply.body()));
    } catch (DecodeException | ClassCastException e) {
      return Optional.empty();
    }
  }

  /** Returns the items of an answer to {@code _bulk}; empty if it is not such an answer. */
  static Optional<List<Item>> items(Reply reply) {
    return object(reply)
        .filter(body -> body.getValue("items") instanceof JsonArray)
        .map(body -> {
          var items = new ArrayList<Item>();
          for (Object item : body.getJsonArray("items")) {
            if (item instanceof JsonObject action
                && action.getValue("create") instanceof JsonObject result) {
              items.add(new Item(result.getInteger("status", 0), failure(result)));
            }
          }
          return items;
        });
  }

  /** Returns the error that an answer tells of; empty if it is not from the server itself. */
  static Optional<Failure> failure(Reply reply) {
    return object(reply).map(Replies::failure).filter(failure -> !failure.type().isEmpty());
  }

  /** Returns in a few words what an answer says that is not what was asked for. */
  static String words(Reply reply) {
    String status = "status " + reply.status();
    return failure(reply).map(failure -> status + ": " + failure).orElse(status);
  }

  private static Failure failure(JsonObject body) {
    return switch (body.getValue("error")) {
      case JsonObject error ->
          new Failure(
              error.getString("type", ""), shortened(error.getString("reason", "") + cause(error)));
      case String text -> new Failure("", shortened(text));
      case null, default -> Failure.NONE;
    };
  }

  private static String cause(JsonObject error) {
    return error.getValue("caused_by") instanceof JsonObject cause
            && cause.getValue("reason") instanceof String reason
        ? ": " + reason
        : "";
  }

  /** Some of them quote the whole request. */
  private static String shortened(String reason) {
    String line = reason.replaceAll("\\s+", " ");
    return line.length() <= MAX_REASON_CHARS ? line : line.substring(0, MAX_REASON_CHARS) + " ...";
  }
}
