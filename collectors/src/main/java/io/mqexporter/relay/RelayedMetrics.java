package io.mqexporter.relay;

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
 * Puts what several sources tell into families with the label of the target and of the source
 * before their own labels.
 */
public final class RelayedMetrics {

  private static final String CLUSTER = "messaging_cluster";

  /** What makes a series that of a destination or of a consumer group. */
  private static final Set<String> DESTINATIONS =
      Set.of("queue", "exchange", "topic", "consumer_group");

  /** What makes a series that of a partition or a client. */
  private static final Set<String> PARTS =
      Set.of("channel", "connection", "partition", "client_id", "clientId");

  private RelayedMetrics() {}

  private record Relayed(MetricDefinition definition) implements MetricDescriptor {}

  private record Told(String source, RelayedFamily family) {}

  /**
   * Returns the families of all sources, by name.
   *
   * @param sourceLabel the label that tells the sources from each other, such as {@code
   *     rabbitmq_node}; a series that has it keeps its own
   * @param bySource what each of them tells
   * @param wanted whether a family is to be there, by its name
   */
  public static List<MetricFamily> of(
      String cluster,
      String sourceLabel,
      Map<String, List<RelayedFamily>> bySource,
      Predicate<String> wanted) {
    var byName = new TreeMap<String, List<Told>>();
    bySource.forEach((source, families) ->
        families.stream()
            .filter(family -> wanted.test(family.name()))
            .forEach(family ->
                byName
                    .computeIfAbsent(family.name(), _ -> new ArrayList<>())
                    .add(new Told(source, family))));
    return byName.values().stream().map(told -> family(cluster, sourceLabel, told)).toList();
  }

  private static MetricFamily family(String cluster, String sourceLabel, List<Told> told) {
    RelayedFamily first = told.getFirst().family();
    // While a cluster is upgraded, its nodes may be of two minds; a family has one type.
    List<Told> alike = told.stream().filter(one -> one.family().type() == first.type()).toList();
    var names = new LinkedHashSet<>(List.of(CLUSTER, sourceLabel));
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
        Sample sample = sample(cluster, one.source(), labels, series);
        var key = new ArrayList<>(sample.labelValues());
        key.add(sample.suffix());
        samples.putIfAbsent(key, sample);
      }
    }
    return new MetricFamily(new Relayed(definition), List.copyOf(samples.values()));
  }

  private static Sample sample(
      String cluster, String source, List<String> labels, RelayedFamily.Series series) {
    var values = new ArrayList<String>();
    values.add(cluster);
    // Its own word for where it is from, where it has one.
    values.add(series.labels().getOrDefault(labels.get(1), source));
    labels.stream().skip(2).forEach(label -> values.add(series.labels().getOrDefault(label, "")));
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
