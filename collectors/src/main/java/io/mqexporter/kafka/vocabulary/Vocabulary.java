package io.mqexporter.kafka.vocabulary;

import io.mqexporter.metric.MetricFamily;
import java.util.List;

/** Another exporter whose families can be had beside ours. */
public enum Vocabulary {
  /** kafka_exporter; most of our own {@code kafka_*} families bear its names anyway. */
  KAFKA_EXPORTER,
  /** KMinion. */
  KMINION,
  /** Burrow. */
  BURROW;

  /** Returns the families of a cluster that was read. */
  public List<MetricFamily> families(Reading reading) {
    return switch (this) {
      case KAFKA_EXPORTER -> KafkaExporterMetrics.of(reading.state());
      case KMINION -> KminionMetrics.of(reading);
      case BURROW -> BurrowMetrics.of(reading.state(), reading.memory());
    };
  }

  /**
   * Returns the families of a cluster of which nothing could be read.
   *
   * @param cluster the target's name
   */
  public List<MetricFamily> unavailable(String cluster) {
    return switch (this) {
      case KMINION -> KminionMetrics.unavailable(cluster);
      case KAFKA_EXPORTER, BURROW -> List.of();
    };
  }
}
