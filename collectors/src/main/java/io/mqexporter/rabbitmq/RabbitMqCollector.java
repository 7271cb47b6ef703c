package io.mqexporter.rabbitmq;

import io.mqexporter.collector.Collected;
import io.mqexporter.collector.CollectionException;
import io.mqexporter.collector.Collector;
import io.mqexporter.collector.CurrentClient;
import io.mqexporter.collector.Deadline;
import io.mqexporter.collector.Settings;
import io.mqexporter.messaging.ClusterMemory;
import io.mqexporter.messaging.ClusterState;
import io.mqexporter.messaging.LagObjectives;
import io.mqexporter.messaging.MessagingMetrics;
import io.mqexporter.messaging.MessagingSystem;
import io.mqexporter.metric.MetricFamilies;
import io.mqexporter.metric.MetricFamily;
import io.mqexporter.rabbitmq.snapshot.RabbitMqSnapshot;
import io.mqexporter.rabbitmq.vocabulary.Vocabulary;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Reads a RabbitMQ cluster through the management plugin of one of its nodes. */
public final class RabbitMqCollector implements Collector {

  private final String name;
  private final CurrentClient<RabbitMqConfig, RabbitMqReader> reader;
  private final ClusterMemory memory;
  private volatile List<Vocabulary> vocabularies;
  private final LagObjectives objectives;

  /** Creates a collector with settings that never change. */
  public RabbitMqCollector(String name, RabbitMqConfig config, Duration window, Clock clock) {
    this(name, Settings.fixed(config), new ClusterMemory(window), LagObjectives.NONE, clock);
  }

  /**
   * Creates a collector; it connects at the first collection.
   *
   * @param name the name of the target
   * @param settings how the cluster is reached
   * @param memory what is remembered of the cluster, by nobody else
   * @param objectives how old messages may become before they are consumed
   * @param clock tells when a collection ended
   */
  public RabbitMqCollector(
      String name,
      Settings<RabbitMqConfig> settings,
      ClusterMemory memory,
      LagObjectives objectives,
      Clock clock) {
    this.name = name;
    this.reader = new CurrentClient<>(settings, config -> new RabbitMqReader(config, clock));
    this.memory = memory;
    this.vocabularies = settings.current().value().vocabularies();
    this.objectives = objectives;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String system() {
    return MessagingSystem.RABBITMQ.labelValue();
  }

  @Override
  public Collected collect(Deadline deadline) throws CollectionException, InterruptedException {
    RabbitMqReader current = reader.get();
    Reading reading = current.read(deadline);
    RabbitMqSnapshot snapshot = reading.snapshot();
    ClusterState state = RabbitMqClusterState.of(name, snapshot);
    // A list of queues that could not be read must not make the memory forget all of them.
    if (snapshot.queues().isPresent()) {
      memory.observe(state);
    }
    var families = new ArrayList<>(RabbitMqMetrics.of(name, snapshot));
    families.addAll(QueueAges.of(name, snapshot, memory));
    families.addAll(DetailMetrics.of(name, reading.details()));
    families.addAll(RelayedOnce.of(name, reading, families));
    var nodes = NodeFamilies.of(name, reading, families);
    vocabularies = current.vocabularies();
    for (Vocabulary vocabulary : vocabularies) {
      // Under a name that both have, theirs has our labels and more; two of each would be too many.
      MetricFamilies.putInPlace(
          families,
          vocabulary.families(name, snapshot, reading.details(), reading.missing().isEmpty()));
    }
    families.addAll(MessagingMetrics.of(state, memory, objectives));
    return new Collected(families, reading.missing(), nodes, () -> RabbitMqLeaders.of(snapshot));
  }

  @Override
  public List<MetricFamily> unavailable() {
    var families = new ArrayList<>(MessagingMetrics.unavailable(MessagingSystem.RABBITMQ, name));
    vocabularies.forEach(vocabulary -> families.addAll(vocabulary.unavailable(name)));
    return families;
  }

  @Override
  public long requestsSent() {
    return reader.requestsSent();
  }

  @Override
  public void close() {
    reader.close();
  }
}
