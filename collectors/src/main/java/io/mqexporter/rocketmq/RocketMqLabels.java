package io.mqexporter.rocketmq;

import io.mqexporter.metric.Granularity;
import io.mqexporter.metric.MetricDefinition;
import io.mqexporter.metric.MetricType;
import java.util.List;

/** The labels of the {@code rocketmq_*} families. */
final class RocketMqLabels {

  static final String NAME_SERVER = "name_server";
  static final String BROKER = "broker";
  static final String BROKER_ID = "broker_id";
  static final String TOPIC = "topic";
  static final String QUEUE = "queue_id";
  static final String GROUP = "consumer_group";
  static final String PRODUCER_GROUP = "producer_group";
  static final String CONTROLLER = "controller";
  static final String ENDPOINT = "endpoint";
  static final String CLIENT = "client_id";
  static final String PROCESSOR = "processor";

  private RocketMqLabels() {}

  /** Defines a family that has the cluster's label before its own. */
  static MetricDefinition define(
      String metricName, MetricType type, String help, String... ownLabels) {
    Granularity granularity = granularity(List.of(ownLabels));
    return MetricDefinition.ofCluster(metricName, type, help, granularity, ownLabels);
  }

  private static Granularity granularity(List<String> labels) {
    if (labels.contains(QUEUE) || labels.contains(CLIENT)) {
      return Granularity.PARTITION;
    }
    return labels.contains(TOPIC) || labels.contains(GROUP) || labels.contains(PRODUCER_GROUP)
        ? Granularity.DESTINATION
        : Granularity.CLUSTER;
  }
}
