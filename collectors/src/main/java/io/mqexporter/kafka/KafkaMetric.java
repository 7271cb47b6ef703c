package io.mqexporter.kafka;

import io.mqexporter.metric.Granularity;
import io.mqexporter.metric.MetricDefinition;
import io.mqexporter.metric.MetricDescriptor;
import io.mqexporter.metric.MetricType;
import java.util.List;
import java.util.stream.Stream;

/**
 * The catalogue of the {@code kafka_*} families. Names and labels are those of kafka_exporter where
 * it has the family; a value that is not known has no sample instead of −1 or 0.
 */
public enum KafkaMetric implements MetricDescriptor {
  BROKERS("kafka_brokers", "Brokers that take part in the cluster."),
  BROKER(
      "kafka_broker_info", "1 for each broker that takes part, with its address.", "id", "address"),
  CONTROLLER(
      "kafka_controller_id", "Id of the active controller; with KRaft not always one of a broker."),
  TOPIC_PARTITIONS(
      "kafka_topic_partitions",
      "Partitions of the topic; topics that Kafka itself marks as internal are left out.",
      Labels.TOPIC),
  PARTITION_END(
      "kafka_topic_partition_current_offset",
      "Offset that the next record of the partition will get.",
      Labels.TOPIC,
      Labels.PARTITION),
  PARTITION_START(
      "kafka_topic_partition_oldest_offset",
      "Offset of the oldest record of the partition.",
      Labels.TOPIC,
      Labels.PARTITION),
  PARTITION_LEADER(
      "kafka_topic_partition_leader",
      "Id of the broker that leads the partition; absent while none does.",
      Labels.TOPIC,
      Labels.PARTITION),
  PARTITION_REPLICAS(
      "kafka_topic_partition_replicas",
      "Replicas that the partition should have.",
      Labels.TOPIC,
      Labels.PARTITION),
  PARTITION_IN_SYNC(
      "kafka_topic_partition_in_sync_replica",
      "Replicas of the partition that are in sync.",
      Labels.TOPIC,
      Labels.PARTITION),
  PARTITION_LEADER_IS_PREFERRED(
      "kafka_topic_partition_leader_is_preferred",
      "Whether the partition's first replica leads it (1) or another one or none does (0).",
      Labels.TOPIC,
      Labels.PARTITION),
  PARTITION_UNDER_REPLICATED(
      "kafka_topic_partition_under_replicated_partition",
      "Whether fewer replicas of the partition are in sync than it should have (1) or not (0).",
      Labels.TOPIC,
      Labels.PARTITION),
  GROUP_OFFSET(
      "kafka_consumergroup_current_offset",
      "Offset that the group has committed for the partition; absent where it never did, and for"
          + " share groups, which commit none.",
      Labels.GROUP,
      Labels.TOPIC,
      Labels.PARTITION),
  GROUP_LAG(
      "kafka_consumergroup_lag",
      "End offset minus committed offset, or what the broker counts for a share group; absent where"
          + " nothing was committed, and where the commit lies beyond the end.",
      Labels.GROUP,
      Labels.TOPIC,
      Labels.PARTITION),
  GROUP_MEMBERS("kafka_consumergroup_members", "Members of the group.", Labels.GROUP),
  GROUP_STATE(
      "kafka_consumergroup_state",
      "1 for the state that the group is in, and the protocol that it uses.",
      Labels.GROUP,
      "protocol",
      "state");

  private static final class Labels {
    static final String CLUSTER = "messaging_cluster";
    static final String TOPIC = "topic";
    static final String PARTITION = "partition";
    static final String GROUP = "consumergroup";
  }

  private final MetricDefinition definition;

  KafkaMetric(String metricName, String help, String... ownLabels) {
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
