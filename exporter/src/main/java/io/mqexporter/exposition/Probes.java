package io.mqexporter.exposition;

import io.mqexporter.collection.LatestResults;
import io.mqexporter.collection.Target;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The pages that {@code /probe} serves, one for each target and for each node of those whose nodes
 * have pages, and what there is to be probed.
 */
public final class Probes {

  private final LatestResults results;
  private final MetricsPages pages;

  /** Creates the probes of all targets. */
  public Probes(LatestResults results, MetricsPages pages) {
    this.results = results;
    this.pages = pages;
  }

  /** What a probe comes to. */
  public sealed interface Answer {

    /** What was read last. */
    record Page(MetricsPage page) implements Answer {}

    /** There is no such target or node; which ones there are. */
    record Unknown(String reason) implements Answer {}

    /** Nothing was read of it, or not yet. */
    record Unavailable(String reason) implements Answer {}
  }

  /**
   * One thing to be probed.
   *
   * @param target the name in the configuration
   * @param node one of its nodes; empty for the target as a whole
   */
  public record Probe(String target, String node) {}

  /** Returns the targets, or of those whose nodes have pages the nodes. */
  public List<Probe> all(boolean nodes) {
    return names().stream()
        .flatMap(name ->
            nodes
                ? pages.nodes(name).stream().map(node -> new Probe(name, node))
                : List.of(new Probe(name, "")).stream())
        .toList();
  }

  /** Returns the page of a target or node, in Prometheus' text format. */
  public Answer find(Probe probe) {
    SortedSet<String> names = names();
    if (!names.contains(probe.target())) {
      return new Answer.Unknown(
          "target %s: not in the configuration (expected: %s)".formatted(probe.target(), names));
    }
    SortedSet<String> nodes = pages.nodes(probe.target());
    if (!probe.node().isEmpty() && !nodes.contains(probe.node())) {
      return nodes.isEmpty()
          ? new Answer.Unavailable("target %s: no node is known".formatted(probe.target()))
          : new Answer.Unknown(
              "target %s, node %s: not there (expected: %s)"
                  .formatted(probe.target(), probe.node(), nodes));
    }
    return pages
        .page(probe.target(), probe.node())
        .<Answer>map(Answer.Page::new)
        .orElseGet(
            () -> new Answer.Unavailable("target %s: nothing was read".formatted(probe.target())));
  }

  private SortedSet<String> names() {
    return results.targets().stream()
        .map(Target::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
