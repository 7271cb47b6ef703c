package io.mqexporter.rabbitmq.vocabulary;

import io.mqexporter.metric.Granularity;
import io.mqexporter.metric.MetricDefinition;
import io.mqexporter.metric.MetricDescriptor;
import io.mqexporter.metric.MetricType;
import io.mqexporter.rabbitmq.snapshot.MemoryNumber;
import io.mqexporter.rabbitmq.snapshot.NodeNumber;
import io.mqexporter.rabbitmq.snapshot.Numbers;
import io.mqexporter.rabbitmq.snapshot.QueueNumber;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The catalogue of rabbitmq_exporter's families, with one label more that tells targets apart. Of
 * two names that are ours, too, the meaning is another one: the state of a queue, and the messages
 * delivered.
 */
public enum RabbitMqExporterMetric implements MetricDescriptor {
  UP("up", "1 if the last collection read everything, 0 if something is missing in it."),
  VERSION("version_info", "Versions of the node that was asked; always 1.", "rabbitmq", "erlang"),
  CONNECTIONS("connections", "Connections open in the whole cluster."),
  CHANNELS("channels", "Channels open in the whole cluster."),
  CONSUMERS("consumers", "Consumers in the whole cluster."),
  QUEUES("queues", "Queues in the whole cluster."),
  EXCHANGES("exchanges", "Exchanges in the whole cluster."),
  READY(
      "queue_messages_ready",
      "Messages in a queue that are ready to be delivered.",
      QueueNumber.READY),
  UNACKNOWLEDGED(
      "queue_messages_unacknowledged",
      "Messages delivered and not yet acknowledged.",
      QueueNumber.UNACKNOWLEDGED),
  MESSAGES(
      "queue_messages", "Messages in a queue: ready and unacknowledged.", QueueNumber.MESSAGES),
  READY_RAM(
      "queue_messages_ready_ram",
      "Ready messages of a queue that are in memory.",
      QueueNumber.READY_RAM),
  UNACKNOWLEDGED_RAM(
      "queue_messages_unacknowledged_ram",
      "Unacknowledged messages in memory.",
      QueueNumber.UNACKNOWLEDGED_RAM),
  RAM("queue_messages_ram", "Messages of a queue that are in memory.", QueueNumber.RAM),
  PERSISTENT(
      "queue_messages_persistent",
      "Messages of a queue that survive a restart.",
      QueueNumber.PERSISTENT),
  BYTES("queue_message_bytes", "Size of the bodies of all messages.", QueueNumber.BYTES),
  READY_BYTES(
      "queue_message_bytes_ready",
      "Size of the bodies of ready messages.",
      QueueNumber.READY_BYTES),
  UNACKNOWLEDGED_BYTES(
      "queue_message_bytes_unacknowledged",
      "Size of the bodies of unacknowledged messages.",
      QueueNumber.UNACKNOWLEDGED_BYTES),
  RAM_BYTES(
      "queue_message_bytes_ram",
      "Size of the bodies of messages in memory.",
      QueueNumber.RAM_BYTES),
  PERSISTENT_BYTES(
      "queue_message_bytes_persistent",
      "Size of the bodies of messages that survive a restart.",
      QueueNumber.PERSISTENT_BYTES),
  QUEUE_CONSUMERS("queue_consumers", "Consumers of a queue.", QueueNumber.CONSUMERS),
  UTILISATION(
      "queue_consumer_utilisation",
      "Share of time in which messages can be delivered at once.",
      Kind.QUEUE),
  QUEUE_MEMORY("queue_memory", "Memory of the queue's Erlang process.", QueueNumber.MEMORY),
  HEAD_TIMESTAMP(
      "queue_head_message_timestamp",
      "Time that the publisher gave the oldest message of a classic queue, in seconds since the epoch; absent where it gave none.",
      QueueNumber.HEAD_EPOCH_SECONDS),
  MEMBERS("queue_member_nodes_len", "Members of a replicated queue.", Kind.QUEUE),
  ONLINE("queue_online_nodes_len", "Members of a replicated queue that run.", Kind.QUEUE),
  MAX_LENGTH(
      "queue_max_length",
      "Ready messages that a queue may hold: the smaller one of its own limit and those of policy and operator policy.",
      Kind.QUEUE),
  MAX_LENGTH_BYTES(
      "queue_max_length_bytes",
      "Size of the bodies of the ready messages that a queue may hold, by the same rule; of a stream, the size on disk, for which a policy goes before its own.",
      Kind.QUEUE),
  STATE("queue_state", "1 for running and idle, 0 for any other state.", Kind.QUEUE, "state"),
  DISK_READS(
      "queue_disk_reads_total",
      "Times that a queue read messages from disk.",
      QueueNumber.DISK_READS),
  DISK_WRITES(
      "queue_disk_writes_total",
      "Times that a queue wrote messages to disk.",
      QueueNumber.DISK_WRITES),
  PUBLISHED(
      "queue_messages_published_total",
      "Messages that publishers sent to a queue; dead letters of other queues do not count.",
      QueueNumber.PUBLISHED),
  DELIVERED(
      "queue_messages_delivered_total",
      "Messages delivered to consumers that acknowledge.",
      QueueNumber.DELIVERED),
  DELIVERED_NOACK(
      "queue_messages_delivered_noack_total",
      "Messages delivered with automatic acknowledgement.",
      QueueNumber.DELIVERED_AUTO_ACK),
  GET("queue_messages_get_total", "Messages fetched that are acknowledged.", QueueNumber.FETCHED),
  GET_NOACK(
      "queue_messages_get_noack_total",
      "Messages fetched with automatic acknowledgement.",
      QueueNumber.FETCHED_AUTO_ACK),
  REDELIVERED(
      "queue_messages_redelivered_total",
      "Messages delivered more than once.",
      QueueNumber.REDELIVERED),
  ACK("queue_messages_ack_total", "Messages acknowledged.", QueueNumber.ACKNOWLEDGED),
  REDUCTIONS("queue_reductions_total", "Work of the queue's process.", QueueNumber.REDUCTIONS),
  EXCHANGE_PUBLISHED(
      "exchange_messages_published_total", "Messages published to an exchange.", Kind.EXCHANGE),
  EXCHANGE_IN(
      "exchange_messages_published_in_total", "Messages published to the exchange.", Kind.EXCHANGE),
  EXCHANGE_OUT(
      "exchange_messages_published_out_total",
      "Messages that an exchange routed on, one for each queue or exchange reached.",
      Kind.EXCHANGE),
  UPTIME("uptime", "Time that the node has run, in milliseconds.", NodeNumber.UPTIME_MILLIS),
  RUNNING("running", "Whether the node runs.", Kind.NODE),
  MEM_USED("node_mem_used", "Memory used, in bytes.", NodeNumber.MEMORY_USED),
  MEM_LIMIT("node_mem_limit", "Memory at which the alarm is raised.", NodeNumber.MEMORY_LIMIT),
  MEM_ALARM("node_mem_alarm", "Whether the memory alarm is raised.", Kind.NODE),
  DISK_FREE("node_disk_free", "Free space on disk, in bytes.", NodeNumber.DISK_FREE),
  DISK_LIMIT(
      "node_disk_free_limit",
      "Free space below which the alarm is raised.",
      NodeNumber.DISK_FREE_LIMIT),
  DISK_ALARM("node_disk_free_alarm", "Whether the disk alarm is raised.", Kind.NODE),
  FD_USED("fd_used", "File descriptors open.", NodeNumber.FILES_OPEN),
  FD_AVAILABLE("fd_available", "File descriptors that may be open.", NodeNumber.FILES_MAX),
  SOCKETS_USED("sockets_used", "Sockets open.", NodeNumber.SOCKETS_OPEN),
  SOCKETS_AVAILABLE("sockets_available", "Sockets that may be open.", NodeNumber.SOCKETS_MAX),
  PARTITIONS("partitions", "Nodes from which the node is partitioned.", Kind.NODE),
  MEMORY_UNUSED(
      "memory_allocated_unused_bytes", "Allocated, unused.", MemoryNumber.ALLOCATED_UNUSED),
  MEMORY_ATOM("memory_atom_bytes", "Atoms.", MemoryNumber.ATOMS),
  MEMORY_BINARY("memory_binary_bytes", "Binaries.", MemoryNumber.BINARIES),
  MEMORY_CODE("memory_code_bytes", "Code.", MemoryNumber.CODE),
  MEMORY_CHANNELS(
      "memory_connection_channels_bytes", "Channels.", MemoryNumber.CONNECTION_CHANNELS),
  MEMORY_CONNECTIONS(
      "memory_connection_other_bytes", "Connections otherwise.", MemoryNumber.CONNECTION_OTHER),
  MEMORY_READERS(
      "memory_connection_readers",
      "Processes that read connections.",
      MemoryNumber.CONNECTION_READERS),
  MEMORY_WRITERS(
      "memory_connection_writers_bytes",
      "Processes that write connections.",
      MemoryNumber.CONNECTION_WRITERS),
  MEMORY_METRICS("memory_metrics_bytes", "Memory of the tables of metrics.", MemoryNumber.METRICS),
  MEMORY_MANAGEMENT("memory_mgmt_db_bytes", "Statistics.", MemoryNumber.MANAGEMENT),
  MEMORY_MNESIA("memory_mnesia_bytes", "Mnesia.", MemoryNumber.MNESIA),
  MEMORY_INDEX("memory_msg_index_bytes", "Index of messages.", MemoryNumber.MESSAGE_INDEX),
  MEMORY_OTHER_ETS("memory_other_ets_bytes", "Other tables.", MemoryNumber.OTHER_TABLES),
  MEMORY_OTHER_PROC("memory_other_proc_bytes", "Other processes.", MemoryNumber.OTHER_PROCESSES),
  MEMORY_OTHER_SYSTEM(
      "memory_other_system_bytes",
      "Memory of what else the runtime needs.",
      MemoryNumber.OTHER_SYSTEM),
  MEMORY_PLUGINS("memory_plugins_bytes", "Plugins.", MemoryNumber.PLUGINS),
  MEMORY_QUEUES("memory_queue_procs_bytes", "Classic queues.", MemoryNumber.CLASSIC_QUEUES),
  MEMORY_RESERVED(
      "memory_reserved_unallocated_bytes",
      "Reserved, unallocated.",
      MemoryNumber.RESERVED_UNALLOCATED),
  SHOVEL(
      "shovel_state",
      "State of a shovel, such as running, starting or terminated; always 1.",
      Kind.CLUSTER,
      "vhost",
      "shovel",
      "type",
      "self",
      "state"),
  FEDERATION(
      "federation_state",
      "State of a link; always 1.",
      Kind.CLUSTER,
      "vhost",
      "queue",
      "exchange",
      "self",
      "status");

  /** What a series stands for. */
  enum Kind {
    CLUSTER(),
    QUEUE("vhost", "queue", "durable", "policy", "self"),
    EXCHANGE("vhost", "exchange"),
    NODE("node", "self");

    private final List<String> labels;

    Kind(String... labels) {
      this.labels = List.of(labels);
    }
  }

  private final MetricDefinition definition;
  private final Optional<Numbers.Kind> number;

  RabbitMqExporterMetric(String name, String help, String... labels) {
    this(name, help, Kind.CLUSTER, labels);
  }

  RabbitMqExporterMetric(String name, String help, Kind kind, String... labels) {
    this.definition = define(name, help, kind, labels);
    this.number = Optional.empty();
  }

  RabbitMqExporterMetric(String name, String help, QueueNumber number) {
    this.definition = define(name, help, Kind.QUEUE);
    this.number = Optional.of(number);
  }

  RabbitMqExporterMetric(String name, String help, NodeNumber number) {
    this.definition = define(name, help, Kind.NODE);
    this.number = Optional.of(number);
  }

  RabbitMqExporterMetric(String name, String help, MemoryNumber number) {
    this.definition = define(name, help, Kind.NODE);
    this.number = Optional.of(number);
  }

  @Override
  public MetricDefinition definition() {
    return definition;
  }

  /** Returns the number that the value is, if it is one of those. */
  <K extends Numbers.Kind> Optional<K> number(Class<K> kind) {
    return number.filter(kind::isInstance).map(kind::cast);
  }

  private static MetricDefinition define(String name, String help, Kind kind, String... labels) {
    return new MetricDefinition(
        "rabbitmq_" + name,
        name.endsWith("_total") ? MetricType.COUNTER : MetricType.GAUGE,
        help,
        Stream.of(
                Stream.of("messaging_cluster", "cluster"), kind.labels.stream(), Stream.of(labels))
            .flatMap(some -> some)
            .toList(),
        kind == Kind.QUEUE || kind == Kind.EXCHANGE
            ? Granularity.DESTINATION
            : Granularity.CLUSTER);
  }
}
