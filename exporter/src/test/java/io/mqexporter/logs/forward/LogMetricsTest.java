package io.mqexporter.logs.forward;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.mqexporter.logs.LogLevel;
import io.mqexporter.logs.LogOrigin;
import io.mqexporter.logs.tail.PatternCounts;
import io.mqexporter.metric.MetricFamily;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is counted of files and sinks, as metrics. */
class LogMetricsTest {

  @Test
  void eachCountHasItsMetric() {
    PatternCounts errors = counts("/logs/*.log", Map.of(LogLevel.WARN, 3L, LogLevel.ERROR, 4L));
    PatternCounts others = counts("/more/*.log", Map.of(LogLevel.ERROR, 5L));
    var store = new SinkCounts("elasticsearch", 21, 22, 23, 24.5);

    assertThat(text(LogMetrics.of(List.of(errors, others), List.of(store))))
        .isEqualTo(
            """
            messaging_log_events_total [kafka, orders, warn] 3.0
            messaging_log_events_total [kafka, orders, error] 9.0
            mq_exporter_log_files [kafka, orders, /logs/*.log] 10.0
            mq_exporter_log_files [kafka, orders, /more/*.log] 10.0
            mq_exporter_log_read_bytes_total [kafka, orders, /logs/*.log] 11.0
            mq_exporter_log_read_bytes_total [kafka, orders, /more/*.log] 11.0
            mq_exporter_log_acknowledged_bytes_total [kafka, orders, /logs/*.log] 12.0
            mq_exporter_log_acknowledged_bytes_total [kafka, orders, /more/*.log] 12.0
            mq_exporter_log_lag_bytes [kafka, orders, /logs/*.log] 13.0
            mq_exporter_log_lag_bytes [kafka, orders, /more/*.log] 13.0
            mq_exporter_log_lag_seconds [kafka, orders, /logs/*.log] 14.5
            mq_exporter_log_lag_seconds [kafka, orders, /more/*.log] 14.5
            mq_exporter_log_suppressed_events_total [kafka, orders, /logs/*.log] 15.0
            mq_exporter_log_suppressed_events_total [kafka, orders, /more/*.log] 15.0
            mq_exporter_log_unparsed_events_total [kafka, orders, /logs/*.log] 16.0
            mq_exporter_log_unparsed_events_total [kafka, orders, /more/*.log] 16.0
            mq_exporter_log_truncations_total [kafka, orders, /logs/*.log] 17.0
            mq_exporter_log_truncations_total [kafka, orders, /more/*.log] 17.0
            mq_exporter_log_possible_losses_total [kafka, orders, /logs/*.log] 18.0
            mq_exporter_log_possible_losses_total [kafka, orders, /more/*.log] 18.0
            mq_exporter_log_sink_acknowledged_events_total [elasticsearch] 21.0
            mq_exporter_log_sink_duplicate_events_total [elasticsearch] 22.0
            mq_exporter_log_sink_dead_letters_total [elasticsearch] 23.0
            mq_exporter_log_sink_waiting_seconds [elasticsearch] 24.5
            """);
  }

  private static PatternCounts counts(String pattern, Map<LogLevel, Long> events) {
    var origin = new LogOrigin("kafka", "orders", "", "", "", "", "", "");
    return new PatternCounts(origin, pattern, 10, 11, 12, 13, 14.5, events, 15, 16, 17, 18);
  }

  private static String text(List<MetricFamily> families) {
    return families.stream()
        .flatMap(family ->
            family.samples().stream()
                .map(sample ->
                    "%s %s %s%n"
                        .formatted(
                            family.descriptor().metricName(),
                            sample.labelValues(),
                            sample.value())))
        .collect(joining());
  }
}
