package io.mqexporter.rabbitmq;

import io.mqexporter.metric.MetricFamily;
import io.mqexporter.metric.MetricType;
import io.mqexporter.relay.RelayedMetrics;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the nodes' Prometheus plugins tell and nobody else: where the management plugin told the
 * same, that stands alone, for it knows more of it.
 */
final class RelayedOnce {

  /** The plugin's names; what else is on its page is about the process that serves it. */
  private static final Set<String> PREFIXES = Set.of("rabbitmq_", "erlang_", "telemetry_");

  private static final Set<String> DETAILED = Set.of("rabbitmq_detailed_", "rabbitmq_cluster_");

  /** Another word for the capacity of consumers, which the plugin has kept. */
  private static final Set<String> SYNONYMS =
      Set.of(
          "rabbitmq_queue_consumer_utilisation",
          "rabbitmq_queue_exchange_messages_published_total");

  private RelayedOnce() {}

  /**
   * Returns the families that are to be passed on.
   *
   * @param told what is exposed anyway
   */
  static List<MetricFamily> of(String cluster, Reading reading, List<MetricFamily> told) {
    var names = new HashSet<String>(SYNONYMS);
    told.forEach(family -> names.add(family.descriptor().metricName()));
    if (reading.complete()) {
      // Also while there is no queue of which it could be told.
      for (RabbitMqQueueMetric metric : RabbitMqQueueMetric.values()) {
        names.add(metric.metricName());
      }
      // The management plugin counts some seconds behind: a counter must not go on with its number
      // where it began with the other's.
      for (RabbitMqNodeMetric metric : RabbitMqNodeMetric.values()) {
        if (metric.type() == MetricType.COUNTER) {
          names.add(metric.metricName());
        }
      }
    }
    return RelayedMetrics.of(
        cluster,
        Labels.NODE,
        reading.plugins().all(),
        name -> PREFIXES.stream().anyMatch(name::startsWith) && !names.contains(summarised(name)));
  }

  private static String summarised(String name) {
    for (String prefix : DETAILED) {
      if (name.startsWith(prefix)) {
        return "rabbitmq_" + name.substring(prefix.length());
      }
    }
    return name;
  }
}
