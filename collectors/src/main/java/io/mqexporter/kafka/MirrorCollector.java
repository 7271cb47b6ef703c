package io.mqexporter.kafka;

import io.mqexporter.collector.Collected;
import io.mqexporter.collector.CollectionException;
import io.mqexporter.collector.Collector;
import io.mqexporter.collector.Deadline;
import io.mqexporter.collector.Missing;
import io.mqexporter.collector.Settings;
import io.mqexporter.kafka.KafkaConfig.Mirror;
import io.mqexporter.messaging.MessagingMetric;
import io.mqexporter.messaging.MessagingSystem;
import io.mqexporter.metric.MetricFamilies;
import io.mqexporter.metric.MetricFamily;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The collector of the copies that MirrorMaker 2 makes in one cluster of the topics of others.
 * Apart from the cluster's own, as each of the clusters may hang.
 */
public final class MirrorCollector implements Collector {

  private final String name;
  private final List<MirrorReader> readers;

  /**
   * Creates a collector that connects when it first collects.
   *
   * @param name the target with the copies
   * @param mirrors from where there are copies
   * @param settings how each target is reached
   */
  public MirrorCollector(
      String name,
      List<Mirror> mirrors,
      Function<String, Settings<KafkaConfig>> settings,
      Clock clock) {
    this.name = name;
    this.readers =
        mirrors.stream()
            .map(mirror ->
                new MirrorReader(
                    mirror, settings.apply(mirror.source()), settings.apply(name), clock))
            .toList();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String system() {
    return "mirrormaker";
  }

  @Override
  public Collected collect(Deadline deadline) throws CollectionException, InterruptedException {
    var families = new MetricFamilies();
    var missing = new ArrayList<Missing>();
    for (int i = 0; i < readers.size(); i++) {
      MirrorReader reader = readers.get(i);
      String source = reader.mirror().source();
      try {
        MirrorReader.Found found = reader.read(deadline.share(1.0 / (readers.size() - i)));
        found.replications().forEach(replication -> add(source, replication, families));
        found
            .missing()
            .forEach(part -> missing.add(new Missing(source + ": " + part.what(), part.why())));
      } catch (CollectionException e) {
        missing.add(new Missing(source, String.valueOf(e.getMessage())));
      }
    }
    if (missing.size() == readers.size() && families.toList().isEmpty()) {
      throw new CollectionException(missing.getFirst().what() + ": " + missing.getFirst().why());
    }
    return new Collected(families.toList(), missing);
  }

  private void add(String source, Replication replication, MetricFamilies families) {
    List<String> labels =
        List.of(MessagingSystem.KAFKA.labelValue(), name, source, "", replication.topic());
    families.add(MessagingMetric.REPLICATION_LAG, replication.lag(), labels);
    families.add(MessagingMetric.REPLICATION_LAG_SECONDS, replication.seconds(), labels);
  }

  @Override
  public List<MetricFamily> unavailable() {
    return List.of();
  }

  @Override
  public long requestsSent() {
    return readers.stream().mapToLong(MirrorReader::requestsSent).sum();
  }

  @Override
  public void close() {
    readers.forEach(MirrorReader::close);
  }
}
