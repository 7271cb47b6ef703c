package io.mqexporter.system;

import io.mqexporter.metric.MetricDescriptor;
import io.mqexporter.metric.MetricFamily;
import io.mqexporter.metric.Sample;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The values of a collection by their labels, without those that name system and cluster.
 *
 * @param families what was collected
 */
record MetricValues(List<MetricFamily> families) {

  /** Returns the values of a metric. */
  Map<List<String>, Double> of(MetricDescriptor descriptor) {
    int skipped = descriptor.labelNames().indexOf("messaging_cluster") + 1;
    return families.stream()
        .filter(family -> family.descriptor().equals(descriptor))
        .flatMap(family -> family.samples().stream())
        .collect(
            Collectors.toMap(
                sample -> sample.labelValues().subList(skipped, sample.labelValues().size()),
                Sample::value));
  }

  /** Returns the values of a metric whose first label is one of these. */
  Map<List<String>, Double> of(MetricDescriptor descriptor, Set<String> first) {
    return of(descriptor).entrySet().stream()
        .filter(entry -> first.contains(entry.getKey().getFirst()))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** Returns one value of a metric. */
  Optional<Double> value(MetricDescriptor descriptor, String... labels) {
    return Optional.ofNullable(of(descriptor).get(List.of(labels)));
  }

  /** Returns a line for each value that two sides do not agree on. */
  static List<String> differences(Map<List<String>, Double> ours, Map<List<String>, Double> tool) {
    var keys = new HashSet<>(ours.keySet());
    keys.addAll(tool.keySet());
    return keys.stream()
        .filter(key -> !Objects.equals(ours.get(key), tool.get(key)))
        .map(key -> "%s: %s (the tool: %s)".formatted(key, ours.get(key), tool.get(key)))
        .toList();
  }
}
