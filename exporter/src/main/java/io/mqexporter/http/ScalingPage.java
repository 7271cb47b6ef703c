package io.mqexporter.http;

import io.mqexporter.exposition.Backlogs;
import io.mqexporter.exposition.Backlogs.Answer;
import io.mqexporter.exposition.Backlogs.Question;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.OptionalDouble;

/**
 * {@code /api/v1/scaling/<cluster>/<group>}, how much work waits for a group, for KEDA and the
 * like. Numbers that are not known are absent; where the lag itself is not known or not fresh, the
 * status is 503.
 *
 * @param status the HTTP status
 * @param body an object of JSON
 */
record ScalingPage(int status, String body) {

  /** What the path begins with. */
  static final String PREFIX = "/api/v1/scaling/";

  /** Answers a request. */
  static ScalingPage of(HttpServerRequest request, Backlogs backlogs) {
    String path = String.valueOf(request.path());
    String[] names = path.substring(PREFIX.length()).split("/", -1);
    if (names.length != 2) {
      return failure(404, "%s (expected: %s<cluster>/<group>)".formatted(path, PREFIX));
    }
    try {
      var question =
          new Question(
              decoded(names[0]),
              decoded(names[1]),
              request.getParam("destination", ""),
              request.getParam("vhost", ""));
      return answer(question, backlogs.find(question));
    } catch (URISyntaxException e) {
      return failure(400, "%s: %s".formatted(path, e.getReason()));
    }
  }

  private static ScalingPage answer(Question question, Answer answer) {
    return switch (answer) {
      case Answer.Known known -> new ScalingPage(200, json(question, known));
      case Answer.NotThere(String reason) -> failure(404, reason);
      case Answer.Unknown(String reason) -> failure(503, reason);
    };
  }

  private static String json(Question question, Answer.Known known) {
    var json =
        new JsonObject()
            .put("cluster", question.cluster())
            .put("group", question.group())
            .put("lag", known.lag());
    put(json, "lagSeconds", known.lagSeconds());
    put(json, "drainSeconds", known.drainSeconds());
    known.partitions().ifPresent(partitions -> json.put("partitions", partitions));
    return json.put("stale", false).put("ageSeconds", known.age().toMillis() / 1000.0).encode();
  }

  /** JSON has no word for infinity: what does not get less has no time until it is gone. */
  private static void put(JsonObject json, String name, OptionalDouble value) {
    if (value.isPresent() && Double.isFinite(value.getAsDouble())) {
      json.put(name, value.getAsDouble());
    }
  }

  private static ScalingPage failure(int status, String reason) {
    var json = new JsonObject().put("error", reason);
    return new ScalingPage(status, (status == 503 ? json.put("stale", true) : json).encode());
  }

  private static String decoded(String segment) throws URISyntaxException {
    return new URI("/" + segment).getPath().substring(1);
  }
}
