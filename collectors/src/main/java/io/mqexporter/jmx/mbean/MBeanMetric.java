package io.mqexporter.jmx.mbean;

import io.mqexporter.metric.MetricDescriptor;
import java.util.List;
import java.util.stream.Stream;

/** A metric whose samples come from MBeans of one form. */
public interface MBeanMetric extends MetricDescriptor {

  /** Returns which MBeans the metric is read of, and how. */
  MBeanSource source();

  /** Returns everything that is read of any JVM. */
  static List<MBeanMetric> all() {
    return Stream.<MBeanMetric[]>of(
            JvmMetric.values(), KafkaServerMetric.values(), KafkaControllerMetric.values())
        .flatMap(Stream::of)
        .toList();
  }
}
