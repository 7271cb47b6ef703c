package io.mqexporter.kafka;

import io.mqexporter.kafka.KafkaSnapshot.Broker;
import io.mqexporter.kafka.KafkaSnapshot.Group;
import io.mqexporter.kafka.KafkaSnapshot.Partition;
import io.mqexporter.kafka.KafkaSnapshot.Topic;
import io.mqexporter.messaging.ClusterState;
import io.mqexporter.messaging.Consumption;
import io.mqexporter.messaging.LogConsumption;
import io.mqexporter.metric.MetricFamilies;
import io.mqexporter.metric.MetricFamily;
import java.util.List;

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
   */
  static List<MetricFamily> of(KafkaSnapshot snapshot, ClusterState state) {
    var metrics = new KafkaMetrics(state.cluster());
    metrics.addBrokers(snapshot);
    snapshot.topics().forEach(metrics::addTopic);
    state.consumptions().forEach(metrics::addConsumption);
    snapshot.groups().forEach(metrics::addGroup);
    return metrics.families.toList();
  }

  private void addBrokers(KafkaSnapshot snapshot) {
    families.add(KafkaMetric.BROKERS, snapshot.brokers().size(), cluster);
    for (Broker broker : snapshot.brokers()) {
      families.add(KafkaMetric.BROKER, 1, cluster, Integer.toString(broker.id()), broker.address());
    }
    families.add(KafkaMetric.CONTROLLER, snapshot.controller(), cluster);
  }

  private void addTopic(Topic topic) {
    families.add(KafkaMetric.TOPIC_PARTITIONS, topic.partitions().size(), cluster, topic.name());
    for (Partition partition : topic.partitions()) {
      addPartition(partition, cluster, topic.name(), Integer.toString(partition.id()));
    }
  }

  private void addPartition(Partition partition, String... labels) {
    boolean preferred =
        partition.leader().isPresent()
            && !partition.replicas().isEmpty()
            && partition.leader().getAsInt() == partition.replicas().getFirst();
    boolean underReplicated = partition.inSync() < partition.replicas().size();
    families.add(KafkaMetric.PARTITION_END, partition.end(), labels);
    families.add(KafkaMetric.PARTITION_START, partition.start(), labels);
    families.add(KafkaMetric.PARTITION_LEADER, partition.leader(), labels);
    families.add(KafkaMetric.PARTITION_REPLICAS, partition.replicas().size(), labels);
    families.add(KafkaMetric.PARTITION_IN_SYNC, partition.inSync(), labels);
    families.add(KafkaMetric.PARTITION_LEADER_IS_PREFERRED, preferred ? 1 : 0, labels);
    families.add(KafkaMetric.PARTITION_UNDER_REPLICATED, underReplicated ? 1 : 0, labels);
  }

  private void addConsumption(Consumption consumption) {
    String group = consumption.group();
    String topic = consumption.destination().name();
    for (LogConsumption log : consumption.logs()) {
      families.add(KafkaMetric.GROUP_OFFSET, log.position(), cluster, group, topic, log.log());
      families.add(KafkaMetric.GROUP_LAG, log.lag(), cluster, group, topic, log.log());
    }
  }

  private void addGroup(Group group) {
    families.add(KafkaMetric.GROUP_MEMBERS, group.members(), cluster, group.name());
    families.add(
        KafkaMetric.GROUP_STATE, 1, cluster, group.name(), group.protocol(), group.state());
  }
}
