package io.mqexporter.jmx.mbean;

import io.mqexporter.metric.MetricDefinition;
import io.mqexporter.metric.MetricDescriptor;
import java.util.List;
import java.util.stream.Stream;

/** A metric whose samples come from MBeans of one form. */
public interface MBeanMetric extends MetricDescriptor {

  /** Returns what the metric is, and what it is read of. */
  MBeanDefinition mbean();

  @Override
  default MetricDefinition definition() {
    return mbean().metric();
  }

  /** Returns which MBeans the metric is read of, and how. */
  default MBeanSource source() {
    return mbean().source();
  }

  /** Returns everything that is read of any JVM. */
  static List<MBeanMetric> all() {
    return Stream.<MBeanMetric[]>of(
            JvmMetric.values(),
            KafkaServerMetric.values(),
            KafkaControllerMetric.values(),
            KafkaConnectMetric.values(),
            KafkaClientMetric.values(),
            KafkaStreamsMetric.values())
        .flatMap(Stream::of)
        .toList();
  }
}
