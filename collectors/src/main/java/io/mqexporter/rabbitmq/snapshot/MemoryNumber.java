package io.mqexporter.rabbitmq.snapshot;

/** What a node uses memory for, each part once. */
public enum MemoryNumber implements Numbers.Kind {
  CODE("memory.code"),
  CONNECTION_READERS("memory.connection_readers"),
  CONNECTION_WRITERS("memory.connection_writers"),
  CONNECTION_CHANNELS("memory.connection_channels"),
  CONNECTION_OTHER("memory.connection_other"),
  CLASSIC_QUEUES("memory.queue_procs"),
  QUORUM_QUEUES("memory.quorum_queue_procs"),
  QUORUM_QUEUE_DEAD_LETTERS("memory.quorum_queue_dlx_procs"),
  STREAMS("memory.stream_queue_procs"),
  STREAM_REPLICA_READERS("memory.stream_queue_replica_reader_procs"),
  STREAM_COORDINATOR("memory.stream_queue_coordinator_procs"),
  PLUGINS("memory.plugins"),
  METADATA_STORE("memory.metadata_store"),
  OTHER_PROCESSES("memory.other_proc"),
  METRICS("memory.metrics"),
  MANAGEMENT("memory.mgmt_db"),
  MNESIA("memory.mnesia"),
  QUORUM_QUEUE_TABLES("memory.quorum_ets"),
  METADATA_STORE_TABLES("memory.metadata_store_ets"),
  OTHER_TABLES("memory.other_ets"),
  BINARIES("memory.binary"),
  MESSAGE_INDEX("memory.msg_index"),
  ATOMS("memory.atom"),
  OTHER_SYSTEM("memory.other_system"),
  ALLOCATED_UNUSED("memory.allocated_unused"),
  RESERVED_UNALLOCATED("memory.reserved_unallocated");

  private final String path;

  MemoryNumber(String path) {
    this.path = path;
  }

  @Override
  public String path() {
    return path;
  }
}
