package io.mqexporter.jmx;

import io.mqexporter.jmx.mbean.JvmMetric;
import io.mqexporter.jmx.mbean.KafkaServerMetric;
import io.mqexporter.jmx.mbean.MBeanMetric;
import io.mqexporter.messaging.BrokerMetric;
import io.mqexporter.metric.MetricDescriptor;
import io.mqexporter.metric.MetricFamilies;
import java.util.Map;
import java.util.Optional;

/** What a JVM uses of its machine, in the words for every broker, if there is a broker in it. */
final class BrokerResources {

  private static final Map<MBeanMetric, BrokerMetric> MEANINGS =
      Map.of(
          JvmMetric.CPU, BrokerMetric.CPU,
          JvmMetric.HEAP_USED, BrokerMetric.MEMORY_USED,
          JvmMetric.HEAP_MAX, BrokerMetric.MEMORY_LIMIT,
          JvmMetric.OPEN_FILES, BrokerMetric.OPEN_FDS,
          JvmMetric.MAX_FILES, BrokerMetric.MAX_FDS,
          KafkaServerMetric.DISK_READ, BrokerMetric.DISK_READ,
          KafkaServerMetric.DISK_WRITTEN, BrokerMetric.DISK_WRITTEN);

  private BrokerResources() {}

  /** Adds the same value once more, if it is one of these. */
  static void add(
      MBeanMetric metric, double value, String cluster, String broker, MetricFamilies families) {
    Optional<MetricDescriptor> meaning = Optional.ofNullable(MEANINGS.get(metric));
    if (!broker.isEmpty()) {
      meaning.ifPresent(same -> families.add(same, value, "kafka", cluster, broker));
    }
  }
}
