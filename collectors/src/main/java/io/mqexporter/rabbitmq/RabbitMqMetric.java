package io.mqexporter.rabbitmq;

import io.mqexporter.metric.Granularity;
import io.mqexporter.metric.MetricDefinition;
import io.mqexporter.metric.MetricDescriptor;
import io.mqexporter.metric.MetricType;
import java.util.List;
import java.util.stream.Stream;

/**
 * The catalogue of the families that are RabbitMQ's own. Names are those of the broker's plugin
 * {@code rabbitmq_prometheus} where the value means the same; a node's families carry its name,
 * because here one scrape holds all nodes.
 */
public enum RabbitMqMetric implements MetricDescriptor {
  CONNECTIONS("rabbitmq_connections", MetricType.GAUGE, "Connections open in the whole cluster."),
  CHANNELS("rabbitmq_channels", MetricType.GAUGE, "Channels open in the whole cluster."),
  CONSUMERS("rabbitmq_consumers", MetricType.GAUGE, "Consumers in the whole cluster."),
  QUEUES("rabbitmq_queues", MetricType.GAUGE, "Queues in the whole cluster."),
  EXCHANGES("rabbitmq_exchanges", MetricType.GAUGE, "Exchanges in the whole cluster."),
  BUILD_INFO(
      "rabbitmq_build_info",
      MetricType.GAUGE,
      "Versions of the node that was asked; always 1.",
      "rabbitmq_version",
      "erlang_version"),
  IDENTITY_INFO(
      "rabbitmq_identity_info",
      MetricType.GAUGE,
      "Name that the cluster gives itself; always 1.",
      "rabbitmq_cluster"),
  NODE_RUNNING(
      "rabbitmq_node_running",
      MetricType.GAUGE,
      "Whether the node runs (1) or not (0).",
      Labels.NODE),
  NODE_MEMORY_USED(
      "rabbitmq_process_resident_memory_bytes",
      MetricType.GAUGE,
      "Memory that the node uses.",
      Labels.NODE),
  NODE_MEMORY_LIMIT(
      "rabbitmq_resident_memory_limit_bytes",
      MetricType.GAUGE,
      "Memory at which the node raises its alarm and blocks publishers.",
      Labels.NODE),
  NODE_MEMORY_ALARM(
      "rabbitmq_alarms_memory_used_watermark",
      MetricType.GAUGE,
      "Whether the node's memory alarm is raised (1) or not (0).",
      Labels.NODE),
  NODE_DISK_FREE(
      "rabbitmq_disk_space_available_bytes",
      MetricType.GAUGE,
      "Free space on the disk that holds the node's data.",
      Labels.NODE),
  NODE_DISK_FREE_LIMIT(
      "rabbitmq_disk_space_available_limit_bytes",
      MetricType.GAUGE,
      "Free space below which the node raises its alarm and blocks publishers.",
      Labels.NODE),
  NODE_DISK_ALARM(
      "rabbitmq_alarms_free_disk_space_watermark",
      MetricType.GAUGE,
      "Whether the node's disk alarm is raised (1) or not (0).",
      Labels.NODE),
  NODE_FDS_OPEN(
      "rabbitmq_process_open_fds",
      MetricType.GAUGE,
      "File descriptors that the node has open.",
      Labels.NODE),
  NODE_FDS_MAX(
      "rabbitmq_process_max_fds",
      MetricType.GAUGE,
      "File descriptors that the node may have open.",
      Labels.NODE),
  NODE_SOCKETS_OPEN(
      "rabbitmq_process_open_tcp_sockets",
      MetricType.GAUGE,
      "Sockets that the node has open; RabbitMQ 4 no longer counts them.",
      Labels.NODE),
  NODE_SOCKETS_MAX(
      "rabbitmq_process_max_tcp_sockets",
      MetricType.GAUGE,
      "Sockets that the node may have open; RabbitMQ 4 no longer has this limit.",
      Labels.NODE),
  NODE_PROCESSES_USED(
      "rabbitmq_erlang_processes_used",
      MetricType.GAUGE,
      "Erlang processes of the node.",
      Labels.NODE),
  NODE_PROCESSES_LIMIT(
      "rabbitmq_erlang_processes_limit",
      MetricType.GAUGE,
      "Erlang processes that the node may have.",
      Labels.NODE),
  NODE_RUN_QUEUE(
      "rabbitmq_erlang_scheduler_run_queue",
      MetricType.GAUGE,
      "Erlang processes of the node that wait for a processor.",
      Labels.NODE),
  NODE_UPTIME(
      "rabbitmq_erlang_uptime_seconds",
      MetricType.GAUGE,
      "Time since the node started.",
      Labels.NODE),
  NODE_PARTITIONS(
      "rabbitmq_node_partitions",
      MetricType.GAUGE,
      "Nodes that the node takes for partitioned from itself.",
      Labels.NODE),
  QUEUE_INFO(
      "rabbitmq_queue_info",
      MetricType.GAUGE,
      "What a queue is: its type, whether it survives a restart, and its policy; always 1.",
      Labels.VHOST,
      Labels.QUEUE,
      "queue_type",
      "durable",
      "policy"),
  QUEUE_STATE(
      "rabbitmq_queue_state",
      MetricType.GAUGE,
      "State that the broker gives a queue, such as running, idle, flow, minority or down; always 1.",
      Labels.VHOST,
      Labels.QUEUE,
      "state"),
  QUEUE_MESSAGES(
      "rabbitmq_queue_messages",
      MetricType.GAUGE,
      "Messages in a queue: ready and unacknowledged.",
      Labels.VHOST,
      Labels.QUEUE),
  QUEUE_MESSAGES_READY(
      "rabbitmq_queue_messages_ready",
      MetricType.GAUGE,
      "Messages in a queue that are ready to be delivered.",
      Labels.VHOST,
      Labels.QUEUE),
  QUEUE_MESSAGES_UNACKED(
      "rabbitmq_queue_messages_unacked",
      MetricType.GAUGE,
      "Messages of a queue that were delivered and not yet acknowledged.",
      Labels.VHOST,
      Labels.QUEUE),
  QUEUE_BYTES(
      "rabbitmq_queue_messages_bytes",
      MetricType.GAUGE,
      "Size of the bodies of the messages in a queue.",
      Labels.VHOST,
      Labels.QUEUE),
  QUEUE_BYTES_READY(
      "rabbitmq_queue_messages_ready_bytes",
      MetricType.GAUGE,
      "Size of the bodies of the messages in a queue that are ready to be delivered.",
      Labels.VHOST,
      Labels.QUEUE),
  QUEUE_BYTES_UNACKED(
      "rabbitmq_queue_messages_unacked_bytes",
      MetricType.GAUGE,
      "Size of the bodies of a queue's messages that were delivered and not yet acknowledged.",
      Labels.VHOST,
      Labels.QUEUE),
  QUEUE_HEAD_TIMESTAMP(
      "rabbitmq_queue_head_message_timestamp",
      MetricType.GAUGE,
      "Time that the publisher gave the oldest message of a classic queue, in seconds since the epoch; absent where it gave none.",
      Labels.VHOST,
      Labels.QUEUE),
  QUEUE_MEMORY(
      "rabbitmq_queue_process_memory_bytes",
      MetricType.GAUGE,
      "Memory of the Erlang processes of a queue.",
      Labels.VHOST,
      Labels.QUEUE),
  QUEUE_CONSUMERS(
      "rabbitmq_queue_consumers",
      MetricType.GAUGE,
      "Consumers of a queue.",
      Labels.VHOST,
      Labels.QUEUE),
  QUEUE_CONSUMER_CAPACITY(
      "rabbitmq_queue_consumer_capacity",
      MetricType.GAUGE,
      "Share of time in which a queue can deliver at once to its consumers, from 0 to 1.",
      Labels.VHOST,
      Labels.QUEUE),
  QUEUE_MEMBERS(
      "rabbitmq_queue_members",
      MetricType.GAUGE,
      "Nodes that a quorum queue or stream is replicated to.",
      Labels.VHOST,
      Labels.QUEUE),
  QUEUE_MEMBERS_ONLINE(
      "rabbitmq_queue_members_online",
      MetricType.GAUGE,
      "Members of a quorum queue or stream that run.",
      Labels.VHOST,
      Labels.QUEUE),
  QUEUE_PUBLISHED(
      "rabbitmq_queue_messages_published_total",
      MetricType.COUNTER,
      "Messages that publishers sent to a queue; dead letters of other queues do not count.",
      Labels.VHOST,
      Labels.QUEUE),
  QUEUE_DELIVERED_ACK(
      "rabbitmq_queue_messages_delivered_ack_total",
      MetricType.COUNTER,
      "Messages delivered to consumers that acknowledge.",
      Labels.VHOST,
      Labels.QUEUE),
  QUEUE_DELIVERED(
      "rabbitmq_queue_messages_delivered_total",
      MetricType.COUNTER,
      "Messages delivered to consumers with automatic acknowledgement.",
      Labels.VHOST,
      Labels.QUEUE),
  QUEUE_GET_ACK(
      "rabbitmq_queue_get_ack_total",
      MetricType.COUNTER,
      "Messages fetched by basic.get that are to be acknowledged.",
      Labels.VHOST,
      Labels.QUEUE),
  QUEUE_GET(
      "rabbitmq_queue_get_total",
      MetricType.COUNTER,
      "Messages fetched by basic.get with automatic acknowledgement.",
      Labels.VHOST,
      Labels.QUEUE),
  QUEUE_REDELIVERED(
      "rabbitmq_queue_messages_redelivered_total",
      MetricType.COUNTER,
      "Messages delivered more than once.",
      Labels.VHOST,
      Labels.QUEUE),
  QUEUE_ACKED(
      "rabbitmq_queue_messages_acked_total",
      MetricType.COUNTER,
      "Messages that consumers acknowledged.",
      Labels.VHOST,
      Labels.QUEUE),
  EXCHANGE_PUBLISHED(
      "rabbitmq_exchange_messages_published_total",
      MetricType.COUNTER,
      "Messages published to an exchange.",
      Labels.VHOST,
      "exchange"),
  EXCHANGE_PUBLISHED_OUT(
      "rabbitmq_exchange_messages_published_out_total",
      MetricType.COUNTER,
      "Messages that an exchange routed on, one for each queue or exchange reached.",
      Labels.VHOST,
      "exchange");

  private static final class Labels {
    static final String CLUSTER = "messaging_cluster";
    static final String NODE = "rabbitmq_node";
    static final String VHOST = "vhost";
    static final String QUEUE = "queue";
  }

  private final MetricDefinition definition;

  RabbitMqMetric(String metricName, MetricType type, String help, String... ownLabels) {
    List<String> labels = Stream.concat(Stream.of(Labels.CLUSTER), Stream.of(ownLabels)).toList();
    this.definition = new MetricDefinition(metricName, type, help, labels, granularity(labels));
  }

  @Override
  public MetricDefinition definition() {
    return definition;
  }

  private static Granularity granularity(List<String> labels) {
    if (labels.contains("connection") || labels.contains("channel")) {
      return Granularity.PARTITION;
    }
    return labels.contains(Labels.QUEUE) || labels.contains("exchange")
        ? Granularity.DESTINATION
        : Granularity.CLUSTER;
  }
}
