package io.mqexporter.collector;

import static java.util.stream.Collectors.toMap;

import io.mqexporter.metric.MetricFamily;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Leaves out of what a collector has read what belongs to other shares: each series whose labels
 * name a group stays where the group belongs, each other one that names a topic or a queue where
 * that belongs, and the rest where the cluster as a whole belongs.
 */
public final class ShardedCollector extends PartialCollector {

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
    super(collector);
    this.shard = shard;
    this.shared = Set.copyOf(shared);
  }

  @Override
  Collected own(Collected whole) {
    Map<String, List<MetricFamily>> nodes =
        whole.nodes().entrySet().stream()
            .collect(toMap(Map.Entry::getKey, entry -> own(entry.getValue())));
    return new Collected(own(whole.families()), whole.missing(), new TreeMap<>(nodes));
  }

  @Override
  public List<MetricFamily> unavailable() {
    return own(super.unavailable());
  }

  private List<MetricFamily> own(List<MetricFamily> families) {
    var owner = new Owner();
    return families.stream()
        .flatMap(family ->
            shared.contains(family.descriptor().metricName())
                ? Stream.of(family)
                : OwnSeries.of(family, owner::owns).stream())
        .toList();
  }

  /** Tells what is the share's. */
  private final class Owner {

    private final Latest byGroup = new Latest(group -> shard.ownsGroup(name(), group));
    private final Latest byDestination =
        new Latest(destination -> shard.ownsDestination(name(), destination));

    private boolean owns(Subject subject) {
      if (!subject.group().isEmpty()) {
        return byGroup.owns(subject.group());
      }
      return subject.destination().isEmpty()
          ? shard.ownsCluster(name())
          : byDestination.owns(subject.destination());
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
