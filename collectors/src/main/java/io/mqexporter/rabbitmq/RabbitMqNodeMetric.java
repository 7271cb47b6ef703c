package io.mqexporter.rabbitmq;

import io.mqexporter.metric.MetricDefinition;
import io.mqexporter.metric.MetricDescriptor;
import io.mqexporter.metric.MetricType;
import io.mqexporter.rabbitmq.snapshot.NodeNumber;
import java.util.Optional;

/**
 * The catalogue of the families of nodes, in the words of {@code rabbitmq_prometheus} where the
 * value means the same. They carry the node's name, because here one scrape holds all nodes.
 */
public enum RabbitMqNodeMetric implements MetricDescriptor {
  RUNNING("rabbitmq_node_running", MetricType.GAUGE, "Whether the node runs (1) or not (0)."),
  BEING_DRAINED(
      "rabbitmq_node_being_drained",
      MetricType.GAUGE,
      "Whether the node is in maintenance mode (1) or not (0); absent where the release does not tell."),
  PARTITIONS(
      "rabbitmq_node_partitions",
      MetricType.GAUGE,
      "Nodes that the node takes for partitioned from itself."),
  MEMORY_USED(
      "rabbitmq_process_resident_memory_bytes",
      MetricType.GAUGE,
      "Memory that the node uses.",
      NodeNumber.MEMORY_USED),
  MEMORY_LIMIT(
      "rabbitmq_resident_memory_limit_bytes",
      MetricType.GAUGE,
      "Memory at which the node raises its alarm and blocks publishers.",
      NodeNumber.MEMORY_LIMIT),
  MEMORY_ALARM(
      "rabbitmq_alarms_memory_used_watermark",
      MetricType.GAUGE,
      "Whether the node's memory alarm is raised (1) or not (0)."),
  DISK_FREE(
      "rabbitmq_disk_space_available_bytes",
      MetricType.GAUGE,
      "Free space on the disk that holds the node's data.",
      NodeNumber.DISK_FREE),
  DISK_FREE_LIMIT(
      "rabbitmq_disk_space_available_limit_bytes",
      MetricType.GAUGE,
      "Free space below which the node raises its alarm and blocks publishers.",
      NodeNumber.DISK_FREE_LIMIT),
  DISK_ALARM(
      "rabbitmq_alarms_free_disk_space_watermark",
      MetricType.GAUGE,
      "Whether the node's disk alarm is raised (1) or not (0)."),
  FDS_OPEN(
      "rabbitmq_process_open_fds",
      MetricType.GAUGE,
      "File descriptors that the node has open.",
      NodeNumber.FILES_OPEN),
  FDS_MAX(
      "rabbitmq_process_max_fds",
      MetricType.GAUGE,
      "File descriptors that the node may have open.",
      NodeNumber.FILES_MAX),
  SOCKETS_OPEN(
      "rabbitmq_process_open_tcp_sockets",
      MetricType.GAUGE,
      "Sockets that the node has open; RabbitMQ 4 no longer counts them.",
      NodeNumber.SOCKETS_OPEN),
  SOCKETS_MAX(
      "rabbitmq_process_max_tcp_sockets",
      MetricType.GAUGE,
      "Sockets that the node may have open; RabbitMQ 4 no longer has this limit.",
      NodeNumber.SOCKETS_MAX),
  PROCESSES_USED(
      "rabbitmq_erlang_processes_used",
      MetricType.GAUGE,
      "Erlang processes of the node.",
      NodeNumber.PROCESSES),
  PROCESSES_LIMIT(
      "rabbitmq_erlang_processes_limit",
      MetricType.GAUGE,
      "Erlang processes that the node may have.",
      NodeNumber.PROCESSES_MAX),
  RUN_QUEUE(
      "rabbitmq_erlang_scheduler_run_queue",
      MetricType.GAUGE,
      "Erlang processes of the node that wait for a processor.",
      NodeNumber.RUN_QUEUE),
  CONTEXT_SWITCHES(
      "rabbitmq_erlang_scheduler_context_switches_total",
      MetricType.COUNTER,
      "Context switches of the node's schedulers.",
      NodeNumber.CONTEXT_SWITCHES),
  GC_RUNS(
      "rabbitmq_erlang_gc_runs_total",
      MetricType.COUNTER,
      "Garbage collections of the node's Erlang processes.",
      NodeNumber.GC_RUNS),
  GC_BYTES(
      "rabbitmq_erlang_gc_reclaimed_bytes_total",
      MetricType.COUNTER,
      "Memory that these gave back.",
      NodeNumber.GC_BYTES),
  NET_TICK(
      "rabbitmq_erlang_net_ticktime_seconds",
      MetricType.GAUGE,
      "Time after which the node takes another one that is silent for down.",
      NodeNumber.NET_TICK_SECONDS),
  UPTIME(
      "rabbitmq_erlang_uptime_seconds",
      MetricType.GAUGE,
      "Time since the node started.",
      NodeNumber.UPTIME_MILLIS,
      1e3),
  CONNECTIONS_OPENED(
      "rabbitmq_connections_opened_total",
      MetricType.COUNTER,
      "Connections that were opened at the node.",
      NodeNumber.CONNECTIONS_OPENED),
  CONNECTIONS_CLOSED(
      "rabbitmq_connections_closed_total",
      MetricType.COUNTER,
      "Connections that were closed at the node.",
      NodeNumber.CONNECTIONS_CLOSED),
  CHANNELS_OPENED(
      "rabbitmq_channels_opened_total",
      MetricType.COUNTER,
      "Channels that were opened at the node.",
      NodeNumber.CHANNELS_OPENED),
  CHANNELS_CLOSED(
      "rabbitmq_channels_closed_total",
      MetricType.COUNTER,
      "Channels that were closed at the node.",
      NodeNumber.CHANNELS_CLOSED),
  QUEUES_DECLARED(
      "rabbitmq_queues_declared_total",
      MetricType.COUNTER,
      "Declarations of queues at the node, also of those that were there.",
      NodeNumber.QUEUES_DECLARED),
  QUEUES_CREATED(
      "rabbitmq_queues_created_total",
      MetricType.COUNTER,
      "Queues that were created at the node.",
      NodeNumber.QUEUES_CREATED),
  QUEUES_DELETED(
      "rabbitmq_queues_deleted_total",
      MetricType.COUNTER,
      "Queues that were deleted at the node.",
      NodeNumber.QUEUES_DELETED),
  IO_READS(
      "rabbitmq_io_read_ops_total",
      MetricType.COUNTER,
      "Reads of files; RabbitMQ 4 no longer counts any of these.",
      NodeNumber.IO_READS),
  IO_READ_BYTES(
      "rabbitmq_io_read_bytes_total",
      MetricType.COUNTER,
      "Bytes read from files.",
      NodeNumber.IO_READ_BYTES),
  IO_READ_TIME(
      "rabbitmq_io_read_time_seconds_total",
      MetricType.COUNTER,
      "Time spent reading files.",
      NodeNumber.IO_READ_MICROS,
      1e6),
  IO_WRITES(
      "rabbitmq_io_write_ops_total", MetricType.COUNTER, "Writes to files.", NodeNumber.IO_WRITES),
  IO_WRITE_BYTES(
      "rabbitmq_io_write_bytes_total",
      MetricType.COUNTER,
      "Bytes written to files.",
      NodeNumber.IO_WRITE_BYTES),
  IO_WRITE_TIME(
      "rabbitmq_io_write_time_seconds_total",
      MetricType.COUNTER,
      "Time spent writing to files.",
      NodeNumber.IO_WRITE_MICROS,
      1e6),
  IO_SYNCS(
      "rabbitmq_io_sync_ops_total",
      MetricType.COUNTER,
      "Times that files were forced to disk.",
      NodeNumber.IO_SYNCS),
  IO_SYNC_TIME(
      "rabbitmq_io_sync_time_seconds_total",
      MetricType.COUNTER,
      "Time spent forcing files to disk.",
      NodeNumber.IO_SYNC_MICROS,
      1e6),
  IO_SEEKS(
      "rabbitmq_io_seek_ops_total", MetricType.COUNTER, "Seeks in files.", NodeNumber.IO_SEEKS),
  IO_SEEK_TIME(
      "rabbitmq_io_seek_time_seconds_total",
      MetricType.COUNTER,
      "Time spent seeking in files.",
      NodeNumber.IO_SEEK_MICROS,
      1e6),
  IO_REOPENS(
      "rabbitmq_io_reopen_ops_total",
      MetricType.COUNTER,
      "Times that files were opened again.",
      NodeNumber.IO_REOPENS),
  MESSAGE_STORE_READS(
      "rabbitmq_msg_store_read_total",
      MetricType.COUNTER,
      "Messages read from the message store.",
      NodeNumber.MESSAGE_STORE_READS),
  MESSAGE_STORE_WRITES(
      "rabbitmq_msg_store_write_total",
      MetricType.COUNTER,
      "Messages written to the message store.",
      NodeNumber.MESSAGE_STORE_WRITES),
  QUEUE_INDEX_READS(
      "rabbitmq_queue_index_read_ops_total",
      MetricType.COUNTER,
      "Reads of the indexes of queues.",
      NodeNumber.QUEUE_INDEX_READS),
  QUEUE_INDEX_WRITES(
      "rabbitmq_queue_index_write_ops_total",
      MetricType.COUNTER,
      "Writes to the indexes of queues.",
      NodeNumber.QUEUE_INDEX_WRITES),
  SCHEMA_RAM(
      "rabbitmq_schema_db_ram_tx_total",
      MetricType.COUNTER,
      "Transactions of the schema database in memory.",
      NodeNumber.SCHEMA_RAM_TRANSACTIONS),
  SCHEMA_DISK(
      "rabbitmq_schema_db_disk_tx_total",
      MetricType.COUNTER,
      "Transactions of the schema database on disk.",
      NodeNumber.SCHEMA_DISK_TRANSACTIONS);

  private final MetricDefinition definition;
  private final Optional<NodeNumber> number;
  private final double perUnit;

  RabbitMqNodeMetric(String metricName, MetricType type, String help) {
    this.definition = Labels.define(metricName, type, help, Labels.NODE);
    this.number = Optional.empty();
    this.perUnit = 1;
  }

  RabbitMqNodeMetric(String metricName, MetricType type, String help, NodeNumber number) {
    this(metricName, type, help, number, 1);
  }

  RabbitMqNodeMetric(
      String metricName, MetricType type, String help, NodeNumber number, double perUnit) {
    this.definition = Labels.define(metricName, type, help, Labels.NODE);
    this.number = Optional.of(number);
    this.perUnit = perUnit;
  }

  @Override
  public MetricDefinition definition() {
    return definition;
  }

  /** Returns the number that the value comes from as the broker tells it, if it is one. */
  Optional<NodeNumber> number() {
    return number;
  }

  /** Returns how much of the number makes one unit of the value. */
  double perUnit() {
    return perUnit;
  }
}
