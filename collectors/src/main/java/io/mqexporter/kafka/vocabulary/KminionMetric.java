package io.mqexporter.kafka.vocabulary;

import io.mqexporter.metric.Granularity;
import io.mqexporter.metric.MetricDefinition;
import io.mqexporter.metric.MetricDescriptor;
import io.mqexporter.metric.MetricType;
import java.util.List;
import java.util.stream.Stream;

/** The catalogue of KMinion's families, with one label more that tells clusters apart. */
public enum KminionMetric implements MetricDescriptor {
  UP(
      "kminion_exporter_up",
      "1 if the last collection read everything, 0 if something is missing in it."),
  CLUSTER(
      "kminion_kafka_cluster_info",
      "1 for the cluster, with the number of its brokers, its active controller and its id.",
      "broker_count",
      "controller_id",
      "cluster_id"),
  BROKER(
      "kminion_kafka_broker_info",
      "1 for each broker that takes part; is_controller is absent while the controller is not"
          + " known.",
      Labels.BROKER,
      Labels.ADDRESS,
      Labels.PORT,
      Labels.RACK,
      "is_controller"),
  BROKER_BYTES(
      "kminion_kafka_broker_log_dir_size_total_bytes",
      "Bytes of the logs in all folders of the broker; absent while it cannot use one of them.",
      Labels.BROKER,
      Labels.ADDRESS,
      Labels.PORT,
      Labels.RACK),
  TOPIC_BYTES(
      "kminion_kafka_topic_log_dir_size_total_bytes",
      "Bytes of all replicas of the topic on all brokers; absent while a folder cannot be read.",
      Labels.TOPIC),
  TOPIC(
      "kminion_kafka_topic_info",
      "1 for each topic, with the number of its partitions, of the first one's replicas, and its"
          + " clean-up policy.",
      Labels.TOPIC,
      "partition_count",
      "replication_factor",
      "cleanup_policy"),
  PARTITION_START(
      "kminion_kafka_topic_partition_low_water_mark",
      "Offset of the oldest record of the partition.",
      Labels.TOPIC,
      Labels.PARTITION),
  PARTITION_END(
      "kminion_kafka_topic_partition_high_water_mark",
      "Offset that the next record of the partition will get.",
      Labels.TOPIC,
      Labels.PARTITION),
  TOPIC_START_SUM(
      "kminion_kafka_topic_low_water_mark_sum",
      "Offsets of the oldest records, summed over the partitions of the topic.",
      Labels.TOPIC),
  TOPIC_END_SUM(
      "kminion_kafka_topic_high_water_mark_sum",
      "Offsets that the next records will get, summed over the partitions of the topic.",
      Labels.TOPIC),
  GROUP(
      "kminion_kafka_consumer_group_info",
      "Whether the group is in the state Stable (1) or in another one (0); absent while its state"
          + " is not known.",
      Labels.GROUP,
      "protocol",
      "protocol_type",
      "state",
      "coordinator_id"),
  GROUP_MEMBERS("kminion_kafka_consumer_group_members", "Members of the group.", Labels.GROUP),
  GROUP_EMPTY_MEMBERS(
      "kminion_kafka_consumer_group_empty_members",
      "Members of the group that were given no partition, 0 if all were; absent for groups that"
          + " share none, such as those of Kafka Connect.",
      Labels.GROUP),
  GROUP_TOPIC_MEMBERS(
      "kminion_kafka_consumer_group_topic_members",
      "Members of the group that were given a partition of the topic.",
      Labels.GROUP,
      Labels.TOPIC),
  GROUP_ASSIGNED_PARTITIONS(
      "kminion_kafka_consumer_group_topic_assigned_partitions",
      "Partitions of the topic that members of the group were given.",
      Labels.GROUP,
      Labels.TOPIC),
  GROUP_OFFSET_SUM(
      "kminion_kafka_consumer_group_topic_offset_sum",
      "Offsets that the group has committed, summed over the partitions of the topic.",
      Labels.GROUP,
      Labels.TOPIC),
  GROUP_LAG(
      "kminion_kafka_consumer_group_topic_lag",
      "Records that the group has yet to consume, summed over the partitions of the topic.",
      Labels.GROUP,
      Labels.TOPIC),
  GROUP_PARTITION_LAG(
      "kminion_kafka_consumer_group_topic_partition_lag",
      "Records of the partition that the group has yet to consume.",
      Labels.GROUP,
      Labels.TOPIC,
      Labels.PARTITION);

  private static final class Labels {
    static final String CLUSTER = "messaging_cluster";
    static final String BROKER = "broker_id";
    static final String ADDRESS = "address";
    static final String PORT = "port";
    static final String RACK = "rack_id";
    static final String TOPIC = "topic_name";
    static final String PARTITION = "partition_id";
    static final String GROUP = "group_id";
  }

  private final MetricDefinition definition;

  KminionMetric(String metricName, String help, String... ownLabels) {
    List<String> labels = Stream.concat(Stream.of(Labels.CLUSTER), Stream.of(ownLabels)).toList();
    this.definition =
        new MetricDefinition(metricName, MetricType.GAUGE, help, labels, granularity(labels));
  }

  @Override
  public MetricDefinition definition() {
    return definition;
  }

  private static Granularity granularity(List<String> labels) {
    if (labels.contains(Labels.PARTITION)) {
      return Granularity.PARTITION;
    }
    return labels.contains(Labels.TOPIC) || labels.contains(Labels.GROUP)
        ? Granularity.DESTINATION
        : Granularity.CLUSTER;
  }
}
