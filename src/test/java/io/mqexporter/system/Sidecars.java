package io.mqexporter.system;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mqexporter.collector.Collected;
import io.mqexporter.collector.CollectionException;
import io.mqexporter.collector.Collector;
import io.mqexporter.collector.Deadline;
import io.mqexporter.collector.SidecarCollector;
import io.mqexporter.metric.MetricFamily;
import io.mqexporter.metric.Sample;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.awaitility.core.ThrowingRunnable;

/**
 * What reads a cluster beside each of its brokers, held against what reads it alone. A series is
 * written as on the page.
 */
final class Sidecars implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final Collector alone;
  private final Map<String, Collector> beside = new TreeMap<>();
  private final Pattern moves;
  private final Map<String, Set<String>> shown = new TreeMap<>();

  /**
   * Creates them without any beside a broker.
   *
   * @param moves is found in series whose values move by themselves
   */
  Sidecars(Collector alone, String moves) {
    this.alone = alone;
    this.moves = Pattern.compile(moves);
  }

  /** Adds one beside a broker, with a collector of its own. */
  void add(String broker, Collector whole) {
    beside.put(broker, new SidecarCollector(whole, broker));
  }

  /** Waits until all of them show together what is shown alone, each series once. */
  void awaitTheSame() {
    awaitTheSame(() -> {});
  }

  /** Waits until what else is true of {@link #shown} holds at the same time, too. */
  void awaitTheSame(ThrowingRunnable further) {
    await()
        .pollInSameThread()
        .ignoreException(CollectionException.class)
        .untilAsserted(() -> {
          var together = new TreeMap<String, Double>();
          for (var one : beside.entrySet()) {
            Map<String, Double> own = series(one.getValue());
            shown.put(one.getKey(), own.keySet());
            own.forEach((series, value) ->
                assertThat(together.put(series, value)).as("another's: " + series).isNull());
          }
          assertThat(differences(together, series(alone))).isEmpty();
          further.run();
        });
  }

  /** Returns the series of a family that were last shown beside a broker. */
  List<String> shown(String broker, String family) {
    return shown.getOrDefault(broker, Set.of()).stream()
        .filter(series -> series.startsWith(family + "{"))
        .toList();
  }

  /** Takes away the one beside a broker that has stopped, when it shows nothing any more. */
  void stopped(String broker) {
    Collector collector = requireNonNull(beside.remove(broker));
    await()
        .pollInSameThread()
        .until(() -> {
          try {
            return series(collector).isEmpty();
          } catch (CollectionException e) {
            // Of a broker that alone was asked.
            return true;
          }
        });
    collector.close();
  }

  @Override
  public void close() {
    beside.values().forEach(Collector::close);
    alone.close();
  }

  private Map<String, String> differences(Map<String, Double> together, Map<String, Double> one) {
    var different = new TreeMap<String, String>();
    together.forEach((series, value) -> {
      if (!one.containsKey(series)) {
        different.put(series, value + ", which alone is not shown");
      } else if (!value.equals(one.get(series)) && !moves.matcher(series).find()) {
        different.put(series, value + " instead of " + one.get(series));
      }
    });
    one.forEach((series, value) -> {
      if (!together.containsKey(series)) {
        different.put(series, "missing instead of " + value);
      }
    });
    return different;
  }

  private static Map<String, Double> series(Collector collector) throws Exception {
    Collected collected = collector.collect(Deadline.after(TIMEOUT));
    var all = new TreeMap<String, Double>();
    for (MetricFamily family : collected.families()) {
      for (Sample sample : family.samples()) {
        String series = series(family, sample);
        assertThat(all.put(series, sample.value())).as("twice: " + series).isNull();
      }
    }
    collected.nodes().keySet().forEach(node -> all.put("page{" + node, 1.0));
    return all;
  }

  private static String series(MetricFamily family, Sample sample) {
    var labels = new TreeMap<String, String>();
    List<String> names = family.descriptor().labelNames();
    for (int i = 0; i < names.size(); i++) {
      if (!sample.labelValues().get(i).isEmpty()) {
        labels.put(names.get(i), '"' + sample.labelValues().get(i) + '"');
      }
    }
    return family.descriptor().metricName() + sample.suffix() + labels;
  }
}
