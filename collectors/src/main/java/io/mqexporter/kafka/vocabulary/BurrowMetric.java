package io.mqexporter.kafka.vocabulary;

import io.mqexporter.metric.Granularity;
import io.mqexporter.metric.MetricDefinition;
import io.mqexporter.metric.MetricDescriptor;
import io.mqexporter.metric.MetricType;
import java.util.List;
import java.util.stream.Stream;

/** The catalogue of Burrow's families. */
public enum BurrowMetric implements MetricDescriptor {
  LAG_TOTAL(
      "burrow_kafka_consumer_lag_total",
      "Records that the group has yet to consume, summed over all its partitions.",
      Labels.GROUP),
  STATUS(
      "burrow_kafka_consumer_status",
      "Status of the group's worst partition: 1 (OK), 2 (WARN: lagging) or 3 (ERR: stopped,"
          + " stalled, rewound or lost).",
      Labels.GROUP),
  PARTITION_STATUS(
      "burrow_kafka_topic_partition_status",
      "Status of the group on the partition: 1 (OK), 2 (WARN: lagging), 4 (STOP: stopped or lost),"
          + " 5 (STALL) or 6 (REWIND).",
      Labels.GROUP,
      Labels.TOPIC,
      Labels.PARTITION),
  OFFSET(
      "burrow_kafka_consumer_current_offset",
      "Offset that the group has committed for the partition.",
      Labels.GROUP,
      Labels.TOPIC,
      Labels.PARTITION),
  LAG(
      "burrow_kafka_consumer_partition_lag",
      "Records of the partition that the group has yet to consume.",
      Labels.GROUP,
      Labels.TOPIC,
      Labels.PARTITION),
  PARTITION_END(
      "burrow_kafka_topic_partition_offset",
      "Offset that the next record of the partition will get.",
      Labels.TOPIC,
      Labels.PARTITION);

  private static final class Labels {
    static final String CLUSTER = "cluster";
    static final String GROUP = "consumer_group";
    static final String TOPIC = "topic";
    static final String PARTITION = "partition";
  }

  private final MetricDefinition definition;

  BurrowMetric(String metricName, String help, String... ownLabels) {
    List<String> labels = Stream.concat(Stream.of(Labels.CLUSTER), Stream.of(ownLabels)).toList();
    this.definition =
        new MetricDefinition(
            metricName,
            MetricType.GAUGE,
            help,
            labels,
            labels.contains(Labels.PARTITION) ? Granularity.PARTITION : Granularity.DESTINATION);
  }

  @Override
  public MetricDefinition definition() {
    return definition;
  }
}
