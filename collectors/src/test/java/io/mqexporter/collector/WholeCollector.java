package io.mqexporter.collector;

import io.mqexporter.metric.MetricFamily;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Stands in for what reads a cluster: some families, of which the first stays when it is away. */
final class WholeCollector implements Collector {

  private final List<MetricFamily> families;
  private final Function<Subject, String> leaders;
  private final Map<String, List<MetricFamily>> nodes = new HashMap<>();
  private List<String> running;

  WholeCollector(
      List<MetricFamily> families, Function<Subject, String> leaders, String... running) {
    this.families = families;
    this.leaders = leaders;
    this.running = List.of(running);
  }

  /** Says which brokers run from now on. */
  void running(String... brokers) {
    running = List.of(brokers);
  }

  /** Adds a node's own families. */
  void node(String name, List<MetricFamily> own) {
    nodes.put(name, own);
  }

  @Override
  public String name() {
    return "shop";
  }

  @Override
  public String system() {
    return "kafka";
  }

  @Override
  public Collected collect(Deadline deadline) {
    return new Collected(
        families,
        List.of(new Missing("a part", "a reason")),
        new TreeMap<>(nodes),
        () -> new Leaders(running, leaders));
  }

  @Override
  public List<MetricFamily> unavailable() {
    return families.subList(0, 1);
  }

  @Override
  public long requestsSent() {
    return 0;
  }

  @Override
  public void close() {}
}
