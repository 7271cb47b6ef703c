package io.mqexporter.rabbitmq;

import io.mqexporter.collector.Missing;
import io.mqexporter.relay.RelayedFamily;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the Prometheus plugins of a cluster's nodes told.
 *
 * @param nodes what each node told, by its name
 * @param missing what could not be read
 */
record PluginReading(SortedMap<String, Pages> nodes, List<Missing> missing) {

  /** Nothing was asked for. */
  static final PluginReading NONE = new PluginReading(Collections.emptySortedMap(), List.of());

  PluginReading {
    nodes = Collections.unmodifiableSortedMap(new TreeMap<>(nodes));
    missing = List.copyOf(missing);
  }

  /**
   * The pages of one node.
   *
   * @param summary the page that Prometheus asks for, in which queues are summed up
   * @param further what is asked for besides: queues, exchanges, Raft, the use of memory
   */
  record Pages(List<RelayedFamily> summary, List<RelayedFamily> further) {

    Pages {
      summary = List.copyOf(summary);
      further = List.copyOf(further);
    }

    /** Returns a label's value of a family that has one series, or nothing. */
    String label(String family, String label) {
      return summary.stream()
          .filter(one -> one.name().equals(family))
          .flatMap(one -> one.series().stream())
          .map(series -> series.labels().getOrDefault(label, ""))
          .findFirst()
          .orElse("");
    }
  }

  /** Returns what these nodes told; the others, of another cluster, are named. */
  PluginReading of(Set<String> members) {
    var own = new TreeMap<String, Pages>();
    var all = new ArrayList<>(missing);
    nodes.forEach((node, pages) -> {
      if (members.contains(node)) {
        own.put(node, pages);
      } else {
        all.add(
            new Missing(
                "Prometheus plugin of " + node,
                "not a node of this cluster (expected: one of %s)"
                    .formatted(new TreeSet<>(members))));
      }
    });
    return new PluginReading(own, all);
  }

  /** Returns the page of each node that Prometheus would see. */
  Map<String, List<RelayedFamily>> summaries() {
    var summaries = new TreeMap<String, List<RelayedFamily>>();
    nodes.forEach((node, pages) -> summaries.put(node, pages.summary()));
    return summaries;
  }

  /** Returns all that each node told. */
  Map<String, List<RelayedFamily>> all() {
    var all = new TreeMap<String, List<RelayedFamily>>();
    nodes.forEach((node, pages) -> {
      var families = new ArrayList<>(pages.summary());
      families.addAll(pages.further());
      all.put(node, families);
    });
    return all;
  }
}
