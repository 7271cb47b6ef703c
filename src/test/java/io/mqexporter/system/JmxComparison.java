package io.mqexporter.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqexporter.collector.Collected;
import io.mqexporter.collector.Deadline;
import io.mqexporter.collector.Settings;
import io.mqexporter.jmx.JmxCollector;
import io.mqexporter.jmx.JmxConfig;
import io.mqexporter.jmx.mbean.MBeanMetric;
import io.mqexporter.metric.MetricFamily;
import io.mqexporter.metric.MetricType;
import io.mqexporter.metric.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Holds what is collected by JMX against a plain read of the same MBeans. */
final class JmxComparison {

  private static final Duration LONG = Duration.ofMinutes(1);

  private JmxComparison() {}

  /**
   * A gauge may move between two reads and back again, so only what disagrees in each of a few
   * rounds is wrong; a counter must stand between the reads that enclose it in each.
   */
  static Collected equalsAPlainRead(List<String> addresses, int atLeast) throws Exception {
    Set<String> gaugesThatDisagree = Set.of();
    try (JmxCollector collector = collector(addresses)) {
      for (int round = 0; round < 5; round++) {
        Collected before = collector.collect(Deadline.after(LONG));
        var plain = new PlainRead(addresses);
        Collected after = collector.collect(Deadline.after(LONG));
        plain.close();

        assertThat(before.missing()).isEmpty();
        assertThat(after.missing()).isEmpty();
        Differences differences = differences(before, plain, after);
        assertThat(differences.compared()).isGreaterThan(atLeast);
        assertThat(differences.counters()).isEmpty();
        var disagree = new HashSet<>(differences.gauges());
        if (round > 0) {
          disagree.retainAll(gaugesThatDisagree);
        }
        gaugesThatDisagree = disagree;
        if (disagree.isEmpty()) {
          return after;
        }
      }
    }
    throw new AssertionError("gauges that disagree: " + gaugesThatDisagree);
  }

  private record Differences(int compared, List<String> counters, Set<String> gauges) {}

  private static Differences differences(Collected before, PlainRead plain, Collected after) {
    var counters = new ArrayList<String>();
    var gauges = new HashSet<String>();
    int compared = 0;
    for (MetricFamily family : after.families()) {
      if (!(family.descriptor() instanceof MBeanMetric metric)) {
        // The same once more in the words for every broker.
        continue;
      }
      for (Sample sample : family.samples()) {
        Optional<Double> low = value(before, metric, sample);
        Optional<Double> truth = plain.value(metric, sample);
        if (low.isEmpty() || truth.isEmpty()) {
          continue;
        }
        compared++;
        String series = metric.metricName() + sample.suffix() + sample.labelValues();
        if (metric.type() == MetricType.COUNTER || sample.suffix().equals(Sample.COUNT)) {
          if (low.get() > truth.get() || truth.get() > sample.value()) {
            counters.add(
                "%s: %s, %s, %s".formatted(series, low.get(), truth.get(), sample.value()));
          }
        } else if (low.get() == sample.value() && !truth.equals(low)) {
          gauges.add(series);
        }
      }
    }
    return new Differences(compared, counters, gauges);
  }

  private static Optional<Double> value(Collected collected, MBeanMetric metric, Sample sample) {
    return collected.families().stream()
        .filter(family -> family.descriptor().equals(metric))
        .flatMap(family -> family.samples().stream())
        .filter(other -> other.labelValues().equals(sample.labelValues()))
        .filter(other -> other.suffix().equals(sample.suffix()))
        .map(Sample::value)
        .findFirst();
  }

  static JmxCollector collector(List<String> addresses) {
    var config =
        new JmxConfig(
            addresses,
            OptionalInt.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            JmxConfig.DEFAULT_MAX_MBEANS);
    return new JmxCollector("orders", Settings.fixed(config), List::of);
  }
}
