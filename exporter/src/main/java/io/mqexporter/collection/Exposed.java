package io.mqexporter.collection;

import io.mqexporter.metric.MetricFamily;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is exposed of one collection.
 *
 * @param families the families of the target
 * @param nodes the families that each of its nodes would show alone, by the node's name; empty for
 *     brokers that are not scraped by node
 */
public record Exposed(List<MetricFamily> families, SortedMap<String, List<MetricFamily>> nodes) {

  /** Copies the collections. */
  public Exposed {
    families = List.copyOf(families);
    nodes = Collections.unmodifiableSortedMap(new TreeMap<>(nodes));
  }

  /** Creates one without families of single nodes. */
  public Exposed(List<MetricFamily> families) {
    this(families, Collections.emptySortedMap());
  }
}
