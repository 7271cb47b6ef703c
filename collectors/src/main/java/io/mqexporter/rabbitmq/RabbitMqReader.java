package io.mqexporter.rabbitmq;

import com.rabbitmq.http.client.domain.BindingInfo;
import com.rabbitmq.http.client.domain.DestinationType;
import com.rabbitmq.http.client.domain.ObjectTotals;
import com.rabbitmq.http.client.domain.OverviewResponse;
import io.mqexporter.collector.CollectionException;
import io.mqexporter.collector.CurrentClient;
import io.mqexporter.collector.Deadline;
import io.mqexporter.collector.Missing;
import io.mqexporter.messaging.DestinationId;
import io.mqexporter.rabbitmq.snapshot.Details;
import io.mqexporter.rabbitmq.snapshot.Node;
import io.mqexporter.rabbitmq.snapshot.Queue;
import io.mqexporter.rabbitmq.snapshot.RabbitMqSnapshot;
import io.mqexporter.rabbitmq.snapshot.RabbitMqSnapshot.Binding;
import io.mqexporter.rabbitmq.snapshot.RabbitMqSnapshot.Exchange;
import io.mqexporter.rabbitmq.snapshot.RabbitMqSnapshot.Overview;
import io.mqexporter.rabbitmq.snapshot.Vhost;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads a cluster through the management API of one node: five requests, and a sixth where a queue
 * has a dead-letter exchange of its own. The lists are read whole, because each page of a list
 * costs the broker as much as the list.
 */
final class RabbitMqReader implements CurrentClient.Client {

  private final RabbitMqConfig config;
  private final URI root;
  private final ManagementHttp http;
  private final Clock clock;
  private final DetailReader detailReader;

  /** A part of the cluster's state that a request returns. */
  private interface Part<T> {
    T read() throws CollectionException, InterruptedException;
  }

  RabbitMqReader(RabbitMqConfig config, Clock clock) {
    this.config = config;
    this.root = apiRoot(config.url());
    this.http = new ManagementHttp(config);
    this.clock = clock;
    this.detailReader =
        new DetailReader(http, root, config.vhosts()::accepts, config.detailsInterval());
  }

  /**
   * Reads the cluster.
   *
   * @throws CollectionException if the first request fails; what fails later is missing
   */
  RabbitMqSnapshot read(Deadline deadline) throws CollectionException, InterruptedException {
    var api = new ManagementApi(root, http, deadline);
    var missing = new ArrayList<Missing>();
    Overview overview = overview(api.overview());
    // The queues last: they are what takes long, and a node's alarm is wanted most when they do.
    Optional<List<Exchange>> exchanges =
        read("exchanges", () -> api.exchanges(config.vhosts()::accepts), missing);
    Optional<List<Node>> nodes = read("nodes", api::nodes, missing);
    Optional<List<Vhost>> vhosts =
        read("vhosts", () -> api.vhosts(config.vhosts()::accepts), missing);
    Optional<List<Queue>> queues = read("queues", () -> api.queues(config::reads), missing);
    Optional<List<BindingInfo>> bindings =
        needsBindings(queues.orElse(List.of()))
            ? read("dead-letter queues", api::bindings, missing)
            : Optional.empty();
    return new RabbitMqSnapshot(
        clock.instant(),
        overview,
        queues.map(list -> distinct(list, Queue::id, byVhostAndName())),
        distinct(nodes.orElse(List.of()), Node::name, Comparator.naturalOrder()),
        distinct(vhosts.orElse(List.of()), Vhost::name, Comparator.naturalOrder()),
        distinct(
            exchanges.orElse(List.of()),
            exchange -> new DestinationId(exchange.vhost(), exchange.name()),
            byVhostAndName()),
        bindings.orElse(List.of()).stream()
            .map(RabbitMqReader::binding)
            .filter(binding -> !binding.source().isEmpty())
            .filter(binding -> config.vhosts().accepts(binding.vhost()))
            .toList(),
        missing);
  }

  /**
   * Returns the details, of which those are read anew that are due; what does not answer by the
   * deadline is missing in them.
   */
  Details readDetails(RabbitMqSnapshot snapshot, Deadline deadline) throws InterruptedException {
    return detailReader.read(snapshot.nodes(), snapshot.at(), deadline);
  }

  @Override
  public long requestsSent() {
    return http.requestsSent();
  }

  @Override
  public void close() {
    http.close();
  }

  private static <T> Optional<T> read(String what, Part<T> part, List<Missing> missing)
      throws InterruptedException {
    try {
      return Optional.of(part.read());
    } catch (CollectionException e) {
      missing.add(new Missing(what, Objects.requireNonNullElse(e.getMessage(), "")));
      return Optional.empty();
    }
  }

  private static boolean needsBindings(List<Queue> queues) {
    return queues.stream()
        .flatMap(queue -> queue.deadLetterRoute().stream())
        .anyMatch(route -> !route.exchange().isEmpty());
  }

  // A list that is read while queues move between nodes may name one twice; series must not.
  private static <T, K> List<T> distinct(
      List<T> elements, Function<T, K> key, Comparator<K> order) {
    var sorted = new TreeMap<K, T>(order);
    elements.forEach(element -> sorted.put(key.apply(element), element));
    return List.copyOf(sorted.values());
  }

  private static Comparator<DestinationId> byVhostAndName() {
    return Comparator.comparing(DestinationId::vhost).thenComparing(DestinationId::name);
  }

  private static Overview overview(OverviewResponse overview) {
    @Nullable ObjectTotals totals = overview.getObjectTotals();
    return new Overview(
        Objects.requireNonNullElse(overview.getClusterName(), ""),
        Objects.requireNonNullElse(overview.getServerVersion(), ""),
        Objects.requireNonNullElse(overview.getErlangVersion(), ""),
        total(totals == null ? -1 : totals.getConnections()),
        total(totals == null ? -1 : totals.getChannels()),
        total(totals == null ? -1 : totals.getConsumers()),
        total(totals == null ? -1 : totals.getQueues()),
        total(totals == null ? -1 : totals.getExchanges()));
  }

  private static OptionalLong total(long value) {
    return value < 0 ? OptionalLong.empty() : OptionalLong.of(value);
  }

  private static Binding binding(BindingInfo binding) {
    return new Binding(
        Objects.requireNonNullElse(binding.getVhost(), ""),
        Objects.requireNonNullElse(binding.getSource(), ""),
        Objects.requireNonNullElse(binding.getDestination(), ""),
        binding.getDestinationType() == DestinationType.QUEUE,
        Objects.requireNonNullElse(binding.getRoutingKey(), ""));
  }

  private static URI apiRoot(URI url) {
    String path = Objects.requireNonNullElse(url.getPath(), "");
    try {
      return new URI(
          url.getScheme(),
          null,
          url.getHost(),
          url.getPort(),
          path.replaceFirst("/+$", "") + "/api/",
          null,
          null);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(url + ": not an address (expected: http://host:port)", e);
    }
  }
}
