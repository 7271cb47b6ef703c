package io.mqexporter.rocketmq;

import io.mqexporter.collector.BrokerAddress;
import io.mqexporter.collector.Collected;
import io.mqexporter.collector.CollectionException;
import io.mqexporter.collector.Collector;
import io.mqexporter.collector.CurrentClient;
import io.mqexporter.collector.Deadline;
import io.mqexporter.collector.Missing;
import io.mqexporter.collector.Settings;
import io.mqexporter.messaging.ClusterMemory;
import io.mqexporter.messaging.ClusterState;
import io.mqexporter.messaging.LagObjectives;
import io.mqexporter.messaging.MessagingMetrics;
import io.mqexporter.messaging.MessagingSystem;
import io.mqexporter.metric.MetricFamilies;
import io.mqexporter.metric.MetricFamily;
import io.mqexporter.rocketmq.reading.OnRequest;
import io.mqexporter.rocketmq.reading.ReadFilter;
import io.mqexporter.rocketmq.reading.RocketMqReader;
import io.mqexporter.rocketmq.remoting.ClientProperties;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.BrokerContents;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.BrokerProcess;
import io.mqexporter.rocketmq.view.BrokerMemory;
import io.mqexporter.rocketmq.view.ClusterView;
import io.mqexporter.rocketmq.view.RocketMqClusterState;
import io.mqexporter.rocketmq.view.UnreadShare;
import io.mqexporter.rocketmq.vocabulary.Rates;
import io.mqexporter.rocketmq.vocabulary.Reading;
import io.mqexporter.rocketmq.vocabulary.Vocabulary;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.rocketmq.acl.common.SessionCredentials;
import org.apache.rocketmq.common.MixAll;

/** Reads a RocketMQ cluster, version 4.9 or 5, through its name servers. */
public final class RocketMqCollector implements Collector {

  private static final String NOT_REGISTERED = "it is not registered with the name server";

  private final String name;
  private final CurrentClient<RocketMqConfig, RocketMqReader> reader;
  private final ClusterMemory memory;
  private final LagObjectives objectives;
  private final BrokerMemory brokerMemory = new BrokerMemory();
  private final Rates rates = new Rates();
  private volatile List<BrokerAddress> brokers = List.of();
  private List<Vocabulary> vocabularies = List.of();

  /** Creates a collector with settings that never change. */
  public RocketMqCollector(String name, RocketMqConfig config, Duration window, Clock clock) {
    this(name, Settings.fixed(config), new ClusterMemory(window), LagObjectives.NONE, clock);
  }

  /**
   * Creates a collector that has not connected yet.
   *
   * @param name the target's name
   * @param settings how the cluster is reached
   * @param memory what is remembered of the cluster, by nobody else
   * @param objectives how old messages may become before they are consumed
   * @param clock tells when a collection ended
   */
  public RocketMqCollector(
      String name,
      Settings<RocketMqConfig> settings,
      ClusterMemory memory,
      LagObjectives objectives,
      Clock clock) {
    ClientProperties.set();
    this.name = name;
    this.reader =
        new CurrentClient<>(
            settings,
            config -> {
              vocabularies = config.vocabularies();
              return reader(config, clock);
            });
    this.memory = memory;
    this.objectives = objectives;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String system() {
    return MessagingSystem.ROCKETMQ.labelValue();
  }

  @Override
  public Collected collect(Deadline deadline) throws CollectionException, InterruptedException {
    RocketMqReader.Reading reading = reader.get().read(deadline);
    brokers =
        reading.snapshot().processes().stream()
            .map(process -> process.address().replaceFirst(":[0-9]+$", ""))
            .map(BrokerAddress::new)
            .distinct()
            .toList();
    brokerMemory.observe(reading.snapshot());
    List<UnreadShare> unread = brokerMemory.unread(reading.snapshot());
    List<BrokerProcess> gone = brokerMemory.gone(reading.snapshot());
    var view = new ClusterView(reading.snapshot(), unread, gone);
    List<MetricFamily> families =
        MetricFamilies.sideBySide(
            List.of(() -> messaging(view), () -> RocketMqMetrics.of(name, view)));
    speak(view, families);
    families.addAll(RelayedServers.of(name, reading.pages(), families));
    var missing = new ArrayList<>(reading.missing());
    missing.addAll(unregistered(reading.snapshot(), unread));
    gone.stream()
        .filter(process -> process.id() != MixAll.MASTER_ID)
        .map(slave -> new Missing("slave " + slave.name(), NOT_REGISTERED))
        .forEach(missing::add);
    return new Collected(
        families,
        missing,
        Collections.emptySortedMap(),
        () -> RocketMqLeaders.of(reading.snapshot()));
  }

  @Override
  public List<MetricFamily> unavailable() {
    return MessagingMetrics.unavailable(MessagingSystem.ROCKETMQ, name);
  }

  @Override
  public List<BrokerAddress> brokers() {
    return brokers;
  }

  @Override
  public long requestsSent() {
    return reader.requestsSent();
  }

  @Override
  public void close() {
    reader.close();
  }

  private List<MetricFamily> messaging(ClusterView view) {
    ClusterState state = RocketMqClusterState.of(name, view);
    memory.observe(state);
    return MessagingMetrics.of(state, memory, objectives);
  }

  /** Adds what other exporters would say; a family that both have is theirs. */
  private void speak(ClusterView view, List<MetricFamily> families) {
    for (Vocabulary vocabulary : vocabularies) {
      MetricFamilies.putInPlace(
          families, vocabulary.families(new Reading(name, view, memory, rates)));
    }
  }

  private static RocketMqReader reader(RocketMqConfig config, Clock clock) {
    return new RocketMqReader(
        config.nameServers(),
        config
            .access()
            .credentials()
            .map(signer -> new SessionCredentials(signer.accessKey(), signer.secretKey().value())),
        config.access().tls(),
        config.further().controllers(),
        config.further().prometheusAddresses(),
        new OnRequest(
            config.further().clientStatistics(),
            config.further().exactLagTime(),
            config.further().brokerStatistics()),
        new ReadFilter(config.topics(), config.groups()),
        clock);
  }

  /** Returns the brokers that were there within the last hour, or have slaves only. */
  private static List<Missing> unregistered(RocketMqSnapshot snapshot, List<UnreadShare> unread) {
    Set<String> asked =
        snapshot.contents().stream().map(BrokerContents::broker).collect(Collectors.toSet());
    Set<String> registered =
        snapshot.processes().stream().map(BrokerProcess::broker).collect(Collectors.toSet());
    return unread.stream()
        .map(UnreadShare::broker)
        .filter(broker -> !asked.contains(broker))
        .map(broker ->
            new Missing(
                (registered.contains(broker) ? "master of broker " : "broker ") + broker,
                NOT_REGISTERED))
        .toList();
  }
}
