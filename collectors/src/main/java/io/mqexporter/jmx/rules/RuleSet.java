package io.mqexporter.jmx.rules;

import io.mqexporter.metric.MetricType;
import io.mqexporter.relay.RelayedFamily;
import io.mqexporter.relay.RelayedFamily.Series;
import io.prometheus.jmx.JmxCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.UnknownSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import javax.management.MalformedObjectNameException;

/** The rules of a file, as they are applied to one JVM. Used by one thread at a time. */
public final class RuleSet {

  /** The labels that the agent sets itself; a rule's own is told under another name. */
  private static final Set<String> RESERVED = Set.of("messaging_cluster", "jvm");

  private static final String TOTAL = "_total";

  private final JmxCollector library;
  private final ScrapeErrors errors = new ScrapeErrors();

  /** Creates the rules of a file that has been checked. */
  public RuleSet(RuleFile file) {
    try {
      this.library = RuleLibrary.collector(file.yaml()).register(errors);
    } catch (MalformedObjectNameException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Applies the rules to what is known, and returns what they make of it. What they need and is not
   * known is among the questions of the memory then.
   *
   * @throws IllegalStateException if the library could not
   */
  public List<RelayedFamily> apply(MBeanMemory memory) {
    MetricSnapshots made =
        ScopedValue.where(MemoryConnectorProvider.MEMORY, memory).call(library::collect);
    if (errors.isSet()) {
      throw new IllegalStateException("cannot be applied");
    }
    var families = new ArrayList<RelayedFamily>();
    for (MetricSnapshot snapshot : made) {
      families.add(family(snapshot));
    }
    return families;
  }

  private static RelayedFamily family(MetricSnapshot snapshot) {
    String name = snapshot.getMetadata().getPrometheusName();
    String help = String.valueOf(snapshot.getMetadata().getHelp());
    return switch (snapshot) {
      case CounterSnapshot counter ->
          new RelayedFamily(
              name.endsWith(TOTAL) ? name : name + TOTAL,
              MetricType.COUNTER,
              help,
              series(counter.getDataPoints(), CounterSnapshot.CounterDataPointSnapshot::getValue));
      case GaugeSnapshot gauge ->
          new RelayedFamily(
              name,
              MetricType.GAUGE,
              help,
              series(gauge.getDataPoints(), GaugeSnapshot.GaugeDataPointSnapshot::getValue));
      case UnknownSnapshot unknown ->
          new RelayedFamily(
              name,
              MetricType.UNTYPED,
              help,
              series(unknown.getDataPoints(), UnknownSnapshot.UnknownDataPointSnapshot::getValue));
      default -> throw new IllegalStateException(snapshot.getClass().getName());
    };
  }

  private static <P extends DataPointSnapshot> List<Series> series(
      List<P> points, ToDoubleFunction<P> value) {
    var series = new ArrayList<Series>();
    for (P point : points) {
      if (!Double.isNaN(value.applyAsDouble(point))) {
        series.add(new Series("", labels(point.getLabels()), value.applyAsDouble(point)));
      }
    }
    return series;
  }

  private static SortedMap<String, String> labels(Labels labels) {
    var byName = new TreeMap<String, String>();
    for (int i = 0; i < labels.size(); i++) {
      String name = labels.getPrometheusName(i);
      byName.put(RESERVED.contains(name) ? "exported_" + name : name, labels.getValue(i));
    }
    return byName;
  }
}
