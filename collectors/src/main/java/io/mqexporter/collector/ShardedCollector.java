package io.mqexporter.collector;

import static java.util.stream.Collectors.toMap;

import io.mqexporter.metric.MetricFamily;
import io.mqexporter.metric.Sample;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Leaves out of what a collector has read what belongs to other shares: each series whose labels
 * name a group stays where the group belongs, each other one that names a topic or a queue where
 * that belongs, and the rest where the cluster as a whole belongs.
 */
public final class ShardedCollector implements Collector {

  /** The labels that name consumer groups, in our words and in those of other exporters. */
  private static final Set<String> GROUP_LABELS =
      Set.of(
          "messaging_consumer_group_name", "consumer_group", "consumergroup", "group_id", "group");

  /** The labels that name topics and queues, likewise. */
  private static final Set<String> DESTINATION_LABELS =
      Set.of("messaging_destination_name", "topic", "topic_name", "queue");

  private final Collector collector;
  private final Shard shard;
  private final Set<String> shared;

  /**
   * Creates one.
   *
   * @param collector what reads the cluster
   * @param shared the names of the metrics that count what belongs to the share, and so stay in
   *     each
   */
  public ShardedCollector(Collector collector, Shard shard, Set<String> shared) {
    this.collector = collector;
    this.shard = shard;
    this.shared = Set.copyOf(shared);
  }

  @Override
  public String name() {
    return collector.name();
  }

  @Override
  public String system() {
    return collector.system();
  }

  @Override
  public Collected collect(Deadline deadline) throws CollectionException, InterruptedException {
    Collected whole = collector.collect(deadline);
    Map<String, List<MetricFamily>> nodes =
        whole.nodes().entrySet().stream()
            .collect(toMap(Map.Entry::getKey, entry -> own(entry.getValue())));
    return new Collected(own(whole.families()), whole.missing(), new TreeMap<>(nodes));
  }

  @Override
  public List<MetricFamily> unavailable() {
    return own(collector.unavailable());
  }

  @Override
  public List<BrokerAddress> brokers() {
    return collector.brokers();
  }

  @Override
  public long requestsSent() {
    return collector.requestsSent();
  }

  @Override
  public void close() {
    collector.close();
  }

  private List<MetricFamily> own(List<MetricFamily> families) {
    return families.stream().map(this::own).filter(family -> !family.samples().isEmpty()).toList();
  }

  private MetricFamily own(MetricFamily family) {
    if (shared.contains(family.descriptor().metricName())) {
      return family;
    }
    List<String> labels = family.descriptor().labelNames();
    var owner = new Owner(position(labels, GROUP_LABELS), position(labels, DESTINATION_LABELS));
    return new MetricFamily(
        family.descriptor(), family.samples().stream().filter(owner::owns).toList());
  }

  private static OptionalInt position(List<String> labels, Set<String> names) {
    return IntStream.range(0, labels.size())
        .filter(index -> names.contains(labels.get(index)))
        .findFirst();
  }

  /** Tells for the samples of one family whose they are. */
  private final class Owner {

    private final OptionalInt group;
    private final OptionalInt destination;
    private final Latest byGroup = new Latest(name -> shard.ownsGroup(name(), name));
    private final Latest byDestination = new Latest(name -> shard.ownsDestination(name(), name));

    private Owner(OptionalInt group, OptionalInt destination) {
      this.group = group;
      this.destination = destination;
    }

    private boolean owns(Sample sample) {
      String groupName = value(sample, group);
      if (!groupName.isEmpty()) {
        return byGroup.owns(groupName);
      }
      String destinationName = value(sample, destination);
      return destinationName.isEmpty()
          ? shard.ownsCluster(name())
          : byDestination.owns(destinationName);
    }

    private static String value(Sample sample, OptionalInt position) {
      return position.isPresent() ? sample.labelValues().get(position.getAsInt()) : "";
    }
  }

  /** Remembers the last answer: samples of the same name follow one another. */
  private static final class Latest {

    private final Predicate<String> owns;
    private String name = "";
    private boolean owned;

    private Latest(Predicate<String> owns) {
      this.owns = owns;
    }

    private boolean owns(String asked) {
      if (!asked.equals(name)) {
        name = asked;
        owned = owns.test(asked);
      }
      return owned;
    }
  }
}
