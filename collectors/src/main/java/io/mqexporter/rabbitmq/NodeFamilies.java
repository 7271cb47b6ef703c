package io.mqexporter.rabbitmq;

import io.mqexporter.metric.MetricDefinition;
import io.mqexporter.metric.MetricDescriptor;
import io.mqexporter.metric.MetricFamily;
import io.mqexporter.metric.MetricType;
import io.mqexporter.metric.Sample;
import io.mqexporter.rabbitmq.snapshot.Node;
import io.mqexporter.relay.RelayedFamily;
import io.mqexporter.relay.RelayedMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What each node would show if it were scraped for itself, as RabbitMQ's own dashboards expect it:
 * the page of its Prometheus plugin, or of a node without one what the management plugin tells of
 * it; either with {@code rabbitmq_identity_info}, by which those dashboards select nodes.
 */
final class NodeFamilies {

  /** The name of the node beside that of its cluster, as the plugin has it. */
  enum Identity implements MetricDescriptor {
    INFO;

    private static final MetricDefinition DEFINITION =
        Labels.define(
            "rabbitmq_identity_info",
            MetricType.GAUGE,
            "Names that the node and its cluster give themselves; always 1.",
            Labels.NODE,
            "rabbitmq_cluster");

    @Override
    public MetricDefinition definition() {
      return DEFINITION;
    }
  }

  private NodeFamilies() {}

  /** Returns the families of each node that runs, by its name. */
  static SortedMap<String, List<MetricFamily>> of(
      String cluster, Reading reading, List<MetricFamily> families) {
    var nodes = new TreeMap<String, List<MetricFamily>>();
    for (Node node : reading.snapshot().nodes()) {
      if (node.running().orElse(false)) {
        nodes.put(node.name(), managed(cluster, node.name(), reading, families));
      }
    }
    Map<String, List<RelayedFamily>> pages = reading.plugins().summaries();
    pages.forEach((node, page) ->
        nodes.put(node, RelayedMetrics.of(cluster, Labels.NODE, Map.of(node, page), _ -> true)));
    return nodes;
  }

  private static List<MetricFamily> managed(
      String cluster, String node, Reading reading, List<MetricFamily> families) {
    var own = new ArrayList<MetricFamily>();
    for (MetricFamily family : families) {
      int label = family.descriptor().labelNames().indexOf(Labels.NODE);
      if (label >= 0) {
        List<Sample> samples =
            family.samples().stream()
                .filter(sample -> sample.labelValues().get(label).equals(node))
                .toList();
        if (!samples.isEmpty()) {
          own.add(new MetricFamily(family.descriptor(), samples));
        }
      }
    }
    String clusterName = reading.snapshot().overview().clusterName();
    own.add(
        new MetricFamily(
            Identity.INFO, List.of(new Sample(List.of(cluster, node, clusterName), 1))));
    return own;
  }
}
