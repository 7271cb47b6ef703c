package io.mqexporter.kafka;

import io.mqexporter.collector.BrokerAddress;
import io.mqexporter.collector.Collected;
import io.mqexporter.collector.CollectionException;
import io.mqexporter.collector.Collector;
import io.mqexporter.collector.Deadline;
import io.mqexporter.collector.Missing;
import io.mqexporter.collector.Settings;
import io.mqexporter.collector.Shard;
import io.mqexporter.collector.SlowBeat;
import io.mqexporter.kafka.snapshot.Details;
import io.mqexporter.kafka.snapshot.KafkaSnapshot;
import io.mqexporter.kafka.vocabulary.Reading;
import io.mqexporter.kafka.vocabulary.Vocabulary;
import io.mqexporter.messaging.ClusterMemory;
import io.mqexporter.messaging.ClusterState;
import io.mqexporter.messaging.Destination;
import io.mqexporter.messaging.LagObjectives;
import io.mqexporter.messaging.MessagingMetric;
import io.mqexporter.messaging.MessagingMetrics;
import io.mqexporter.messaging.MessagingSystem;
import io.mqexporter.metric.MetricFamilies;
import io.mqexporter.metric.MetricFamily;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.errors.BootstrapResolutionException;

/** The collector of one Kafka cluster. */
public final class KafkaCollector implements Collector {

  /**
   * The names of the metrics that count. Groups are read by none but their own share, so that each
   * share can only count its own.
   */
  public static final Set<String> COUNTS_OF_A_SHARE =
      Set.of(MessagingMetric.DESTINATIONS.metricName(), MessagingMetric.CONSUMERS.metricName());

  /** The share of the time that reading may take; the rest is for saying why it failed. */
  private static final double READING_SHARE = 0.9;

  /** The share of the time that is then left which the details may take. */
  private static final double DETAILS_SHARE = 0.5;

  /** The share of the time that is then left which looking at records may take. */
  private static final double RECORDS_SHARE = 0.5;

  private final String name;
  private final Clock clock;
  private final KafkaConnection connection;
  private final ClusterMemory memory;
  private final LagObjectives objectives;
  private final WantedTopics wanted;
  private final KnownGroups knownGroups = new KnownGroups();
  private final TopicConfigs topicConfigs = new TopicConfigs();
  private final HiddenTopics hiddenTopics = new HiddenTopics();
  private final UnreadRecords unreadRecords = new UnreadRecords();
  private Details details = Details.NONE;
  private final SlowBeat detailsBeat = new SlowBeat();
  private volatile List<BrokerAddress> brokers = List.of();

  /** Creates a collector with settings that never change. */
  public KafkaCollector(String name, KafkaConfig config, Duration window, Clock clock) {
    this(
        name,
        Settings.fixed(config),
        new ClusterMemory(window),
        LagObjectives.NONE,
        Shard.WHOLE,
        clock);
  }

  /**
   * Creates a collector that connects when it first collects.
   *
   * @param settings how the cluster is reached
   * @param memory what is remembered of the cluster, by nobody else
   * @param objectives how old messages may become before they are consumed
   * @param shard the groups and topics that are read
   */
  public KafkaCollector(
      String name,
      Settings<KafkaConfig> settings,
      ClusterMemory memory,
      LagObjectives objectives,
      Shard shard,
      Clock clock) {
    this.name = name;
    this.clock = clock;
    this.connection = new KafkaConnection(name, settings);
    this.memory = memory;
    this.objectives = objectives;
    this.wanted = new WantedTopics(name, shard);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String system() {
    return MessagingSystem.KAFKA.labelValue();
  }

  @Override
  public Collected collect(Deadline deadline) throws CollectionException, InterruptedException {
    KafkaSnapshot read = read(deadline);
    KafkaSnapshot snapshot = read.withGroups(knownGroups.complete(read));
    brokers = snapshot.brokers().stream().map(broker -> new BrokerAddress(broker.host())).toList();
    readDetails(snapshot, deadline);
    var missing = new ArrayList<>(snapshot.missing());
    missing.addAll(details.missing());
    var partitions = new Partitions(snapshot.topics());
    KafkaConfig config = connection.config();
    List<Destination> destinations =
        KafkaClusterState.destinations(snapshot, details, config.deadLetterTopics());
    memory.observeDestinations(destinations, snapshot.at());
    missing.addAll(lookAtRecords(snapshot, partitions, deadline));
    ClusterState state =
        KafkaClusterState.of(snapshot, name, destinations, partitions, unreadRecords);
    memory.observeConsumers(state);
    List<MetricFamily> families =
        MetricFamilies.sideBySide(
            List.of(
                () -> KafkaMetrics.of(snapshot, state, memory, details, wanted),
                () -> MessagingMetrics.of(wanted.own(state), memory, objectives)));
    var reading = new Reading(snapshot, details, state, memory, missing.isEmpty());
    config.vocabularies().forEach(vocabulary -> families.addAll(vocabulary.families(reading)));
    return new Collected(
        families,
        missing,
        Collections.emptySortedMap(),
        () -> KafkaLeaders.of(snapshot, partitions));
  }

  private void readDetails(KafkaSnapshot snapshot, Deadline deadline)
      throws CollectionException, InterruptedException {
    if (!detailsBeat.isDue(snapshot.at())) {
      return;
    }
    KafkaConfig config = connection.config();
    details =
        new DetailReader(connection.admin(deadline), config.topics(), clock)
            .read(snapshot, topicConfigs, hiddenTopics, Stage.until(deadline, DETAILS_SHARE));
    Duration interval = config.effort().detailsInterval();
    if (details.missing().isEmpty()) {
      detailsBeat.succeeded(snapshot.at(), interval);
    } else {
      detailsBeat.failed(snapshot.at(), interval);
    }
  }

  private List<Missing> lookAtRecords(
      KafkaSnapshot snapshot, Partitions partitions, Deadline deadline)
      throws CollectionException, InterruptedException {
    var gaps = new Gaps();
    Deadline end = Stage.until(deadline, RECORDS_SHARE).end();
    gaps.add(
        "age of the oldest unread record",
        "topic",
        unreadRecords.look(
            snapshot,
            partitions,
            memory,
            connection.config().effort().unreadRecords(),
            positions -> connection.records().read(positions, end)));
    return gaps.toList();
  }

  @Override
  public List<MetricFamily> unavailable() {
    var families = new ArrayList<>(MessagingMetrics.unavailable(MessagingSystem.KAFKA, name));
    for (Vocabulary vocabulary : connection.config().vocabularies()) {
      families.addAll(vocabulary.unavailable(name));
    }
    return families;
  }

  @Override
  public List<BrokerAddress> brokers() {
    return brokers;
  }

  @Override
  public long requestsSent() {
    return connection.requestsSent();
  }

  @Override
  public void close() {
    connection.close();
  }

  private KafkaSnapshot read(Deadline deadline) throws CollectionException, InterruptedException {
    Deadline reading = Stage.until(deadline, READING_SHARE).end();
    try {
      // Settings that have changed hold from here on.
      connection.admin(deadline);
      return new KafkaReader(connection, wanted, clock).read(reading);
    } catch (NoAnswerException e) {
      boolean unresolved = e.failure() instanceof BootstrapResolutionException;
      if (unresolved) {
        // The client would not try again.
        connection.discard();
      }
      throw connection.failure(
          unresolved || e.timedOut()
              ? Unreachable.reason(connection.config().bootstrapServers(), deadline)
              : Reason.of(e.failure()),
          e);
    }
  }
}
