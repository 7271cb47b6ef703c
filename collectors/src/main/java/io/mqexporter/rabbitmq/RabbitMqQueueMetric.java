package io.mqexporter.rabbitmq;

import io.mqexporter.metric.MetricDefinition;
import io.mqexporter.metric.MetricDescriptor;
import io.mqexporter.metric.MetricType;
import io.mqexporter.rabbitmq.snapshot.QueueNumber;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The catalogue of the families of queues, in the words of {@code rabbitmq_prometheus} where the
 * value means the same.
 */
public enum RabbitMqQueueMetric implements MetricDescriptor {
  INFO(
      "rabbitmq_queue_info",
      MetricType.GAUGE,
      "What a queue is: its type, whether it survives a restart, the policies that apply to it, and what it does when it is full; always 1.",
      "queue_type",
      "durable",
      "exclusive",
      "auto_delete",
      "policy",
      "operator_policy",
      "overflow"),
  STATE(
      "rabbitmq_queue_state",
      MetricType.GAUGE,
      "State that the broker gives a queue, such as running, idle, flow, minority or down; always 1.",
      "state"),
  LEADER_INFO(
      "rabbitmq_queue_leader_info",
      MetricType.GAUGE,
      "Node that a queue's process or leader is on; always 1, absent while no node leads it.",
      Labels.NODE),
  HAS_LEADER(
      "rabbitmq_queue_has_leader",
      MetricType.GAUGE,
      "Whether a node leads a replicated queue (1) or none does (0), so that nothing can be published to it."),
  MEMBERS(
      "rabbitmq_queue_members",
      MetricType.GAUGE,
      "Nodes that a quorum queue or stream is replicated to."),
  MEMBERS_ONLINE(
      "rabbitmq_queue_members_online",
      MetricType.GAUGE,
      "Members of a quorum queue or stream that run."),
  MAJORITY_ONLINE(
      "rabbitmq_queue_majority_online",
      MetricType.GAUGE,
      "Whether more than half of the members of a quorum queue or stream run (1) or not (0), so that it cannot be used."),
  MESSAGES(
      "rabbitmq_queue_messages",
      MetricType.GAUGE,
      "Messages in a queue: ready and unacknowledged.",
      QueueNumber.MESSAGES),
  MESSAGES_READY(
      "rabbitmq_queue_messages_ready",
      MetricType.GAUGE,
      "Messages in a queue that are ready to be delivered.",
      QueueNumber.READY),
  MESSAGES_UNACKED(
      "rabbitmq_queue_messages_unacked",
      MetricType.GAUGE,
      "Messages of a queue that were delivered and not yet acknowledged.",
      QueueNumber.UNACKNOWLEDGED),
  BYTES(
      "rabbitmq_queue_messages_bytes",
      MetricType.GAUGE,
      "Size of the bodies of the messages in a queue.",
      QueueNumber.BYTES),
  BYTES_READY(
      "rabbitmq_queue_messages_ready_bytes",
      MetricType.GAUGE,
      "Size of the bodies of the messages in a queue that are ready to be delivered.",
      QueueNumber.READY_BYTES),
  BYTES_UNACKED(
      "rabbitmq_queue_messages_unacked_bytes",
      MetricType.GAUGE,
      "Size of the bodies of a queue's messages that were delivered and not yet acknowledged.",
      QueueNumber.UNACKNOWLEDGED_BYTES),
  MESSAGES_RAM(
      "rabbitmq_queue_messages_ram",
      MetricType.GAUGE,
      "Messages of a queue that are in memory.",
      QueueNumber.RAM),
  MESSAGES_READY_RAM(
      "rabbitmq_queue_messages_ready_ram",
      MetricType.GAUGE,
      "Ready messages of a queue that are in memory.",
      QueueNumber.READY_RAM),
  MESSAGES_UNACKED_RAM(
      "rabbitmq_queue_messages_unacked_ram",
      MetricType.GAUGE,
      "Unacknowledged messages of a queue that are in memory.",
      QueueNumber.UNACKNOWLEDGED_RAM),
  BYTES_RAM(
      "rabbitmq_queue_messages_ram_bytes",
      MetricType.GAUGE,
      "Size of the bodies of a queue's messages that are in memory.",
      QueueNumber.RAM_BYTES),
  MESSAGES_PERSISTENT(
      "rabbitmq_queue_messages_persistent",
      MetricType.GAUGE,
      "Messages of a queue that survive a restart.",
      QueueNumber.PERSISTENT),
  BYTES_PERSISTENT(
      "rabbitmq_queue_messages_persistent_bytes",
      MetricType.GAUGE,
      "Size of the bodies of a queue's messages that survive a restart.",
      QueueNumber.PERSISTENT_BYTES),
  MESSAGES_PAGED_OUT(
      "rabbitmq_queue_messages_paged_out",
      MetricType.GAUGE,
      "Messages of a queue that were moved out of memory; gone since RabbitMQ 4.3.",
      QueueNumber.PAGED_OUT),
  BYTES_PAGED_OUT(
      "rabbitmq_queue_messages_paged_out_bytes",
      MetricType.GAUGE,
      "Size of the bodies of a queue's messages that were moved out of memory; gone since RabbitMQ 4.3.",
      QueueNumber.PAGED_OUT_BYTES),
  MESSAGES_DEAD_LETTERING(
      "rabbitmq_queue_messages_dlx",
      MetricType.GAUGE,
      "Messages of a quorum queue that wait to be taken over by its dead-letter exchange; they count as neither ready nor unacknowledged.",
      QueueNumber.DEAD_LETTERING),
  BYTES_DEAD_LETTERING(
      "rabbitmq_queue_messages_dlx_bytes",
      MetricType.GAUGE,
      "Size of the bodies of these messages.",
      QueueNumber.DEAD_LETTERING_BYTES),
  MESSAGES_DELAYED(
      "rabbitmq_queue_messages_delayed",
      MetricType.GAUGE,
      "Messages of a quorum queue that are not delivered again until a delay is over; since RabbitMQ 4.3.",
      QueueNumber.DELAYED),
  MAX_LENGTH(
      "rabbitmq_queue_max_length",
      MetricType.GAUGE,
      "Ready messages that a queue may hold: the smaller one of its own limit and those of policy and operator policy."),
  MAX_LENGTH_BYTES(
      "rabbitmq_queue_max_length_bytes",
      MetricType.GAUGE,
      "Size of the bodies of the ready messages that a queue may hold, by the same rule; of a stream, the size on disk, for which a policy goes before its own."),
  MESSAGE_TTL(
      "rabbitmq_queue_message_ttl_seconds",
      MetricType.GAUGE,
      "Time after which a queue gives up a message, by the same rule."),
  HEAD_TIMESTAMP(
      "rabbitmq_queue_head_message_timestamp",
      MetricType.GAUGE,
      "Time that the publisher gave the oldest message of a classic queue, in seconds since the epoch; absent where it gave none.",
      QueueNumber.HEAD_EPOCH_SECONDS),
  OLDEST_AGE_MIN(
      "rabbitmq_queue_oldest_message_age_min_seconds",
      MetricType.GAUGE,
      "How long the oldest message has been in a queue at least, by the numbers published and held that the agent has seen; absent where the message's own time tells, and where nothing is held."),
  OLDEST_AGE_MAX(
      "rabbitmq_queue_oldest_message_age_max_seconds",
      MetricType.GAUGE,
      "How long it has been there at most; absent while it is older than what the agent has seen."),
  MEMORY(
      "rabbitmq_queue_process_memory_bytes",
      MetricType.GAUGE,
      "Memory of the Erlang processes of a queue.",
      QueueNumber.MEMORY),
  STREAM_SEGMENTS(
      "rabbitmq_stream_segments",
      MetricType.GAUGE,
      "Files that a stream is made of; since RabbitMQ 3.13.",
      QueueNumber.SEGMENTS),
  CONSUMERS(
      "rabbitmq_queue_consumers", MetricType.GAUGE, "Consumers of a queue.", QueueNumber.CONSUMERS),
  CONSUMER_CAPACITY(
      "rabbitmq_queue_consumer_capacity",
      MetricType.GAUGE,
      "Share of time in which a queue can deliver at once to its consumers, from 0 to 1; older releases call it utilisation."),
  PUBLISHED(
      "rabbitmq_queue_messages_published_total",
      MetricType.COUNTER,
      "Messages that publishers sent to a queue; dead letters of other queues do not count.",
      QueueNumber.PUBLISHED),
  DELIVERED_ACK(
      "rabbitmq_queue_messages_delivered_ack_total",
      MetricType.COUNTER,
      "Messages delivered to consumers that acknowledge.",
      QueueNumber.DELIVERED),
  DELIVERED(
      "rabbitmq_queue_messages_delivered_total",
      MetricType.COUNTER,
      "Messages delivered to consumers with automatic acknowledgement.",
      QueueNumber.DELIVERED_AUTO_ACK),
  GET_ACK(
      "rabbitmq_queue_get_ack_total",
      MetricType.COUNTER,
      "Messages fetched by basic.get that are to be acknowledged.",
      QueueNumber.FETCHED),
  GET(
      "rabbitmq_queue_get_total",
      MetricType.COUNTER,
      "Messages fetched by basic.get with automatic acknowledgement.",
      QueueNumber.FETCHED_AUTO_ACK),
  GET_EMPTY(
      "rabbitmq_queue_get_empty_total",
      MetricType.COUNTER,
      "Times that basic.get found no message.",
      QueueNumber.FETCHED_NOTHING),
  REDELIVERED(
      "rabbitmq_queue_messages_redelivered_total",
      MetricType.COUNTER,
      "Messages delivered more than once.",
      QueueNumber.REDELIVERED),
  ACKED(
      "rabbitmq_queue_messages_acked_total",
      MetricType.COUNTER,
      "Messages that consumers acknowledged.",
      QueueNumber.ACKNOWLEDGED),
  DISK_READS(
      "rabbitmq_queue_disk_reads_total",
      MetricType.COUNTER,
      "Times that a queue read messages from disk.",
      QueueNumber.DISK_READS),
  DISK_WRITES(
      "rabbitmq_queue_disk_writes_total",
      MetricType.COUNTER,
      "Times that a queue wrote messages to disk.",
      QueueNumber.DISK_WRITES),
  REDUCTIONS(
      "rabbitmq_queue_process_reductions_total",
      MetricType.COUNTER,
      "Work of the Erlang process of a queue, in reductions.",
      QueueNumber.REDUCTIONS);

  private final MetricDefinition definition;
  private final Optional<QueueNumber> number;

  RabbitMqQueueMetric(String metricName, MetricType type, String help, String... furtherLabels) {
    String[] labels =
        Stream.concat(Stream.of(Labels.VHOST, Labels.QUEUE), Stream.of(furtherLabels))
            .toArray(String[]::new);
    this.definition = Labels.define(metricName, type, help, labels);
    this.number = Optional.empty();
  }

  RabbitMqQueueMetric(String metricName, MetricType type, String help, QueueNumber number) {
    this.definition = Labels.define(metricName, type, help, Labels.VHOST, Labels.QUEUE);
    this.number = Optional.of(number);
  }

  @Override
  public MetricDefinition definition() {
    return definition;
  }

  /** Returns the number that the value is as the broker tells it, if it is one. */
  Optional<QueueNumber> number() {
    return number;
  }
}
