package io.mqexporter.jmx.mbean;

import io.mqexporter.metric.Granularity;

/** The catalogue of what the MBeans of a KRaft controller tell. */
public enum KafkaControllerMetric implements MBeanMetric {
  ACTIVE(
      "kafka.controller:type=KafkaController,name=ActiveControllerCount",
      Reading.VALUE,
      "Whether the node is the active controller (1) or not (0)."),
  ACTIVE_BROKERS(
      "kafka.controller:type=KafkaController,name=ActiveBrokerCount",
      Reading.VALUE,
      "Brokers that take part, as the controller sees it."),
  FENCED_BROKERS(
      "kafka.controller:type=KafkaController,name=FencedBrokerCount",
      Reading.VALUE,
      "Brokers that are registered and do not take part."),
  TOPICS(
      "kafka.controller:type=KafkaController,name=GlobalTopicCount",
      Reading.VALUE,
      "Topics of the cluster."),
  PARTITIONS(
      "kafka.controller:type=KafkaController,name=GlobalPartitionCount",
      Reading.VALUE,
      "Partitions of the cluster."),
  OFFLINE_PARTITIONS(
      "kafka.controller:type=KafkaController,name=OfflinePartitionsCount",
      Reading.VALUE,
      "Partitions of the cluster that have no leader."),
  PREFERRED_IMBALANCE(
      "kafka.controller:type=KafkaController,name=PreferredReplicaImbalanceCount",
      Reading.VALUE,
      "Partitions that are not led by their preferred replica."),
  METADATA_ERRORS(
      "kafka.controller:type=KafkaController,name=MetadataErrorCount",
      Reading.VALUE,
      "Errors of the controller with the metadata log since it was started."),
  APPLIED_LAG(
      "kafka.controller:type=KafkaController,name=LastAppliedRecordLagMs",
      Reading.VALUE,
      "Time since the newest record of the metadata log was written that the controller has applied, in milliseconds."),
  APPLIED_OFFSET(
      "kafka.controller:type=KafkaController,name=LastAppliedRecordOffset",
      Reading.VALUE,
      "Offset of the newest record of the metadata log that the controller has applied."),
  COMMITTED_OFFSET(
      "kafka.controller:type=KafkaController,name=LastCommittedRecordOffset",
      Reading.VALUE,
      "Offset of the newest record of the metadata log that is committed."),
  HEARTBEATS_LATE(
      "kafka.controller:type=KafkaController,name=TimedOutBrokerHeartbeatCount",
      Reading.VALUE,
      "Heartbeats of brokers that were not answered in time since the node was started."),
  NEW_CONTROLLERS(
      "kafka.controller:type=KafkaController,name=NewActiveControllersCount",
      Reading.VALUE,
      "How often the node saw another active controller since it was started."),
  OPERATIONS_TIMED_OUT(
      "kafka.controller:type=KafkaController,name=EventQueueOperationsTimedOutCount",
      Reading.VALUE,
      "Operations of the controller that were not done in time since it was started."),
  EVENT_QUEUE_TIME(
      "kafka.controller:type=ControllerEventManager,name=EventQueueTimeMs",
      Reading.HISTOGRAM,
      "Time that events waited for the controller, in milliseconds."),
  EVENT_PROCESSING_TIME(
      "kafka.controller:type=ControllerEventManager,name=EventQueueProcessingTimeMs",
      Reading.HISTOGRAM,
      "Time that the controller took for events, in milliseconds."),
  EVENT_IDLE(
      "kafka.controller:type=ControllerEventManager,name=AvgIdleRatio",
      Reading.VALUE,
      "Share of time in which the controller had nothing to do, 0 to 1."),
  UNCLEAN_ELECTIONS(
      "kafka.controller:type=ControllerStats,name=UncleanLeaderElectionsPerSec",
      Reading.METER,
      "Leaders that were elected although they were not in sync: records were lost."),
  ELR_ELECTIONS(
      "kafka.controller:type=ControllerStats,name=ElectionFromEligibleLeaderReplicasPerSec",
      Reading.METER,
      "Leaders that were elected from eligible leader replicas (KIP-966).");

  private final MBeanDefinition mbean;

  KafkaControllerMetric(String mbeans, Reading reading, String help) {
    this.mbean = MBeanDefinition.ofKafka(mbeans, reading, help, Granularity.CLUSTER);
  }

  @Override
  public MBeanDefinition mbean() {
    return mbean;
  }
}
