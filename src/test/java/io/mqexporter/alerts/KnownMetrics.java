package io.mqexporter.alerts;

import io.mqexporter.architecture.Catalogues;
import io.mqexporter.messaging.ConsumerStatus;
import io.mqexporter.metric.MetricDescriptor;
import io.mqexporter.metric.MetricType;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The metrics that rules and dashboards may speak of: those of the catalogues, and a few more. */
public final class KnownMetrics {

  /** What Prometheus adds to each series. */
  private static final List<String> OF_THE_SCRAPE = List.of("job", "instance");

  private static final Map<String, Set<String>> VALUES =
      Map.of(
          "status",
          Set.copyOf(Arrays.stream(ConsumerStatus.values()).map(s -> s.labelValue()).toList()),
          "messaging_system",
          Set.of("kafka", "rabbitmq", "rocketmq", "jmx"),
          "reason",
          Set.of("granularity", "budget"),
          "role",
          Set.of("voter", "observer", "master", "slave"));

  private final Map<String, Metric> metrics = new HashMap<>();

  /**
   * A metric.
   *
   * @param labels its labels, those that Prometheus adds included
   * @param isShare whether it is a share, or says whether something is so, and never beyond 1
   */
  public record Metric(MetricType type, Set<String> labels, boolean isShare) {}

  /** Knows what the agent exposes, and what Prometheus itself adds. */
  public KnownMetrics() {
    Catalogues.metrics().forEach(this::add);
    // What the client library says of the agent's own process; a system test sees that it does.
    for (String name : List.of("jvm_memory_used_bytes", "jvm_memory_max_bytes")) {
      add(name, MetricType.GAUGE, Set.of("area"), false);
    }
    for (String name :
        List.of("jvm_memory_pool_collection_used_bytes", "jvm_memory_pool_max_bytes")) {
      add(name, MetricType.GAUGE, Set.of("pool"), false);
    }
    for (String name :
        List.of(
            "process_start_time_seconds",
            "process_resident_memory_bytes",
            "process_open_fds",
            "process_max_fds")) {
      add(name, MetricType.GAUGE, Set.of(), false);
    }
    add("process_cpu_seconds_total", MetricType.COUNTER, Set.of(), false);
    add("jvm_gc_collection_seconds_sum", MetricType.COUNTER, Set.of("gc"), false);
    add("up", MetricType.GAUGE, Set.of(), true);
    add("scrape_duration_seconds", MetricType.GAUGE, Set.of(), false);
  }

  /** Adds what rules record; its labels are those of what it is made of. */
  public void addRecorded(Collection<Rule> rules) {
    for (Rule rule : rules) {
      if (!rule.isAlert()) {
        var labels = new LinkedHashSet<String>();
        PromQl.read(rule.expression()).selectors().stream()
            .flatMap(selector -> find(selector.metric()).stream())
            .forEach(metric -> labels.addAll(metric.labels()));
        add(rule.name(), MetricType.GAUGE, labels, rule.name().endsWith(":bool"));
      }
    }
  }

  /** Adds the series that Prometheus writes for alerts, with the labels of all rules. */
  public void addAlerts(Collection<Rule> rules) {
    var labels = new LinkedHashSet<>(Set.of("alertname", "alertstate"));
    for (Rule rule : rules) {
      labels.addAll(rule.labels().keySet());
      PromQl.read(rule.expression()).selectors().stream()
          .flatMap(selector -> find(selector.metric()).stream())
          .forEach(metric -> labels.addAll(metric.labels()));
    }
    add("ALERTS", MetricType.GAUGE, labels, true);
  }

  /** Returns a metric by its name. */
  public Optional<Metric> find(String name) {
    Metric metric = metrics.get(name);
    if (metric == null && name.matches(".*_(sum|count)")) {
      metric = metrics.get(name.replaceAll("_(sum|count)$", ""));
    }
    return Optional.ofNullable(metric);
  }

  /** Returns the name that is nearest to one that is not known, if one is near. */
  public Optional<String> nearest(String name) {
    return metrics.keySet().stream()
        .filter(known -> distance(known, name) <= 1 + name.length() / 8)
        .min((a, b) -> Integer.compare(distance(a, name), distance(b, name)));
  }

  /** Returns the values that a label can have, where they are all known. */
  static Optional<Set<String>> values(String label) {
    return Optional.ofNullable(VALUES.get(label));
  }

  private void add(MetricDescriptor metric) {
    boolean isShare =
        metric.help().startsWith("Whether ")
            || metric.help().contains("0 to 1")
            || (metric.metricName().endsWith("_used_ratio") && !metric.help().contains("beyond 1"));
    add(metric.metricName(), metric.type(), Set.copyOf(metric.labelNames()), isShare);
  }

  private void add(String name, MetricType type, Set<String> labels, boolean isShare) {
    var all = new LinkedHashSet<>(labels);
    all.addAll(OF_THE_SCRAPE);
    Metric former = metrics.get(name);
    if (former != null) {
      all.addAll(former.labels());
    }
    metrics.put(name, new Metric(type, Set.copyOf(all), isShare));
  }

  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int above = row[j];
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(change, Math.min(above, row[j - 1]) + 1);
        diagonal = above;
      }
    }
    return row[b.length()];
  }
}
