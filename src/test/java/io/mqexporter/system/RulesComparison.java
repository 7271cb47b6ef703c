package io.mqexporter.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqexporter.collector.Collected;
import io.mqexporter.collector.Deadline;
import io.mqexporter.collector.Settings;
import io.mqexporter.jmx.JmxCollector;
import io.mqexporter.jmx.JmxConfig;
import io.mqexporter.jmx.rules.RuleFile;
import io.mqexporter.metric.MetricFamily;
import io.mqexporter.metric.MetricType;
import io.mqexporter.metric.Sample;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Holds what a rule file makes here against what jmx_exporter's library makes of the same file when
 * it connects by itself.
 */
final class RulesComparison {

  private static final Duration LONG = Duration.ofMinutes(1);
  private static final int ROUNDS = 5;

  /**
   * Kafka measures these shares of time from one read to the next, whoever reads: two readers in
   * turn are told of different times (TimeRatio in org.apache.kafka.raft.internals).
   */
  private static final Pattern SINCE_LAST_READ =
      Pattern.compile("kafka_.*(avg_?idle_?ratio|poll_idle_ratio_avg).*", Pattern.CASE_INSENSITIVE);

  private RulesComparison() {}

  /** The series of one side, by name and labels, and the types of the families. */
  private record Page(Map<String, Double> series, Set<String> types) {}

  /**
   * A counter must stand between the reads that enclose it. A gauge may move, and an MBean may come
   * or go, between two reads; only what disagrees in each round is wrong.
   */
  static void equalsJmxExporter(List<String> addresses, Path file, int atLeast) throws Exception {
    String text = Files.readString(file);
    var peers = new HashMap<String, io.prometheus.jmx.JmxCollector>();
    for (String address : addresses) {
      String own =
          text.replaceAll("(?m)^(hostPort|username|password|startDelaySeconds):.*\n", "")
              + "\nhostPort: "
              + address
              + "\n";
      peers.put(
          address, new io.prometheus.jmx.JmxCollector(own).register(new PrometheusRegistry()));
    }
    Set<String> wrong = Set.of();
    try (JmxCollector collector = collector(addresses, RuleFile.of(file, text))) {
      for (int round = 0; round < ROUNDS; round++) {
        Page before = ours(collector);
        Page truth = theirs(peers);
        Page after = ours(collector);
        assertThat(after.types()).isEqualTo(truth.types());
        assertThat(after.series()).hasSizeGreaterThan(atLeast);
        Set<String> now = differences(before, truth, after);
        if (round > 0) {
          now.retainAll(wrong);
        }
        wrong = now;
        if (wrong.isEmpty()) {
          return;
        }
      }
    }
    throw new AssertionError("series that disagree: " + wrong);
  }

  private static Set<String> differences(Page before, Page truth, Page after) {
    var wrong = new HashSet<String>();
    var all = new HashSet<>(truth.series().keySet());
    all.addAll(after.series().keySet());
    for (String series : all) {
      Double value = truth.series().get(series);
      Double low = before.series().get(series);
      Double high = after.series().get(series);
      if (value == null || low == null || high == null) {
        wrong.add(series);
      } else if (low.equals(high)
          && !value.equals(low)
          && !SINCE_LAST_READ.matcher(series).matches()) {
        wrong.add(series);
      } else if (series.contains("_total{") && (low > value || value > high)) {
        wrong.add(series);
      }
    }
    return wrong;
  }

  private static Page ours(JmxCollector collector) throws Exception {
    Collected collected = collector.collect(Deadline.after(LONG));
    assertThat(collected.missing()).isEmpty();
    var series = new HashMap<String, Double>();
    var types = new HashSet<String>();
    for (MetricFamily family : collected.families()) {
      if (family.descriptor() instanceof Enum<?>) {
        // Built in.
        continue;
      }
      String name = family.descriptor().metricName();
      String type =
          family.descriptor().type() == MetricType.COUNTER
              ? "counter"
              : family.descriptor().type() == MetricType.GAUGE ? "gauge" : "untyped";
      types.add("# TYPE %s %s".formatted(name, type));
      for (Sample sample : family.samples()) {
        var labels = new TreeMap<String, String>();
        for (int i = 0; i < sample.labelValues().size(); i++) {
          if (!sample.labelValues().get(i).isEmpty()) {
            String escaped =
                sample.labelValues().get(i).replace("\\", "\\\\").replace("\"", "\\\"");
            labels.put(family.descriptor().labelNames().get(i), escaped);
          }
        }
        labels.remove("messaging_cluster");
        series.put(series(name, labels), sample.value());
      }
    }
    return new Page(series, types);
  }

  private static Page theirs(Map<String, io.prometheus.jmx.JmxCollector> peers) throws IOException {
    var series = new HashMap<String, Double>();
    var types = new HashSet<String>();
    for (Map.Entry<String, io.prometheus.jmx.JmxCollector> peer : peers.entrySet()) {
      var out = new ByteArrayOutputStream();
      PrometheusTextFormatWriter.create().write(out, peer.getValue().collect());
      String text = out.toString(StandardCharsets.UTF_8);
      text.lines().filter(line -> line.startsWith("# TYPE ")).forEach(types::add);
      Exposition.parse(text)
          .series()
          .forEach((name, value) -> {
            if (!value.isNaN()) {
              series.put(withJvm(name, peer.getKey()), value);
            }
          });
    }
    return new Page(series, types);
  }

  private static String withJvm(String series, String jvm) {
    int brace = series.indexOf('{');
    var labels = new TreeMap<String, String>(Map.of("jvm", jvm));
    if (brace >= 0) {
      String pairs = series.substring(brace + 1, series.length() - "\"}".length());
      for (String pair : pairs.split("\",(?=\\w+=\")", -1)) {
        String[] nameAndValue = pair.split("=\"", 2);
        labels.put(nameAndValue[0], nameAndValue[1]);
      }
    }
    return series(brace < 0 ? series : series.substring(0, brace), labels);
  }

  private static String series(String name, Map<String, String> labels) {
    return name
        + labels.entrySet().stream()
            .map(label -> label.getKey() + "=\"" + label.getValue() + "\"")
            .collect(Collectors.joining(",", "{", "}"));
  }

  private static JmxCollector collector(List<String> addresses, RuleFile rules) {
    var config =
        new JmxConfig(
            addresses,
            OptionalInt.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(rules),
            JmxConfig.DEFAULT_MAX_MBEANS);
    return new JmxCollector("orders", Settings.fixed(config), List::of);
  }
}
