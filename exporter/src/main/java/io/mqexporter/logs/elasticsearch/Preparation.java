package io.mqexporter.logs.elasticsearch;

import io.mqexporter.delivery.Http.Reply;
import io.mqexporter.delivery.Http.Request;
import io.mqexporter.delivery.Patience;
import io.mqexporter.delivery.UnavailableException;
import io.mqexporter.logs.LogEvent;
import io.mqexporter.logs.elasticsearch.ElasticsearchConfig.Index;
import io.mqexporter.logs.elasticsearch.ElasticsearchConfig.Storage;
import io.mqexporter.logs.elasticsearch.ElasticsearchConfig.Template;
import io.vertx.core.http.HttpMethod;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What has to be there before the first event: the template, if the agent is to make it, and the
 * data streams. Without a template an event would make an index of the data stream's name, which
 * then stands in the data stream's way.
 */
final class Preparation {

  private static final String EXISTS = "resource_already_exists_exception";

  private final Cluster cluster;
  private final Storage storage;
  private final Patience patience;
  private final Destinations destinations;
  private final Set<String> dataStreams = new HashSet<>();
  private boolean isInstalled;

  Preparation(Cluster cluster, Storage storage, Patience patience) {
    this.cluster = cluster;
    this.storage = storage;
    this.patience = patience;
    this.destinations = new Destinations(storage);
    this.isInstalled = storage.template() == Template.NONE;
  }

  /** Returns when events can be stored, however long it takes. */
  synchronized void prepareFor(List<LogEvent> events) throws InterruptedException {
    if (!isInstalled) {
      patience.untilDone(() -> {
        new Installation(cluster, storage).install();
        return true;
      });
      isInstalled = true;
    }
    if (storage.index() == Index.DATA_STREAM) {
      for (LogEvent event : events) {
        prepare(destinations.indexOf(event));
      }
    }
  }

  private void prepare(String dataStream) throws InterruptedException {
    if (!dataStreams.contains(dataStream)) {
      dataStreams.add(patience.untilDone(() -> create(dataStream)));
    }
  }

  private String create(String dataStream) throws UnavailableException, InterruptedException {
    Reply reply = cluster.send(Request.of(HttpMethod.PUT, "/_data_stream/" + dataStream));
    boolean exists =
        Replies.failure(reply).filter(failure -> failure.type().equals(EXISTS)).isPresent();
    if (reply.status() >= 300 && !exists) {
      throw new UnavailableException(
          "no data stream %s: %s (expected: its index template, by template: install; or index: daily)"
              .formatted(dataStream, Replies.words(reply)));
    }
    return dataStream;
  }
}
