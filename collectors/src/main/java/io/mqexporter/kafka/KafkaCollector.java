package io.mqexporter.kafka;

import io.mqexporter.collector.Collected;
import io.mqexporter.collector.CollectionException;
import io.mqexporter.collector.Collector;
import io.mqexporter.collector.Deadline;
import io.mqexporter.messaging.ClusterMemory;
import io.mqexporter.messaging.ClusterState;
import io.mqexporter.messaging.MessagingMetrics;
import io.mqexporter.messaging.MessagingSystem;
import io.mqexporter.metric.MetricFamily;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.errors.BootstrapResolutionException;

/** The collector of one Kafka cluster. */
public final class KafkaCollector implements Collector {

  /** The share of the time that reading may take; the rest is for saying why it failed. */
  private static final double READING_SHARE = 0.9;

  private final String name;
  private final KafkaConfig config;
  private final Clock clock;
  private final KafkaConnection connection;
  private final ClusterMemory memory;

  /**
   * Creates a collector that connects when it first collects.
   *
   * @param window how long a consumer group is watched before it is judged
   */
  public KafkaCollector(String name, KafkaConfig config, Duration window, Clock clock) {
    this.name = name;
    this.config = config;
    this.clock = clock;
    this.connection = new KafkaConnection(name, config);
    this.memory = new ClusterMemory(window);
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
    KafkaSnapshot snapshot = read(deadline);
    ClusterState state = KafkaClusterState.of(snapshot, name, config.deadLetterTopics());
    memory.observe(state);
    var families = new ArrayList<>(KafkaMetrics.of(snapshot, state));
    families.addAll(MessagingMetrics.of(state, memory));
    return new Collected(families, snapshot.missing());
  }

  @Override
  public List<MetricFamily> unavailable() {
    return MessagingMetrics.unavailable(MessagingSystem.KAFKA, name);
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
      return new KafkaReader(connection.admin(deadline), clock).read(reading);
    } catch (NoAnswerException e) {
      boolean unresolved = e.failure() instanceof BootstrapResolutionException;
      if (unresolved) {
        // The client would not try again.
        connection.discard();
      }
      throw connection.failure(
          unresolved || e.timedOut()
              ? Unreachable.reason(config.bootstrapServers(), deadline)
              : Reason.of(e.failure()),
          e);
    }
  }
}
