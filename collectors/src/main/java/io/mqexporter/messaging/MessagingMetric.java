package io.mqexporter.messaging;

import io.mqexporter.metric.Granularity;
import io.mqexporter.metric.MetricDefinition;
import io.mqexporter.metric.MetricDescriptor;
import io.mqexporter.metric.MetricType;
import java.util.List;
import java.util.stream.Stream;

/** The catalogue of the families that are the same for every broker. */
public enum MessagingMetric implements MetricDescriptor {
  UP(
      "messaging_up",
      MetricType.GAUGE,
      "Whether the last collection of the cluster succeeded, in whole or in part (1) or not (0)."),
  BROKERS(
      "messaging_brokers",
      MetricType.GAUGE,
      "Broker processes by state; one that was seen and is gone counts as down for an hour.",
      "state"),
  DESTINATIONS(
      "messaging_destinations",
      MetricType.GAUGE,
      "Topics or queues that were read; absent when there is none."),
  CONSUMERS(
      "messaging_consumers",
      MetricType.GAUGE,
      "Consumers in each status of messaging_consumer_status, where a group counts once for each"
          + " topic that it consumes, and a queue once; absent when there is none.",
      "status"),
  DESTINATION_MESSAGES(
      "messaging_destination_messages",
      MetricType.GAUGE,
      "Messages held: end minus start offsets, or ready plus unacknowledged.",
      Labels.VHOST,
      Labels.DESTINATION),
  DESTINATION_PRODUCED(
      "messaging_destination_produced_messages_total",
      MetricType.COUNTER,
      "Messages ever written: the sum of end offsets, or the publish counter.",
      Labels.VHOST,
      Labels.DESTINATION),
  DESTINATION_SIZE(
      "messaging_destination_size_bytes",
      MetricType.GAUGE,
      "Bytes on disk, of one copy where messages are replicated.",
      Labels.VHOST,
      Labels.DESTINATION),
  DESTINATION_FILL(
      "messaging_destination_fill_ratio",
      MetricType.GAUGE,
      "What is held as a share of the most that may be held; absent where there is no limit.",
      Labels.VHOST,
      Labels.DESTINATION),
  CONSUMER_LAG(
      "messaging_consumer_lag_messages",
      MetricType.GAUGE,
      "Messages not yet consumed; absent where one part of the sum is not known.",
      Labels.VHOST,
      Labels.DESTINATION,
      Labels.GROUP),
  CONSUMER_LAG_SECONDS(
      "messaging_consumer_lag_seconds",
      MetricType.GAUGE,
      "Age of the oldest message not yet consumed; 0 when nothing that can be read is left, absent"
          + " when it is not known.",
      Labels.VHOST,
      Labels.DESTINATION,
      Labels.GROUP),
  CONSUMER_LAG_SECONDS_SOURCE(
      "messaging_consumer_lag_seconds_source",
      MetricType.GAUGE,
      "1 for where the age comes from: the message itself (record), or the end offsets that the"
          + " agent has seen, to within one interval (history); absent where nothing waits.",
      Labels.VHOST,
      Labels.DESTINATION,
      Labels.GROUP,
      "source"),
  CONSUMER_LAG_OBJECTIVE(
      "messaging_consumer_lag_objective_seconds",
      MetricType.GAUGE,
      "Age that messaging_consumer_lag_seconds is not to exceed, as the configuration says it;"
          + " absent for consumers without such an objective.",
      Labels.VHOST,
      Labels.DESTINATION,
      Labels.GROUP),
  CONSUMER_DRAIN(
      "messaging_consumer_drain_seconds",
      MetricType.GAUGE,
      "How long until nothing is left to consume if all goes on as in the last ten collections;"
          + " +Inf while the lag does not shrink.",
      Labels.VHOST,
      Labels.DESTINATION,
      Labels.GROUP),
  CONSUMER_RETENTION_USED(
      "messaging_consumer_retention_used_ratio",
      MetricType.GAUGE,
      "Lag as a share of the messages held, of the log where it is largest: at 1 the oldest message"
          + " not yet consumed is the next to be deleted, beyond 1 messages were lost.",
      Labels.VHOST,
      Labels.DESTINATION,
      Labels.GROUP),
  CONSUMER_LOST(
      "messaging_consumer_lost_messages_total",
      MetricType.COUNTER,
      "Messages that were deleted before they were consumed, as far as the agent has seen it.",
      Labels.VHOST,
      Labels.DESTINATION,
      Labels.GROUP),
  CONSUMER_ACKNOWLEDGED(
      "messaging_consumer_acknowledged_messages_total",
      MetricType.COUNTER,
      "Messages consumed: the sum of committed offsets, or the acknowledgement counter.",
      Labels.VHOST,
      Labels.DESTINATION,
      Labels.GROUP),
  REDELIVERED(
      "messaging_redelivered_messages_total",
      MetricType.COUNTER,
      "Messages that were delivered more than once, where the broker counts them: duplicates that"
          + " consumers must expect.",
      Labels.VHOST,
      Labels.DESTINATION,
      Labels.GROUP),
  CONSUMER_MEMBERS(
      "messaging_consumer_members",
      MetricType.GAUGE,
      "Consumers connected: of a group, or of a queue where there are no groups.",
      Labels.VHOST,
      Labels.DESTINATION,
      Labels.GROUP),
  CONSUMER_STATUS(
      "messaging_consumer_status",
      MetricType.GAUGE,
      "1 for the status that the last ten collections show, 0 for each other status.",
      Labels.VHOST,
      Labels.DESTINATION,
      Labels.GROUP,
      "status"),
  REPLICATION_LAG(
      "messaging_replication_lag_messages",
      MetricType.GAUGE,
      "Messages of another cluster that are not copied to this one yet; absent where one part of the"
          + " sum is not known.",
      Labels.SOURCE,
      Labels.VHOST,
      Labels.DESTINATION),
  REPLICATION_LAG_SECONDS(
      "messaging_replication_lag_seconds",
      MetricType.GAUGE,
      "Age of the oldest message of another cluster that is not copied to this one yet; 0 when there"
          + " is none, absent when it is not known.",
      Labels.SOURCE,
      Labels.VHOST,
      Labels.DESTINATION),
  DEAD_LETTERS(
      "messaging_dead_letter_messages",
      MetricType.GAUGE,
      "Messages held in a destination for what could not be delivered elsewhere.",
      Labels.VHOST,
      Labels.DESTINATION);

  private static final class Labels {
    static final String SYSTEM = "messaging_system";
    static final String CLUSTER = "messaging_cluster";
    static final String SOURCE = "messaging_source_cluster";
    static final String VHOST = "messaging_rabbitmq_vhost";
    static final String DESTINATION = "messaging_destination_name";
    static final String GROUP = "messaging_consumer_group_name";
  }

  private final MetricDefinition definition;

  MessagingMetric(String metricName, MetricType type, String help, String... ownLabels) {
    List<String> labels =
        Stream.concat(Stream.of(Labels.SYSTEM, Labels.CLUSTER), Stream.of(ownLabels)).toList();
    this.definition = new MetricDefinition(metricName, type, help, labels, granularity(labels));
  }

  @Override
  public MetricDefinition definition() {
    return definition;
  }

  private static Granularity granularity(List<String> labels) {
    return labels.contains(Labels.DESTINATION) || labels.contains(Labels.GROUP)
        ? Granularity.DESTINATION
        : Granularity.CLUSTER;
  }
}
