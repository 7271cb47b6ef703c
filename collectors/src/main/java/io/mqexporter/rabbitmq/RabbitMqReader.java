package io.mqexporter.rabbitmq;

import io.mqexporter.collector.CollectionException;
import io.mqexporter.collector.CurrentClient;
import io.mqexporter.collector.Deadline;
import io.mqexporter.collector.Missing;
import io.mqexporter.messaging.DestinationId;
import io.mqexporter.rabbitmq.RabbitMqConfig.QueueStatistics;
import io.mqexporter.rabbitmq.RabbitMqConfig.Source;
import io.mqexporter.rabbitmq.snapshot.Details;
import io.mqexporter.rabbitmq.snapshot.Node;
import io.mqexporter.rabbitmq.snapshot.NodeNumber;
import io.mqexporter.rabbitmq.snapshot.Numbers;
import io.mqexporter.rabbitmq.snapshot.Queue;
import io.mqexporter.rabbitmq.snapshot.RabbitMqSnapshot;
import io.mqexporter.rabbitmq.snapshot.RabbitMqSnapshot.Overview;
import io.mqexporter.rabbitmq.vocabulary.Vocabulary;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads a cluster from its sources: the management plugin of one node, which knows all, and the
 * Prometheus plugins of every node, which tell more and cost less. One of the two is enough; what
 * one does not tell, the other does.
 */
final class RabbitMqReader implements CurrentClient.Client {

  private final RabbitMqConfig config;
  private final ManagementHttp http;
  private final Clock clock;
  private final ManagementReader management;
  private final PluginReader plugins;
  private List<URI> pluginAddresses;

  RabbitMqReader(RabbitMqConfig config, Clock clock) {
    this.config = config;
    this.http = new ManagementHttp(config);
    this.clock = clock;
    this.management = new ManagementReader(config, http, clock);
    this.plugins = new PluginReader(http, config);
    this.pluginAddresses = config.sources().prometheusAddresses();
  }

  /**
   * Reads the cluster.
   *
   * @throws CollectionException if no source can be read; what of the rest fails is missing
   */
  Reading read(Deadline deadline) throws CollectionException, InterruptedException {
    if (!config.reads(Source.PROMETHEUS)) {
      ManagementReader.Reading read = management.read(deadline);
      return new Reading(
          read.snapshot(),
          read.statistics(),
          PluginReading.NONE,
          management.readDetails(read.snapshot(), share(deadline, 90)),
          List.of());
    }
    var missing = new ArrayList<Missing>();
    Optional<ManagementReader.Reading> managed = readManagement(share(deadline, 60), missing);
    managed
        .filter(_ -> config.sources().prometheusAddresses().isEmpty())
        .ifPresent(read -> pluginAddresses = read.plugins());
    boolean complete =
        managed
            .filter(ManagementReader.Reading::statistics)
            .filter(_ -> config.effort().queueStatistics() == QueueStatistics.FULL)
            .isPresent();
    PluginReading answers =
        plugins.read(pluginAddresses, !complete, clock.instant(), share(deadline, 75));
    Set<String> members =
        managed.stream()
            .flatMap(read -> read.snapshot().nodes().stream())
            .map(Node::name)
            .collect(Collectors.toSet());
    PluginReading told = members.isEmpty() ? answers : answers.of(members);
    if (pluginAddresses.isEmpty()) {
      missing.add(
          new Missing(
              "Prometheus plugins",
              "no node listens for Prometheus (expected: the plugin rabbitmq_prometheus)"));
    }
    if (managed.isEmpty() && told.nodes().isEmpty()) {
      missing.addAll(told.missing());
      throw new CollectionException(
          missing.stream().map(Missing::why).collect(Collectors.joining("; ")));
    }
    RabbitMqSnapshot snapshot =
        managed.isEmpty()
            ? alone(told)
            : complete ? managed.get().snapshot() : merged(managed.get().snapshot(), told);
    Details details =
        managed.isEmpty() ? Details.NONE : management.readDetails(snapshot, share(deadline, 90));
    return new Reading(snapshot, complete, told, details, missing);
  }

  /** Returns the exporters whose families are to be exposed, too. */
  List<Vocabulary> vocabularies() {
    return config.vocabularies();
  }

  @Override
  public long requestsSent() {
    return http.requestsSent();
  }

  @Override
  public void close() {
    http.close();
  }

  private Optional<ManagementReader.Reading> readManagement(
      Deadline deadline, List<Missing> missing) throws InterruptedException {
    if (!config.reads(Source.MANAGEMENT)) {
      return Optional.empty();
    }
    try {
      return Optional.of(management.read(deadline));
    } catch (CollectionException e) {
      missing.add(new Missing("management", Objects.requireNonNullElse(e.getMessage(), "")));
      return Optional.empty();
    }
  }

  private RabbitMqSnapshot alone(PluginReading told) {
    return new RabbitMqSnapshot(
        clock.instant(),
        Overview.UNKNOWN,
        Optional.of(PluginQueues.of(told)),
        told.nodes().keySet().stream().map(RabbitMqReader::running).toList(),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  private static RabbitMqSnapshot merged(RabbitMqSnapshot managed, PluginReading told) {
    Map<DestinationId, Queue> byId =
        PluginQueues.of(told).stream().collect(Collectors.toMap(Queue::id, Function.identity()));
    return managed.withQueues(
        managed
            .queues()
            .map(queues ->
                queues.stream()
                    .map(queue -> queue.or(byId.getOrDefault(queue.id(), queue)))
                    .toList()));
  }

  private static Node running(String name) {
    return new Node(
        name,
        Optional.of(true),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        new Numbers<>(new EnumMap<>(NodeNumber.class)));
  }

  private static Deadline share(Deadline deadline, int percent) {
    return Deadline.after(deadline.remaining().multipliedBy(percent).dividedBy(100));
  }
}
