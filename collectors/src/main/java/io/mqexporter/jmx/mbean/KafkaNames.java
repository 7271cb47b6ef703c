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
  private static final Pattern NANOSECONDS = Pattern.compile("-ns(?=-|$)");
  private static final Pattern TOTAL_FIRST = Pattern.compile("^total-");
  private static final Pattern COUNT = Pattern.compile("s?-count$");
  private static final Pattern ACTIVE_COUNT = Pattern.compile("(?<=-active)-count$");
  private static final Pattern COUNTED = Pattern.compile("[-_](total|count)$");

  private KafkaNames() {}

  /** Returns the name of the metric that is read of these MBeans. */
  static String of(MBeanSource source) {
    Reading reading = source.reading();
    String name =
        Optional.ofNullable(source.keys().get("name")).orElse(reading.attributes().getFirst());
    String last = PER_SECOND.matcher(name).replaceFirst("");
    if (reading.type() == MetricType.COUNTER) {
      last = TOTAL_FIRST.matcher(COUNTED.matcher(last).replaceFirst("")).replaceFirst("");
      last = NANOSECONDS.matcher(last).replaceFirst("-seconds") + "_total";
    } else {
      last = PERCENT.matcher(last).replaceFirst("_percent");
      last = MILLISECONDS.matcher(last).replaceFirst("-seconds");
      last = ACTIVE_COUNT.matcher(last).replaceFirst("");
      last = COUNT.matcher(last).replaceFirst("s").replaceFirst("-total$", "");
    }
    return (whose(source) + "_" + last).replaceAll("[^A-Za-z0-9_]", "_").toLowerCase(Locale.ROOT);
  }

  /** Clients, Connect and Streams: the rules leave out what is said twice. */
  private static String whose(MBeanSource source) {
    String type = source.keys().getOrDefault("type", "");
    String kind = type.replaceFirst("-metrics$", "");
    if (type.equals("plugins")) {
      // What MirrorMaker 2 has told as a plugin since KIP-877, and before in a domain of its own.
      String connector = source.labelKeys().contains("group") ? "Checkpoint" : "Source";
      return "kafka_connect_mirror_Mirror" + connector + "Connector";
    }
    return switch (source.domain()) {
      case "kafka.connect" -> "kafka_connect_" + kind.replaceFirst("^connect-", "");
      case "kafka.producer", "kafka.consumer", "kafka.streams" -> "kafka_" + kind;
      default -> source.domain() + "_" + type;
    };
  }
}
