package io.mqexporter.messaging;

import io.mqexporter.metric.Granularity;
import io.mqexporter.metric.MetricDefinition;
import io.mqexporter.metric.MetricDescriptor;
import io.mqexporter.metric.MetricType;
import java.util.List;

/** The catalogue of what brokers use of their machines, in the same words for every broker. */
public enum BrokerMetric implements MetricDescriptor {
  CPU(
      "messaging_broker_cpu_seconds_total",
      MetricType.COUNTER,
      "Processor time that the broker's process has used."),
  CPU_THROTTLED(
      "messaging_broker_cpu_throttled_seconds_total",
      MetricType.COUNTER,
      "Time for which the broker's process was held back by the limit of its control group."),
  MEMORY_USED(
      "messaging_broker_memory_used_bytes",
      MetricType.GAUGE,
      "Memory of which the broker may run out: a JVM's heap, a RabbitMQ node's whole process, or what"
          + " the operating system says of a process."),
  MEMORY_LIMIT(
      "messaging_broker_memory_limit_bytes",
      MetricType.GAUGE,
      "How much of that there may be: the largest heap, where a RabbitMQ node blocks publishers, or the"
          + " limit of the control group."),
  DISK_FREE(
      "messaging_broker_disk_free_bytes",
      MetricType.GAUGE,
      "Free room of the disk that holds the broker's messages."),
  DISK_SIZE(
      "messaging_broker_disk_size_bytes",
      MetricType.GAUGE,
      "Size of the disk that holds the broker's messages."),
  DISK_READ(
      "messaging_broker_disk_read_bytes_total",
      MetricType.COUNTER,
      "Bytes that the broker's process has read from disks."),
  DISK_WRITTEN(
      "messaging_broker_disk_written_bytes_total",
      MetricType.COUNTER,
      "Bytes that the broker's process has written to disks."),
  OPEN_FDS(
      "messaging_broker_open_fds",
      MetricType.GAUGE,
      "File descriptors that the broker's process has open."),
  MAX_FDS(
      "messaging_broker_max_fds",
      MetricType.GAUGE,
      "File descriptors that the broker's process may have open.");

  private final MetricDefinition definition;

  BrokerMetric(String metricName, MetricType type, String help) {
    List<String> labels = List.of("messaging_system", "messaging_cluster", "messaging_broker_name");
    this.definition = new MetricDefinition(metricName, type, help, labels, Granularity.CLUSTER);
  }

  @Override
  public MetricDefinition definition() {
    return definition;
  }
}
