package io.mqexporter.rocketmq.vocabulary;

import io.mqexporter.metric.MetricFamily;
import java.util.List;

/** Another exporter whose families can be had. */
public enum Vocabulary {
  /** Apache's rocketmq-exporter. */
  ROCKETMQ_EXPORTER,
  /** The metrics that RocketMQ 5's brokers have of their own. */
  ROCKETMQ_NATIVE;

  /** Returns the families of a cluster that was read. */
  public List<MetricFamily> families(Reading reading) {
    return switch (this) {
      case ROCKETMQ_EXPORTER -> RocketMqExporterMetrics.of(reading);
      case ROCKETMQ_NATIVE -> NativeMetrics.of(reading);
    };
  }
}
