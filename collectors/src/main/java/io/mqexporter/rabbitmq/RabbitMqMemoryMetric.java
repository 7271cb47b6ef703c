package io.mqexporter.rabbitmq;

import io.mqexporter.metric.MetricDefinition;
import io.mqexporter.metric.MetricDescriptor;
import io.mqexporter.metric.MetricType;
import io.mqexporter.rabbitmq.snapshot.MemoryNumber;

/** The catalogue of what a node uses memory for, in the words of {@code rabbitmq_prometheus}. */
public enum RabbitMqMemoryMetric implements MetricDescriptor {
  CODE(
      "rabbitmq_memory_code_module_bytes", "Memory of the code that is loaded.", MemoryNumber.CODE),
  CONNECTION_READERS(
      "rabbitmq_memory_client_connection_reader_bytes",
      "Memory of the processes that read from connections.",
      MemoryNumber.CONNECTION_READERS),
  CONNECTION_WRITERS(
      "rabbitmq_memory_client_connection_writer_bytes",
      "Memory of the processes that write to connections.",
      MemoryNumber.CONNECTION_WRITERS),
  CONNECTION_CHANNELS(
      "rabbitmq_memory_client_connection_channel_bytes",
      "Memory of channels.",
      MemoryNumber.CONNECTION_CHANNELS),
  CONNECTION_OTHER(
      "rabbitmq_memory_client_connection_other_bytes",
      "Memory of what else belongs to connections.",
      MemoryNumber.CONNECTION_OTHER),
  CLASSIC_QUEUES(
      "rabbitmq_memory_classic_queue_erlang_process_bytes",
      "Memory of the processes of classic queues.",
      MemoryNumber.CLASSIC_QUEUES),
  QUORUM_QUEUES(
      "rabbitmq_memory_quorum_queue_erlang_process_bytes",
      "Memory of the processes of quorum queues.",
      MemoryNumber.QUORUM_QUEUES),
  QUORUM_QUEUE_DEAD_LETTERS(
      "rabbitmq_memory_quorum_queue_dlx_erlang_process_bytes",
      "Memory of the processes that take quorum queues' dead letters on.",
      MemoryNumber.QUORUM_QUEUE_DEAD_LETTERS),
  STREAMS(
      "rabbitmq_memory_stream_erlang_process_bytes",
      "Memory of the processes of streams.",
      MemoryNumber.STREAMS),
  STREAM_REPLICA_READERS(
      "rabbitmq_memory_stream_replica_reader_erlang_process_bytes",
      "Memory of the processes that read streams for their replicas.",
      MemoryNumber.STREAM_REPLICA_READERS),
  STREAM_COORDINATOR(
      "rabbitmq_memory_stream_coordinator_erlang_process_bytes",
      "Memory of the coordinator of streams.",
      MemoryNumber.STREAM_COORDINATOR),
  PLUGINS("rabbitmq_memory_plugin_bytes", "Memory of plugins.", MemoryNumber.PLUGINS),
  METADATA_STORE(
      "rabbitmq_memory_modern_metadata_store_bytes",
      "Memory of Khepri, the metadata store since RabbitMQ 4.",
      MemoryNumber.METADATA_STORE),
  OTHER_PROCESSES(
      "rabbitmq_memory_other_erlang_process_bytes",
      "Memory of other processes.",
      MemoryNumber.OTHER_PROCESSES),
  METRICS(
      "rabbitmq_memory_metrics_bytes", "Memory of the tables of metrics.", MemoryNumber.METRICS),
  MANAGEMENT(
      "rabbitmq_memory_management_stats_db_bytes",
      "Memory of the statistics of the management plugin.",
      MemoryNumber.MANAGEMENT),
  MNESIA(
      "rabbitmq_memory_classic_metadata_store_bytes",
      "Memory of Mnesia, the metadata store until RabbitMQ 4.2.",
      MemoryNumber.MNESIA),
  QUORUM_QUEUE_TABLES(
      "rabbitmq_memory_quorum_queue_ets_table_bytes",
      "Memory of the tables of quorum queues.",
      MemoryNumber.QUORUM_QUEUE_TABLES),
  METADATA_STORE_TABLES(
      "rabbitmq_memory_modern_metadata_store_ets_table_bytes",
      "Memory of the tables of Khepri.",
      MemoryNumber.METADATA_STORE_TABLES),
  OTHER_TABLES(
      "rabbitmq_memory_other_ets_table_bytes",
      "Memory of other tables.",
      MemoryNumber.OTHER_TABLES),
  BINARIES(
      "rabbitmq_memory_binary_heap_bytes",
      "Memory of binaries, such as the bodies of messages.",
      MemoryNumber.BINARIES),
  MESSAGE_INDEX(
      "rabbitmq_memory_message_index_bytes",
      "Memory of the index of the message store.",
      MemoryNumber.MESSAGE_INDEX),
  ATOMS("rabbitmq_memory_atom_table_bytes", "Memory of atoms.", MemoryNumber.ATOMS),
  OTHER_SYSTEM(
      "rabbitmq_memory_other_system_bytes",
      "Memory of what else the runtime needs.",
      MemoryNumber.OTHER_SYSTEM),
  ALLOCATED_UNUSED(
      "rabbitmq_memory_runtime_allocated_unused_bytes",
      "Memory that the runtime has allocated and does not use.",
      MemoryNumber.ALLOCATED_UNUSED),
  RESERVED_UNALLOCATED(
      "rabbitmq_memory_runtime_reserved_unallocated_bytes",
      "Memory that the runtime has from the system and has not allocated.",
      MemoryNumber.RESERVED_UNALLOCATED);

  private final MetricDefinition definition;
  private final MemoryNumber number;

  RabbitMqMemoryMetric(String metricName, String help, MemoryNumber number) {
    this.definition = Labels.define(metricName, MetricType.GAUGE, help, Labels.NODE);
    this.number = number;
  }

  @Override
  public MetricDefinition definition() {
    return definition;
  }

  /** Returns the number that the value is. */
  MemoryNumber number() {
    return number;
  }
}
