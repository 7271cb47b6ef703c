package io.mqexporter.rabbitmq;

import io.mqexporter.metric.MetricDefinition;
import io.mqexporter.metric.MetricDescriptor;
import io.mqexporter.metric.MetricType;
import io.mqexporter.rabbitmq.snapshot.VhostNumber;
import java.util.Optional;

/**
 * The catalogue of the families of vhosts, named as those of queues are. Their counters do not end
 * with a queue, a channel or a connection.
 */
public enum RabbitMqVhostMetric implements MetricDescriptor {
  RUNNING(
      "rabbitmq_vhost_running",
      MetricType.GAUGE,
      "Whether a vhost runs on a node (1) or not (0), so that its queues there cannot be used."),
  MESSAGES(
      "rabbitmq_vhost_messages",
      MetricType.GAUGE,
      "Messages in the queues of a vhost: ready and unacknowledged.",
      VhostNumber.MESSAGES),
  READY(
      "rabbitmq_vhost_messages_ready",
      MetricType.GAUGE,
      "Messages in the queues of a vhost that are ready to be delivered.",
      VhostNumber.READY),
  UNACKNOWLEDGED(
      "rabbitmq_vhost_messages_unacked",
      MetricType.GAUGE,
      "Messages of the queues of a vhost that were delivered and not yet acknowledged.",
      VhostNumber.UNACKNOWLEDGED),
  BYTES_RECEIVED(
      "rabbitmq_vhost_incoming_bytes_total",
      MetricType.COUNTER,
      "Bytes received on the connections of a vhost.",
      VhostNumber.BYTES_RECEIVED),
  BYTES_SENT(
      "rabbitmq_vhost_outgoing_bytes_total",
      MetricType.COUNTER,
      "Bytes sent on the connections of a vhost.",
      VhostNumber.BYTES_SENT),
  PUBLISHED(
      "rabbitmq_vhost_messages_published_total",
      MetricType.COUNTER,
      "Messages published in a vhost.",
      VhostNumber.PUBLISHED),
  CONFIRMED(
      "rabbitmq_vhost_messages_confirmed_total",
      MetricType.COUNTER,
      "Messages that the broker confirmed to their publishers.",
      VhostNumber.CONFIRMED),
  DROPPED(
      "rabbitmq_vhost_messages_unroutable_dropped_total",
      MetricType.COUNTER,
      "Messages that were lost because no binding led to a queue and the publisher did not want them back; absent until there is one.",
      VhostNumber.DROPPED),
  RETURNED(
      "rabbitmq_vhost_messages_unroutable_returned_total",
      MetricType.COUNTER,
      "Messages that were given back to their publisher because no binding led to a queue; absent until there is one.",
      VhostNumber.RETURNED),
  DELIVERED(
      "rabbitmq_vhost_messages_delivered_ack_total",
      MetricType.COUNTER,
      "Messages delivered to consumers that acknowledge.",
      VhostNumber.DELIVERED),
  DELIVERED_AUTO_ACK(
      "rabbitmq_vhost_messages_delivered_total",
      MetricType.COUNTER,
      "Messages delivered to consumers with automatic acknowledgement.",
      VhostNumber.DELIVERED_AUTO_ACK),
  FETCHED(
      "rabbitmq_vhost_get_ack_total",
      MetricType.COUNTER,
      "Messages fetched by basic.get that are to be acknowledged.",
      VhostNumber.FETCHED),
  FETCHED_AUTO_ACK(
      "rabbitmq_vhost_get_total",
      MetricType.COUNTER,
      "Messages fetched by basic.get with automatic acknowledgement.",
      VhostNumber.FETCHED_AUTO_ACK),
  FETCHED_NOTHING(
      "rabbitmq_vhost_get_empty_total",
      MetricType.COUNTER,
      "Times that basic.get found no message.",
      VhostNumber.FETCHED_NOTHING),
  REDELIVERED(
      "rabbitmq_vhost_messages_redelivered_total",
      MetricType.COUNTER,
      "Messages delivered more than once.",
      VhostNumber.REDELIVERED),
  ACKNOWLEDGED(
      "rabbitmq_vhost_messages_acked_total",
      MetricType.COUNTER,
      "Messages that consumers acknowledged.",
      VhostNumber.ACKNOWLEDGED);

  private final MetricDefinition definition;
  private final Optional<VhostNumber> number;

  RabbitMqVhostMetric(String metricName, MetricType type, String help) {
    this.definition = Labels.define(metricName, type, help, Labels.VHOST, Labels.NODE);
    this.number = Optional.empty();
  }

  RabbitMqVhostMetric(String metricName, MetricType type, String help, VhostNumber number) {
    this.definition = Labels.define(metricName, type, help, Labels.VHOST);
    this.number = Optional.of(number);
  }

  @Override
  public MetricDefinition definition() {
    return definition;
  }

  /** Returns the number that the value is as the broker tells it, if it is one. */
  Optional<VhostNumber> number() {
    return number;
  }
}
