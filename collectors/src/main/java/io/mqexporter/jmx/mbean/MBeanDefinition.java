package io.mqexporter.jmx.mbean;

import io.mqexporter.metric.Granularity;
import io.mqexporter.metric.MetricDefinition;

/**
 * What a metric is called, and what it is read of.
 *
 * @param source the MBeans, and what of them
 * @param metric what becomes of it
 */
public record MBeanDefinition(MBeanSource source, MetricDefinition metric) {

  /** Defines a metric with a name of its own. */
  static MBeanDefinition named(
      String name, String mbeans, Reading reading, String help, Granularity granularity) {
    return of(name, MBeanSource.of(mbeans, reading), help, granularity);
  }

  /** Defines one with the name that jmx_exporter's rules for Kafka make. */
  static MBeanDefinition ofKafka(
      String mbeans, Reading reading, String help, Granularity granularity) {
    MBeanSource source = MBeanSource.of(mbeans, reading);
    return of(KafkaNames.of(source), source, help, granularity);
  }

  private static MBeanDefinition of(
      String name, MBeanSource source, String help, Granularity granularity) {
    return new MBeanDefinition(
        source,
        new MetricDefinition(
            name, source.reading().type(), help, MBeanLabels.of(source), granularity));
  }
}
