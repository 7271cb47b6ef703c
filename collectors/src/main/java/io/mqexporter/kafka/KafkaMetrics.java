package io.mqexporter.kafka;

import io.mqexporter.kafka.snapshot.Details;
import io.mqexporter.kafka.snapshot.KafkaSnapshot;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.Broker;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.Partition;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.Quorum;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.QuorumReplica;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.Topic;
import io.mqexporter.messaging.ClusterMemory;
import io.mqexporter.messaging.ClusterState;
import io.mqexporter.messaging.DestinationId;
import io.mqexporter.metric.MetricFamilies;
import io.mqexporter.metric.MetricFamily;
import java.util.List;
import java.util.function.Predicate;

/** Renders a snapshot of a Kafka cluster as the {@code kafka_*} families. */
final class KafkaMetrics {

  private final MetricFamilies families = new MetricFamilies();
  private final String cluster;

  private KafkaMetrics(String cluster) {
    this.cluster = cluster;
  }

  /**
   * Returns the families of a snapshot.
   *
   * @param state the common model of the same snapshot, which says what lag is
   * @param memory what is remembered of the snapshots before
   * @param details what is read less often
   * @param wanted whose topics are shown
   */
  static List<MetricFamily> of(
      KafkaSnapshot snapshot,
      ClusterState state,
      ClusterMemory memory,
      Details details,
      WantedTopics wanted) {
    var metrics = new KafkaMetrics(state.cluster());
    metrics.addBrokers(snapshot);
    snapshot.quorum().ifPresent(metrics::addQuorum);
    new DetailMetrics(metrics.families, metrics.cluster).add(details);
    snapshot.topics().stream()
        .filter(topic -> wanted.ownsTopic(topic.name()))
        .forEach(topic -> metrics.addTopic(topic, memory, details));
    var groupMetrics = new GroupMetrics(metrics.families, metrics.cluster);
    var partitions = new Partitions(snapshot.topics());
    // By far the most samples, so all processors take part.
    metrics.families.addAll(
        state.consumptions().parallelStream()
            .collect(
                MetricFamilies::new,
                (families, consumption) ->
                    new GroupMetrics(families, metrics.cluster).add(consumption),
                MetricFamilies::addAll));
    snapshot.groups().forEach(group -> groupMetrics.add(group, partitions));
    return metrics.families.toList();
  }

  private void addBrokers(KafkaSnapshot snapshot) {
    families.add(KafkaMetric.BROKERS, snapshot.brokers().size(), cluster);
    for (Broker broker : snapshot.brokers()) {
      String id = Integer.toString(broker.id());
      families.add(KafkaMetric.BROKER, 1, cluster, id, broker.address(), broker.rack());
    }
    families.add(KafkaMetric.CONTROLLER, snapshot.controller(), cluster);
  }

  private void addQuorum(Quorum quorum) {
    families.add(KafkaMetric.QUORUM_EPOCH, quorum.epoch(), cluster);
    families.add(KafkaMetric.QUORUM_HIGH_WATERMARK, quorum.highWatermark(), cluster);
    for (QuorumReplica replica : quorum.replicas()) {
      String[] labels = {
        cluster, Integer.toString(replica.id()), replica.voter() ? "voter" : "observer"
      };
      families.add(KafkaMetric.QUORUM_REPLICA_LAG, replica.lag(), labels);
      replica
          .caughtUpAt()
          .ifPresent(at ->
              families.add(
                  KafkaMetric.QUORUM_REPLICA_CAUGHT_UP, at.toEpochMilli() / 1000.0, labels));
    }
  }

  private void addTopic(Topic topic, ClusterMemory memory, Details details) {
    String name = topic.name();
    var id = DestinationId.topic(name);
    families.add(KafkaMetric.TOPIC_PARTITIONS, topic.partitions().size(), cluster, name);
    count(KafkaMetric.TOPIC_OFFLINE, topic, partition -> partition.leader().isEmpty());
    count(KafkaMetric.TOPIC_UNDER_REPLICATED, topic, KafkaMetrics::isUnderReplicated);
    count(KafkaMetric.TOPIC_NOT_PREFERRED, topic, KafkaMetrics::isLedByAnother);
    details
        .minInSync(name)
        .ifPresent(min -> {
          count(KafkaMetric.TOPIC_UNDER_MIN_IN_SYNC, topic, partition -> partition.inSync() < min);
          count(
              KafkaMetric.TOPIC_AT_MIN_IN_SYNC,
              topic,
              partition -> partition.inSync() == min && isUnderReplicated(partition));
        });
    families.add(KafkaMetric.TOPIC_RECREATIONS, memory.recreations(id), cluster, name);
    families.add(KafkaMetric.TOPIC_TRUNCATIONS, memory.truncations(id), cluster, name);
    for (Partition partition : topic.partitions()) {
      addPartition(partition, cluster, name, Partitions.name(partition.id()));
    }
  }

  private void count(KafkaMetric metric, Topic topic, Predicate<Partition> condition) {
    families.add(
        metric, topic.partitions().stream().filter(condition).count(), cluster, topic.name());
  }

  private void addPartition(Partition partition, String... labels) {
    boolean preferred = partition.leader().isPresent() && !isLedByAnother(partition);
    families.add(KafkaMetric.PARTITION_END, partition.end(), labels);
    if (partition.hasOpenTransaction()) {
      families.add(KafkaMetric.PARTITION_LAST_STABLE, partition.lastStable(), labels);
    }
    families.add(KafkaMetric.PARTITION_START, partition.start(), labels);
    families.add(KafkaMetric.PARTITION_LEADER, partition.leader(), labels);
    families.add(KafkaMetric.PARTITION_REPLICAS, partition.replicas().size(), labels);
    families.add(KafkaMetric.PARTITION_IN_SYNC, partition.inSync(), labels);
    families.add(KafkaMetric.PARTITION_LEADER_IS_PREFERRED, preferred ? 1 : 0, labels);
    families.add(
        KafkaMetric.PARTITION_UNDER_REPLICATED, isUnderReplicated(partition) ? 1 : 0, labels);
  }

  private static boolean isUnderReplicated(Partition partition) {
    return partition.inSync() < partition.replicas().size();
  }

  private static boolean isLedByAnother(Partition partition) {
    return partition.leader().isPresent()
        && (partition.replicas().isEmpty()
            || partition.leader().getAsInt() != partition.replicas().getFirst());
  }
}
