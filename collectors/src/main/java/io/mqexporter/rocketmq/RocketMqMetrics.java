package io.mqexporter.rocketmq;

import io.mqexporter.metric.MetricFamilies;
import io.mqexporter.metric.MetricFamily;
import io.mqexporter.rocketmq.view.ClusterView;
import java.util.List;

/** Renders what was read of a cluster as the {@code rocketmq_*} families. */
final class RocketMqMetrics {

  private RocketMqMetrics() {}

  /** Returns the families of a cluster. */
  static List<MetricFamily> of(String cluster, ClusterView view) {
    var families = new MetricFamilies();
    var servers = new ClusterMetrics(cluster, families, view.snapshot());
    servers.addNameServers();
    servers.addControllers();
    var brokers = new BrokerMetrics(cluster, families);
    view.snapshot().processes().forEach(brokers::add);
    view.gone().forEach(brokers::add);
    view.snapshot().contents().forEach(brokers::add);
    servers.addReplication();
    var topics = new TopicMetrics(cluster, families);
    topics.addInfo(view);
    view.snapshot().contents().forEach(contents -> topics.add(contents, view));
    topics.addStatic(view);
    var consumers = new ConsumerMetrics(cluster, families, view);
    view.commits().forEach(consumers::addConsumption);
    view.topics().forEach(consumers::addFailures);
    view.groups().forEach(consumers::addGroup);
    new ConnectionMetrics(cluster, families).addProducers(view.snapshot().contents());
    return families.toList();
  }
}
