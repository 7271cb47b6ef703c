package io.mqexporter.logs.elasticsearch;

import io.mqexporter.delivery.Http.Reply;
import io.mqexporter.delivery.Http.Request;
import io.mqexporter.delivery.UnavailableException;
import io.mqexporter.logs.LogEvent;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Which events are in an index of their data stream that came before the one that is written to. An
 * id is unique only within an index: an event that was stored just before a rollover, without an
 * answer, would be stored again. So what may have been sent before is looked for there first: what
 * is sent again, and what comes in the time after a start, when nobody knows what the agent had
 * sent that ran before.
 */
final class EarlierIndices {

  /** In which the agent reaches what is new in all files, as a rule. */
  private static final Duration SUSPICION = Duration.ofMinutes(15);

  /** How many indices before the current one are looked into. */
  private static final int DEPTH = 2;

  /** Whoever may only write need not be able to look; it goes on without. */
  private static final Set<Integer> NOT_ALLOWED = Set.of(401, 403);

  private final Cluster cluster;
  private final Destinations destinations;
  private final long suspiciousUntilNanos = System.nanoTime() + SUSPICION.toNanos();

  EarlierIndices(Cluster cluster, Destinations destinations) {
    this.cluster = cluster;
    this.destinations = destinations;
  }

  /** Returns whether events may have been sent before that are sent for the first time. */
  boolean isEarly() {
    return suspiciousUntilNanos - System.nanoTime() > 0;
  }

  /** Returns the ids of those events that are there already. */
  Set<String> idsOf(List<LogEvent> events) throws UnavailableException, InterruptedException {
    var dataStreams = new TreeSet<String>();
    events.forEach(event -> dataStreams.add(destinations.indexOf(event)));
    var there = new HashSet<String>();
    for (String dataStream : dataStreams) {
      for (String index : earlierIndicesOf(dataStream)) {
        there.addAll(idsIn(index, events));
      }
    }
    return there;
  }

  private List<String> earlierIndicesOf(String dataStream)
      throws UnavailableException, InterruptedException {
    Reply reply =
        cluster.send(Request.of(HttpMethod.GET, "/_data_stream/" + dataStream), NOT_ALLOWED);
    List<String> names =
        objects(reply, "data_streams")
            .flatMap(stream -> objects(stream, "indices"))
            .map(index -> index.getString("index_name", ""))
            .toList();
    return names.isEmpty()
        ? List.of()
        : names.subList(Math.max(0, names.size() - 1 - DEPTH), names.size() - 1);
  }

  private Set<String> idsIn(String index, List<LogEvent> events)
      throws UnavailableException, InterruptedException {
    var ids = new JsonArray(events.stream().map(LogEvent::id).toList());
    Request question =
        Request.json(
            HttpMethod.POST,
            "/" + index + "/_mget?_source=false&filter_path=docs._id,docs.found",
            new JsonObject().put("ids", ids).encode());
    var there = new HashSet<String>();
    objects(cluster.send(question, NOT_ALLOWED), "docs")
        .filter(document -> document.getBoolean("found", false))
        .forEach(document -> there.add(document.getString("_id", "")));
    return there;
  }

  private static Stream<JsonObject> objects(Reply reply, String key) {
    return Replies.object(reply).stream().flatMap(body -> objects(body, key));
  }

  private static Stream<JsonObject> objects(JsonObject parent, String key) {
    return parent.getValue(key) instanceof JsonArray array
        ? array.stream().filter(JsonObject.class::isInstance).map(JsonObject.class::cast)
        : Stream.of();
  }
}
