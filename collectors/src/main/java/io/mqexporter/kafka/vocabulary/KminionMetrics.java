package io.mqexporter.kafka.vocabulary;

import io.mqexporter.kafka.snapshot.Details;
import io.mqexporter.kafka.snapshot.Details.LogDir;
import io.mqexporter.kafka.snapshot.KafkaSnapshot;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.Broker;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.Group;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.Membership;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.Topic;
import io.mqexporter.messaging.Consumption;
import io.mqexporter.messaging.Destination;
import io.mqexporter.messaging.LogConsumption;
import io.mqexporter.messaging.LogState;
import io.mqexporter.metric.MetricFamilies;
import io.mqexporter.metric.MetricFamily;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** Renders a cluster as KMinion does. */
final class KminionMetrics {

  /** What the members of a group are that share partitions among them. */
  private static final Set<String> SHARING = Set.of("consumer", "share", "streams");

  private final MetricFamilies families = new MetricFamilies();
  private final String cluster;

  private KminionMetrics(String cluster) {
    this.cluster = cluster;
  }

  static List<MetricFamily> of(Reading reading) {
    var metrics = new KminionMetrics(reading.state().cluster());
    metrics.families.add(KminionMetric.UP, reading.whole() ? 1 : 0, metrics.cluster);
    metrics.addCluster(reading.snapshot());
    for (Broker broker : reading.snapshot().brokers()) {
      metrics.addBroker(broker, reading.snapshot().controller(), reading.details());
    }
    for (Topic topic : reading.snapshot().topics()) {
      metrics.addTopic(topic, reading.details());
    }
    reading.state().destinations().forEach(metrics::addOffsets);
    reading.snapshot().groups().forEach(metrics::addGroup);
    reading.state().consumptions().forEach(metrics::addConsumption);
    return metrics.families.toList();
  }

  static List<MetricFamily> unavailable(String cluster) {
    var families = new MetricFamilies();
    families.add(KminionMetric.UP, 0, cluster);
    return families.toList();
  }

  private void addCluster(KafkaSnapshot snapshot) {
    families.add(
        KminionMetric.CLUSTER,
        1,
        cluster,
        Integer.toString(snapshot.brokers().size()),
        text(snapshot.controller()),
        snapshot.clusterId());
  }

  private void addBroker(Broker broker, OptionalInt controller, Details details) {
    String id = Integer.toString(broker.id());
    String port = Integer.toString(broker.port());
    families.add(
        KminionMetric.BROKER,
        1,
        cluster,
        id,
        broker.host(),
        port,
        broker.rack(),
        controller.isPresent() ? Boolean.toString(controller.getAsInt() == broker.id()) : "");
    families.add(
        KminionMetric.BROKER_BYTES,
        bytes(broker, details),
        cluster,
        id,
        broker.host(),
        port,
        broker.rack());
  }

  private static OptionalLong bytes(Broker broker, Details details) {
    List<LogDir> folders =
        details.logDirs().orElse(List.of()).stream()
            .filter(folder -> folder.broker() == broker.id())
            .toList();
    return folders.isEmpty() || folders.stream().anyMatch(LogDir::offline)
        ? OptionalLong.empty()
        : OptionalLong.of(folders.stream().mapToLong(LogDir::bytes).sum());
  }

  private void addTopic(Topic topic, Details details) {
    String name = topic.name();
    Optional.ofNullable(details.topicBytes().get(name))
        .ifPresent(bytes -> families.add(KminionMetric.TOPIC_BYTES, bytes, cluster, name));
    families.add(
        KminionMetric.TOPIC,
        1,
        cluster,
        name,
        Integer.toString(topic.partitions().size()),
        topic.partitions().isEmpty()
            ? ""
            : Integer.toString(topic.partitions().getFirst().replicas().size()),
        details.configs().getOrDefault(name, Map.of()).getOrDefault("cleanup.policy", ""));
  }

  private void addOffsets(Destination topic) {
    String name = topic.id().name();
    for (LogState log : topic.logs()) {
      families.add(KminionMetric.PARTITION_START, log.start(), cluster, name, log.log());
      families.add(KminionMetric.PARTITION_END, log.end(), cluster, name, log.log());
    }
    if (topic.logs().stream().allMatch(log -> log.start().isPresent())) {
      long sum = topic.logs().stream().mapToLong(log -> log.start().orElseThrow()).sum();
      families.add(KminionMetric.TOPIC_START_SUM, sum, cluster, name);
    }
    families.add(KminionMetric.TOPIC_END_SUM, topic.produced(), cluster, name);
  }

  private void addGroup(Group group) {
    String name = group.name();
    Optional<Membership> membership = group.membership();
    if (!group.state().equals("Unknown")) {
      families.add(
          KminionMetric.GROUP,
          group.state().equals("Stable") ? 1 : 0,
          cluster,
          name,
          membership.map(Membership::assignor).orElse(""),
          membership.map(Membership::kind).orElse(""),
          group.state(),
          membership.map(m -> text(m.coordinator())).orElse(""));
    }
    families.add(KminionMetric.GROUP_MEMBERS, group.memberCount(), cluster, name);
    membership.ifPresent(m -> addMembership(name, m));
  }

  private void addMembership(String group, Membership membership) {
    if (SHARING.contains(membership.kind())) {
      families.add(
          KminionMetric.GROUP_EMPTY_MEMBERS,
          membership.members().stream().filter(member -> member.assigned().isEmpty()).count(),
          cluster,
          group);
    }
    membership
        .topicMembers()
        .forEach((topic, count) ->
            families.add(KminionMetric.GROUP_TOPIC_MEMBERS, count, cluster, group, topic));
    membership
        .assignedPartitions()
        .forEach((topic, count) ->
            families.add(KminionMetric.GROUP_ASSIGNED_PARTITIONS, count, cluster, group, topic));
  }

  private void addConsumption(Consumption consumption) {
    String[] labels = {cluster, consumption.group(), consumption.destination().name()};
    families.add(KminionMetric.GROUP_OFFSET_SUM, consumption.acknowledged(), labels);
    families.add(KminionMetric.GROUP_LAG, consumption.lag(), labels);
    for (LogConsumption log : consumption.logs()) {
      families.add(
          KminionMetric.GROUP_PARTITION_LAG, log.lag(), cluster, labels[1], labels[2], log.log());
    }
  }

  private static String text(OptionalInt id) {
    return id.isPresent() ? Integer.toString(id.getAsInt()) : "";
  }
}
