package io.mqexporter.rabbitmq;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.rabbitmq.http.client.Client;
import com.rabbitmq.http.client.ClientParameters;
import com.rabbitmq.http.client.HttpException;
import com.rabbitmq.http.client.HttpLayer;
import com.rabbitmq.http.client.ParameterizedTypeReference;
import com.rabbitmq.http.client.domain.BindingInfo;
import com.rabbitmq.http.client.domain.OverviewResponse;
import io.mqexporter.collector.CollectionException;
import io.mqexporter.collector.Deadline;
import io.mqexporter.messaging.DestinationId;
import io.mqexporter.rabbitmq.RabbitMqConfig.QueueStatistics;
import io.mqexporter.rabbitmq.json.ManagementJson;
import io.mqexporter.rabbitmq.json.ManagementJson.QueuePage;
import io.mqexporter.rabbitmq.json.UnexpectedJsonException;
import io.mqexporter.rabbitmq.snapshot.Node;
import io.mqexporter.rabbitmq.snapshot.Queue;
import io.mqexporter.rabbitmq.snapshot.RabbitMqSnapshot.Exchange;
import io.mqexporter.rabbitmq.snapshot.Vhost;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The requests of one collection. What the client library's models keep in full goes through it,
 * over connections of ours; the lists whose models cannot say that a number is absent are parsed as
 * streams.
 */
final class ManagementApi {

  // Without statistics (management.disable_stats) the totals are all that there is of a queue; with
  // them the parameter has no effect.
  private static final String QUEUES = "queues?enable_queue_totals=true";

  private static final String QUEUE_TOTALS = "queues?disable_stats=true&enable_queue_totals=true";

  /** As many as RabbitMQ allows. */
  private static final int QUEUES_A_PAGE = 500;

  private final URI root;
  private final ManagementHttp http;
  private final Deadline deadline;
  private final Client client;

  ManagementApi(URI root, ManagementHttp http, Deadline deadline) {
    this.root = root;
    this.http = http;
    this.deadline = deadline;
    try {
      // The credentials are the connections' own affair; the library only insists on some.
      this.client =
          new Client(
              new ClientParameters()
                  .url(root.toURL())
                  .username("")
                  .password("")
                  .httpLayerFactory(_ -> new Layer()));
    } catch (MalformedURLException | URISyntaxException e) {
      throw new IllegalArgumentException(root + ": not an address (expected: http://host:port)", e);
    }
  }

  OverviewResponse overview() throws CollectionException, InterruptedException {
    return throughClient(client::getOverview);
  }

  List<BindingInfo> bindings() throws CollectionException, InterruptedException {
    return throughClient(client::getBindings);
  }

  List<Queue> queues(QueueStatistics statistics, Predicate<DestinationId> wanted)
      throws CollectionException, InterruptedException {
    return http.get(
        root.resolve(path(statistics)), parser -> ManagementJson.queues(parser, wanted), deadline);
  }

  /** Returns a part of the queues, of which the first one has the number 1. */
  QueuePage queuePage(QueueStatistics statistics, int page, Predicate<DestinationId> wanted)
      throws CollectionException, InterruptedException {
    return http.get(
        root.resolve("%s&page=%d&page_size=%d".formatted(path(statistics), page, QUEUES_A_PAGE)),
        parser -> ManagementJson.queuePage(parser, wanted),
        deadline);
  }

  private static String path(QueueStatistics statistics) {
    return switch (statistics) {
      case FULL -> QUEUES;
      case TOTALS -> QUEUE_TOTALS;
    };
  }

  List<Node> nodes() throws CollectionException, InterruptedException {
    return http.get(root.resolve("nodes"), ManagementJson::nodes, partOfTheTime());
  }

  List<Vhost> vhosts(Predicate<String> wanted) throws CollectionException, InterruptedException {
    return http.get(
        root.resolve("vhosts"), parser -> ManagementJson.vhosts(parser, wanted), partOfTheTime());
  }

  List<Exchange> exchanges(Predicate<String> wantedVhost)
      throws CollectionException, InterruptedException {
    return http.get(
        root.resolve("exchanges"),
        parser -> ManagementJson.exchanges(parser, wantedVhost),
        partOfTheTime());
  }

  /**
   * Returns an earlier deadline for what is asked before the queues: a node that waits ten seconds
   * for a peer that does not answer must not cost the queues too.
   */
  private Deadline partOfTheTime() {
    return Deadline.after(deadline.remaining().dividedBy(4));
  }

  private static <T> T throughClient(Supplier<T> call)
      throws CollectionException, InterruptedException {
    try {
      return call.get();
    } catch (HttpException e) {
      switch (e.getCause()) {
        case CollectionException failure -> throw failure;
        case InterruptedException interrupt -> throw interrupt;
        case null, default -> throw e;
      }
    }
  }

  /** The transport under the client library. It reads only. */
  private final class Layer implements HttpLayer {

    @Override
    public <T> T get(URI uri, Class<T> type) {
      try {
        return http.get(uri, parser -> read(parser, type), deadline);
      } catch (CollectionException | InterruptedException e) {
        throw new HttpException(e);
      }
    }

    @Override
    public <T> T get(URI uri, ParameterizedTypeReference<T> type) {
      throw new UnsupportedOperationException(uri.toString());
    }

    @Override
    public <T> T post(URI uri, Object body, Class<T> type) {
      throw new UnsupportedOperationException(uri.toString());
    }

    @Override
    public void put(URI uri, Object body) {
      throw new UnsupportedOperationException(uri.toString());
    }

    @Override
    public void delete(URI uri, Map<String, String> headers) {
      throw new UnsupportedOperationException(uri.toString());
    }

    private static <T> T read(JsonParser parser, Class<T> type) throws java.io.IOException {
      JsonToken expected = type.isArray() ? JsonToken.START_ARRAY : JsonToken.START_OBJECT;
      if (parser.nextToken() != expected) {
        throw new UnexpectedJsonException(type.isArray() ? "a list" : "an object");
      }
      return parser.readValueAs(type);
    }
  }
}
