package io.mqexporter.rabbitmq;

import com.rabbitmq.http.client.domain.BindingInfo;
import com.rabbitmq.http.client.domain.DestinationType;
import com.rabbitmq.http.client.domain.NetworkListener;
import com.rabbitmq.http.client.domain.ObjectTotals;
import com.rabbitmq.http.client.domain.OverviewResponse;
import io.mqexporter.collector.CollectionException;
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
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads a cluster through the management API of one node: five requests, and a sixth where a queue
 * has a dead-letter exchange of its own. The lists are read whole. Of several nodes the one is
 * asked that answered last; when it does not, the next one.
 */
final class ManagementReader {

  private final RabbitMqConfig config;
  private final List<URI> roots;
  private final ManagementHttp http;
  private final Clock clock;
  private final DetailReader detailReader;
  private final QueueList queueList = new QueueList();
  private final HiddenVhosts hidden = new HiddenVhosts();
  private int current;

  /** A part of the cluster's state that a request returns. */
  private interface Part<T> {
    T read() throws CollectionException, InterruptedException;
  }

  /**
   * What was read.
   *
   * @param statistics whether the broker gathers any, of which queues are told with numbers
   * @param plugins where the nodes' Prometheus plugins listen
   */
  record Reading(RabbitMqSnapshot snapshot, boolean statistics, List<URI> plugins) {

    Reading {
      plugins = List.copyOf(plugins);
    }
  }

  ManagementReader(RabbitMqConfig config, ManagementHttp http, Clock clock) {
    this.config = config;
    this.roots = config.urls().stream().map(ManagementReader::apiRoot).toList();
    this.http = http;
    this.clock = clock;
    this.detailReader =
        new DetailReader(http, config.vhosts()::accepts, config.effort().detailsInterval());
  }

  /**
   * Reads the cluster.
   *
   * @throws CollectionException if the first request fails at each node; what fails later is
   *     missing
   */
  Reading read(Deadline deadline) throws CollectionException, InterruptedException {
    OverviewResponse overview = overview(deadline);
    var api = new ManagementApi(root(), http, deadline);
    var missing = new ArrayList<Missing>();
    // The queues last: they are what takes long, and a node's alarm is wanted most when they do.
    Optional<List<Exchange>> exchanges =
        read("exchanges", () -> api.exchanges(config.vhosts()::accepts), missing);
    Optional<List<Node>> nodes = read("nodes", api::nodes, missing);
    var allVhosts = new TreeSet<String>();
    Optional<List<Vhost>> vhosts =
        read(
            "vhosts",
            () ->
                api.vhosts(name -> {
                  allVhosts.add(name);
                  return config.vhosts().accepts(name);
                }),
            missing);
    if (vhosts.isPresent() && vhosts.get().isEmpty() && !allVhosts.isEmpty()) {
      missing.add(
          new Missing(
              "vhosts", "none passes the patterns (expected: one of %s)".formatted(allVhosts)));
    }
    var listedIn = new HashSet<String>();
    Optional<List<Queue>> queues =
        read(
            "queues",
            () ->
                queueList.read(
                    api,
                    config.effort().queueStatistics(),
                    id -> {
                      listedIn.add(id.vhost());
                      return config.reads(id);
                    }),
            missing);
    if (queues.isPresent()) {
      missing.addAll(hidden.find(vhosts.orElse(List.of()), listedIn));
    }
    Optional<List<BindingInfo>> bindings =
        needsBindings(queues.orElse(List.of()))
            ? read("dead-letter queues", api::bindings, missing)
            : Optional.empty();
    var snapshot =
        new RabbitMqSnapshot(
            clock.instant(),
            overview(overview),
            queues.map(list -> distinct(list, Queue::id, byVhostAndName())),
            distinct(nodes.orElse(List.of()), Node::name, Comparator.naturalOrder()),
            distinct(vhosts.orElse(List.of()), Vhost::name, Comparator.naturalOrder()),
            distinct(
                exchanges.orElse(List.of()),
                exchange -> new DestinationId(exchange.vhost(), exchange.name()),
                byVhostAndName()),
            bindings.orElse(List.of()).stream()
                .map(ManagementReader::binding)
                .filter(binding -> !binding.source().isEmpty())
                .filter(binding -> config.vhosts().accepts(binding.vhost()))
                .toList(),
            missing);
    return new Reading(snapshot, overview.getQueueTotals() != null, plugins(overview));
  }

  /**
   * Returns the details, of which those are read anew that are due; what does not answer by the
   * deadline is missing in them.
   */
  Details readDetails(RabbitMqSnapshot snapshot, Deadline deadline) throws InterruptedException {
    return detailReader.read(root(), snapshot.nodes(), snapshot.at(), deadline);
  }

  private URI root() {
    return roots.get(current);
  }

  private OverviewResponse overview(Deadline deadline)
      throws CollectionException, InterruptedException {
    Optional<CollectionException> first = Optional.empty();
    for (int left = roots.size(); left > 0; left--) {
      Deadline share = left == 1 ? deadline : Deadline.after(deadline.remaining().dividedBy(left));
      try {
        return new ManagementApi(root(), http, share).overview();
      } catch (CollectionException e) {
        first = first.or(() -> Optional.of(e));
        current = (current + 1) % roots.size();
      }
    }
    throw first.orElseThrow();
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

  private static List<URI> plugins(OverviewResponse overview) {
    List<NetworkListener> listeners =
        Objects.requireNonNullElse(overview.getListeners(), List.of());
    return listeners.stream()
        .filter(listener ->
            Objects.requireNonNullElse(listener.getProtocol(), "").endsWith("/prometheus"))
        .map(ManagementReader::address)
        .sorted()
        .toList();
  }

  /** Returns where a listener is: at its address, or if that is any, at the host of its node. */
  private static URI address(NetworkListener listener) {
    String ip = Objects.requireNonNullElse(listener.getIpAddress(), "");
    String node = Objects.requireNonNullElse(listener.getNode(), "");
    boolean any = ip.isEmpty() || ip.equals("::") || ip.equals("0.0.0.0");
    String host = any ? node.substring(node.indexOf('@') + 1) : ip;
    String scheme = listener.getProtocol().startsWith("https") ? "https" : "http";
    return URI.create(
        "%s://%s:%d"
            .formatted(scheme, host.contains(":") ? "[" + host + "]" : host, listener.getPort()));
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
