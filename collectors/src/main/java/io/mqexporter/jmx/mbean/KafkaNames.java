package io.mqexporter.jmx.mbean;

import io.mqexporter.metric.MetricType;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The names by which the metrics of Kafka's MBeans are known: domain, type and name in lower case,
 * as the rules make them that jmx_exporter's users have in use. Only what promtool would object to
 * is another: an abbreviated unit after an underscore, and {@code _count} of what is no summary.
 */
final class KafkaNames {

  private static final Pattern PER_SECOND = Pattern.compile("PerSec\\w*$");
  private static final Pattern PERCENT = Pattern.compile("(?i)-?Percent\\w*$");
  private static final Pattern MILLISECONDS = Pattern.compile("-ms(?=-|$)");
  private static final Pattern COUNT = Pattern.compile("s?-count$");
  private static final Pattern COUNTED = Pattern.compile("[-_](total|count)$");

  private KafkaNames() {}

  /** Returns the name of the metric that is read of these MBeans. */
  static String of(MBeanSource source) {
    Reading reading = source.reading();
    String name =
        Optional.ofNullable(source.keys().get("name")).orElse(reading.attributes().getFirst());
    String last = PER_SECOND.matcher(name).replaceFirst("");
    if (reading.type() == MetricType.COUNTER) {
      last = COUNTED.matcher(last).replaceFirst("") + "_total";
    } else {
      last = PERCENT.matcher(last).replaceFirst("_percent");
      last = MILLISECONDS.matcher(last).replaceFirst("-seconds");
      last = COUNT.matcher(last).replaceFirst("s");
    }
    return (source.domain() + "_" + source.keys().get("type") + "_" + last)
        .replaceAll("[^A-Za-z0-9_]", "_")
        .toLowerCase(Locale.ROOT);
  }
}
