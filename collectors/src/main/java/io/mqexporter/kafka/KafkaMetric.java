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
      "kafka_broker_info",
      "1 for each broker that takes part, with its address and its rack if it has one.",
      "id",
      "address",
      "rack"),
  CONTROLLER(
      "kafka_controller_id", "Id of the active controller; with KRaft not always one of a broker."),
  QUORUM_EPOCH("kafka_quorum_epoch", "Epoch of the leader of the metadata quorum."),
  QUORUM_HIGH_WATERMARK(
      "kafka_quorum_high_watermark",
      "Offset up to which a majority of the voters has the metadata log."),
  QUORUM_REPLICA_LAG(
      "kafka_quorum_replica_lag_records",
      "Records of the metadata log that a controller (voter) or broker (observer) is behind the"
          + " leader of the quorum.",
      "id",
      Labels.ROLE),
  QUORUM_REPLICA_CAUGHT_UP(
      "kafka_quorum_replica_caught_up_timestamp_seconds",
      "When a controller (voter) or broker (observer) last had the whole metadata log, in seconds"
          + " since the epoch.",
      "id",
      Labels.ROLE),
  LOG_DIR_OFFLINE(
      "kafka_log_dir_offline",
      "Whether the broker cannot use the folder any more (1) or can (0).",
      Labels.BROKER,
      Labels.PATH),
  LOG_DIR_BYTES(
      "kafka_log_dir_size_bytes", "Bytes of the logs in the folder.", Labels.BROKER, Labels.PATH),
  LOG_DIR_MAX_LAG(
      "kafka_log_dir_max_replica_lag_records",
      "Records that the replica in the folder is behind that is furthest behind its leader.",
      Labels.BROKER,
      Labels.PATH),
  LOG_DIR_TOTAL(
      "kafka_log_dir_volume_size_bytes",
      "Bytes of the volume on which the folder is; from brokers since 3.3.",
      Labels.BROKER,
      Labels.PATH),
  LOG_DIR_USABLE(
      "kafka_log_dir_volume_usable_bytes",
      "Bytes that are free on the volume on which the folder is; from brokers since 3.3.",
      Labels.BROKER,
      Labels.PATH),
  REASSIGNING("kafka_reassigning_partitions", "Partitions that are being moved to other brokers."),
  TOPIC_REASSIGNING(
      "kafka_topic_reassigning_partitions",
      "Partitions of the topic that are being moved to other brokers; absent where there are none.",
      Labels.TOPIC),
  TRANSACTIONS("kafka_transactions", "Transactions that are open, by state.", "state"),
  TRANSACTION_START(
      "kafka_oldest_transaction_start_timestamp_seconds",
      "When the oldest ongoing transaction began, in seconds since the epoch; absent when there is"
          + " none."),
  TRANSACTIONS_HANGING(
      "kafka_hanging_transactions",
      "Transactions that have begun in a partition and that no coordinator will end: readers of"
          + " committed records wait there for ever."),
  PARTITION_HANGING(
      "kafka_topic_partition_hanging_transactions",
      "Such transactions in the partition; absent where there are none.",
      Labels.TOPIC,
      Labels.PARTITION),
  QUOTA(
      "kafka_client_quota",
      "Limit of clients, in the unit of the quota: bytes a second for *_byte_rate, percent of a"
          + " thread for request_percentage, else a number a second.",
      "user",
      "client_id",
      "ip",
      "quota"),
  FEATURE_LEVEL(
      "kafka_feature_level",
      "Level of the feature that the cluster has agreed on; metadata.version is the version of"
          + " Kafka that it keeps to.",
      "feature"),
  TOPIC_CONFIG(
      "kafka_topic_config_info",
      "1 for each topic, with a part of its configuration, the brokers' defaults included.",
      Labels.TOPIC,
      "cleanup_policy",
      "retention_ms",
      "retention_bytes",
      "min_insync_replicas",
      "max_message_bytes",
      "message_timestamp_type",
      "unclean_leader_election_enable"),
  TOPIC_PARTITIONS(
      "kafka_topic_partitions",
      "Partitions of the topic; topics that Kafka itself marks as internal are left out.",
      Labels.TOPIC),
  TOPIC_OFFLINE(
      "kafka_topic_offline_partitions",
      "Partitions of the topic that no broker leads.",
      Labels.TOPIC),
  TOPIC_UNDER_REPLICATED(
      "kafka_topic_under_replicated_partitions",
      "Partitions of the topic of which fewer replicas are in sync than there should be.",
      Labels.TOPIC),
  TOPIC_UNDER_MIN_IN_SYNC(
      "kafka_topic_under_min_isr_partitions",
      "Partitions of the topic of which fewer replicas are in sync than min.insync.replicas: who"
          + " produces with acks=all is refused.",
      Labels.TOPIC),
  TOPIC_AT_MIN_IN_SYNC(
      "kafka_topic_at_min_isr_partitions",
      "Partitions of the topic of which as many replicas are in sync as min.insync.replicas, and"
          + " fewer than there should be: the loss of one more refuses producers.",
      Labels.TOPIC),
  TOPIC_NOT_PREFERRED(
      "kafka_topic_not_preferred_leader_partitions",
      "Partitions of the topic that another broker than the first replica leads.",
      Labels.TOPIC),
  TOPIC_RECREATIONS(
      "kafka_topic_recreations_total",
      "Times that the topic was found to be another one of the same name.",
      Labels.TOPIC),
  TOPIC_TRUNCATIONS(
      "kafka_topic_truncations_total",
      "Times that the end of a partition was found to have gone back: records were lost.",
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
  PARTITION_LAST_STABLE(
      "kafka_topic_partition_last_stable_offset",
      "Offset beyond which who reads committed records only is given nothing; only while a"
          + " transaction is open, and else the same as the end.",
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
  GROUP_READ_COMMITTED_LAG(
      "kafka_consumergroup_read_committed_lag",
      "Last stable offset minus committed offset, 0 where the commit is at or beyond it; only while"
          + " a transaction is open, and else the same as the lag.",
      Labels.GROUP,
      Labels.TOPIC,
      Labels.PARTITION),
  GROUP_OFFSET_ANOMALY(
      "kafka_consumergroup_offset_anomaly",
      "1 where the committed offset lies beyond the end (beyond_end) or before the oldest record"
          + " (before_start).",
      Labels.GROUP,
      Labels.TOPIC,
      Labels.PARTITION,
      "anomaly"),
  GROUP_PARTITION_ASSIGNED(
      "kafka_consumergroup_partition_assigned",
      "Whether a member was given the partition for which the group has committed an offset (1) or"
          + " none was (0); absent for groups without members.",
      Labels.GROUP,
      Labels.TOPIC,
      Labels.PARTITION),
  GROUP_ASSIGNED_PARTITIONS(
      "kafka_consumergroup_assigned_partitions",
      "Partitions of the topic that members of the group were given.",
      Labels.GROUP,
      Labels.TOPIC),
  GROUP_TOPIC_MEMBERS(
      "kafka_consumergroup_topic_members",
      "Members of the group that were given a partition of the topic.",
      Labels.GROUP,
      Labels.TOPIC),
  GROUP_MEMBERS("kafka_consumergroup_members", "Members of the group.", Labels.GROUP),
  GROUP_COORDINATOR(
      "kafka_consumergroup_coordinator",
      "Id of the broker that coordinates the group.",
      Labels.GROUP),
  GROUP_LAST_KNOWN(
      "kafka_consumergroup_last_known_timestamp_seconds",
      "When the offsets of the group were last read, in seconds since the epoch; only while they"
          + " cannot be read.",
      Labels.GROUP),
  GROUP_STATE(
      "kafka_consumergroup_state",
      "1 for the state that the group is in, and the protocol that it uses; Unknown while its"
          + " coordinator is away.",
      Labels.GROUP,
      "protocol",
      "state");

  private static final class Labels {
    static final String CLUSTER = "messaging_cluster";
    static final String TOPIC = "topic";
    static final String PARTITION = "partition";
    static final String GROUP = "consumergroup";
    static final String ROLE = "role";
    static final String BROKER = "broker";
    static final String PATH = "path";
  }

  private final MetricDefinition definition;

  KafkaMetric(String metricName, String help, String... ownLabels) {
    List<String> labels = Stream.concat(Stream.of(Labels.CLUSTER), Stream.of(ownLabels)).toList();
    this.definition =
        new MetricDefinition(
            metricName,
            metricName.endsWith("_total") ? MetricType.COUNTER : MetricType.GAUGE,
            help,
            labels,
            granularity(labels));
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
