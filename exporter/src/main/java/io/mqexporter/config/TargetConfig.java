package io.mqexporter.config;

import io.mqexporter.jmx.JmxConfig;
import io.mqexporter.kafka.KafkaConfig;
import io.mqexporter.messaging.LagObjectives;
import io.mqexporter.metric.Granularity;
import io.mqexporter.process.ProcessConfig;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One cluster to read.
 *
 * @param name the name of the cluster, the value of the label {@code messaging_cluster}
 * @param interval the time from the start of one collection to the start of the next
 * @param timeout how long a collection may take; never longer than the interval
 * @param granularity the finest families that are exposed
 * @param maxSeries how many series there may be; beyond that the finest families are left out
 * @param lagObjectives how old messages may become before they are consumed
 * @param broker what the cluster is and how it is reached
 * @param sidecarOf the broker whose series alone are shown, as the cluster names it; empty for all
 * @param jmx the JVMs that belong to it and are read by JMX
 * @param process the process of one of its brokers, if that runs on this machine
 */
public record TargetConfig(
    String name,
    Duration interval,
    Duration timeout,
    Granularity granularity,
    int maxSeries,
    LagObjectives lagObjectives,
    BrokerConfig broker,
    Optional<String> sidecarOf,
    Optional<JmxConfig> jmx,
    Optional<ProcessConfig> process) {

  /** Returns from where MirrorMaker 2 copies topics to this cluster; only Kafka has that. */
  public List<KafkaConfig.Mirror> mirrors() {
    return broker instanceof BrokerConfig.Kafka(KafkaConfig kafka) ? kafka.mirrors() : List.of();
  }
}
