package io.mqexporter.rabbitmq.relay;

import io.mqexporter.metric.Granularity;
import io.mqexporter.metric.MetricDefinition;
import io.mqexporter.metric.MetricDescriptor;
import io.mqexporter.metric.MetricFamily;
import io.mqexporter.metric.Sample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Puts what several nodes tell into families with the label of the target and of the node before
 * their own labels.
 */
public final class RelayedMetrics {

  private static final String CLUSTER = "messaging_cluster";
  private static final String NODE = "rabbitmq_node";

  /** What makes a series that of a queue or exchange. */
  private static final Set<String> DESTINATIONS = Set.of("queue", "exchange");

  /** What makes a series that of a client. */
  private static final Set<String> PARTS = Set.of("channel", "connection");

  private RelayedMetrics() {}

  private record Relayed(MetricDefinition definition) implements MetricDescriptor {}

  private record Told(String node, RelayedFamily family) {}

  /**
   * Returns the families of all nodes, by name.
   *
   * @param byNode what each node tells
   * @param wanted whether a family is to be there, by its name
   */
  public static List<MetricFamily> of(
      String cluster, Map<String, List<RelayedFamily>> byNode, Predicate<String> wanted) {
    var byName = new TreeMap<String, List<Told>>();
    byNode.forEach((node, families) ->
        families.stream()
            .filter(family -> wanted.test(family.name()))
            .forEach(family ->
                byName
                    .computeIfAbsent(family.name(), _ -> new ArrayList<>())
                    .add(new Told(node, family))));
    return byName.values().stream().map(told -> family(cluster, told)).toList();
  }

  private static MetricFamily family(String cluster, List<Told> told) {
    RelayedFamily first = told.getFirst().family();
    // While a cluster is upgraded, its nodes may be of two minds; a family has one type.
    List<Told> alike = told.stream().filter(one -> one.family().type() == first.type()).toList();
    var names = new LinkedHashSet<>(List.of(CLUSTER, NODE));
    alike.stream()
        .flatMap(one -> one.family().series().stream())
        .forEach(series -> names.addAll(series.labels().keySet()));
    List<String> labels = List.copyOf(names);
    var definition =
        new MetricDefinition(
            first.name(),
            first.type(),
            first.help().isBlank() ? first.name() : first.help(),
            labels,
            granularity(names));
    // A series that is told twice would spoil the whole page.
    var samples = new LinkedHashMap<List<String>, Sample>();
    for (Told one : alike) {
      for (RelayedFamily.Series series : one.family().series()) {
        Sample sample = sample(cluster, one.node(), labels, series);
        var key = new ArrayList<>(sample.labelValues());
        key.add(sample.suffix());
        samples.putIfAbsent(key, sample);
      }
    }
    return new MetricFamily(new Relayed(definition), List.copyOf(samples.values()));
  }

  private static Sample sample(
      String cluster, String node, List<String> labels, RelayedFamily.Series series) {
    List<String> values =
        labels.stream()
            .map(label ->
                switch (label) {
                  case CLUSTER -> cluster;
                  // Its own word for it, where it has one.
                  case NODE -> series.labels().getOrDefault(NODE, node);
                  default -> series.labels().getOrDefault(label, "");
                })
            .toList();
    return new Sample(values, series.value(), series.suffix());
  }

  private static Granularity granularity(Set<String> labels) {
    if (labels.stream().anyMatch(PARTS::contains)) {
      return Granularity.PARTITION;
    }
    return labels.stream().anyMatch(DESTINATIONS::contains)
        ? Granularity.DESTINATION
        : Granularity.CLUSTER;
  }
}
