package io.mqexporter.rabbitmq;

import io.mqexporter.collector.Missing;
import io.mqexporter.rabbitmq.snapshot.Details;
import io.mqexporter.rabbitmq.snapshot.RabbitMqSnapshot;
import java.util.ArrayList;
import java.util.List;

/**
 * All that one collection has read.
 *
 * @param snapshot the cluster
 * @param complete whether queues have all the numbers that the management plugin gathers
 * @param plugins what the nodes' Prometheus plugins told
 * @param details what is read less often
 * @param missingSources the sources that could not be read
 */
record Reading(
    RabbitMqSnapshot snapshot,
    boolean complete,
    PluginReading plugins,
    Details details,
    List<Missing> missingSources) {

  Reading {
    missingSources = List.copyOf(missingSources);
  }

  /** Returns what could not be read. */
  List<Missing> missing() {
    var missing = new ArrayList<>(missingSources);
    missing.addAll(snapshot.missing());
    missing.addAll(plugins.missing());
    missing.addAll(details.missing());
    return missing;
  }
}
