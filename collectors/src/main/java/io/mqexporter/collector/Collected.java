package io.mqexporter.collector;

import io.mqexporter.metric.MetricFamily;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * What one collection has read.
 *
 * @param families the metric families
 * @param missing what could not be read although it should be there; empty when all was read
 * @param nodes for clusters whose dashboards expect each node to be scraped for itself, the
 *     families of each node, by its name
 * @param leaders finds out which broker leads what
 */
public record Collected(
    List<MetricFamily> families,
    List<Missing> missing,
    SortedMap<String, List<MetricFamily>> nodes,
    Supplier<Leaders> leaders) {

  /** Copies the collections. */
  public Collected {
    families = List.copyOf(families);
    missing = List.copyOf(missing);
    nodes = Collections.unmodifiableSortedMap(new TreeMap<>(nodes));
  }

  /** Creates one of which nobody asks who leads what. */
  public Collected(
      List<MetricFamily> families,
      List<Missing> missing,
      SortedMap<String, List<MetricFamily>> nodes) {
    this(families, missing, nodes, () -> Leaders.UNKNOWN);
  }

  /** Creates one of which nobody asks that, without families of single nodes. */
  public Collected(List<MetricFamily> families, List<Missing> missing) {
    this(families, missing, Collections.emptySortedMap());
  }
}
