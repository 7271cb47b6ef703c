package io.mqexporter.rabbitmq.vocabulary;

import io.mqexporter.metric.MetricFamily;
import io.mqexporter.rabbitmq.snapshot.Details;
import io.mqexporter.rabbitmq.snapshot.RabbitMqSnapshot;
import java.util.List;

/** Another exporter whose families can be had. */
public enum Vocabulary {
  /** kbudde's rabbitmq_exporter. */
  RABBITMQ_EXPORTER;

  /**
   * Returns the families of a cluster that was read.
   *
   * @param target the target's name
   * @param whole whether nothing is missing that should be there
   */
  public List<MetricFamily> families(
      String target, RabbitMqSnapshot snapshot, Details details, boolean whole) {
    return switch (this) {
      case RABBITMQ_EXPORTER -> RabbitMqExporterMetrics.of(target, snapshot, details, whole);
    };
  }

  /** Returns the families of a cluster of which nothing could be read. */
  public List<MetricFamily> unavailable(String target) {
    return switch (this) {
      case RABBITMQ_EXPORTER -> RabbitMqExporterMetrics.unavailable(target);
    };
  }
}
