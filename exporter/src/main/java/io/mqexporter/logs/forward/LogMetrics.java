package io.mqexporter.logs.forward;

import io.mqexporter.logs.LogLevel;
import io.mqexporter.logs.LogOrigin;
import io.mqexporter.logs.tail.PatternCounts;
import io.mqexporter.metric.MetricFamilies;
import io.mqexporter.metric.MetricFamily;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Says as metrics what was counted. */
final class LogMetrics {

  private LogMetrics() {}

  static List<MetricFamily> of(List<PatternCounts> patterns, List<SinkCounts> sinks) {
    var families = new MetricFamilies();
    addEvents(patterns, families);
    for (PatternCounts counts : patterns) {
      add(counts, families);
    }
    for (SinkCounts sink : sinks) {
      families.add(LogMetric.SINK_EVENTS, sink.acknowledged(), sink.name());
      families.add(LogMetric.SINK_DUPLICATES, sink.duplicates(), sink.name());
      families.add(LogMetric.SINK_DEAD_LETTERS, sink.deadLetters(), sink.name());
      families.add(LogMetric.SINK_WAITING, sink.waitingSeconds(), sink.name());
    }
    return families.toList();
  }

  private static void addEvents(List<PatternCounts> patterns, MetricFamilies families) {
    var sums = new TreeMap<String, Map<LogLevel, Long>>();
    for (PatternCounts counts : patterns) {
      LogOrigin origin = counts.origin();
      Map<LogLevel, Long> sum =
          sums.computeIfAbsent(origin.system() + "\n" + origin.cluster(), _ -> new TreeMap<>());
      counts.events().forEach((level, count) -> sum.merge(level, count, Long::sum));
    }
    sums.forEach((cluster, levels) -> {
      int end = cluster.indexOf('\n');
      levels.forEach((level, count) ->
          families.add(
              LogMetric.EVENTS,
              count,
              cluster.substring(0, end),
              cluster.substring(end + 1),
              level.text()));
    });
  }

  private static void add(PatternCounts counts, MetricFamilies families) {
    String[] labels = {counts.origin().system(), counts.origin().cluster(), counts.pattern()};
    families.add(LogMetric.FILES, counts.files(), labels);
    families.add(LogMetric.READ_BYTES, counts.bytesRead(), labels);
    families.add(LogMetric.ACKNOWLEDGED_BYTES, counts.bytesAcknowledged(), labels);
    families.add(LogMetric.LAG_BYTES, counts.lagBytes(), labels);
    families.add(LogMetric.LAG_SECONDS, counts.lagSeconds(), labels);
    families.add(LogMetric.SUPPRESSED, counts.suppressed(), labels);
    families.add(LogMetric.UNPARSED, counts.unparsed(), labels);
    families.add(LogMetric.TRUNCATIONS, counts.truncations(), labels);
    families.add(LogMetric.POSSIBLE_LOSSES, counts.possibleLosses(), labels);
  }
}
