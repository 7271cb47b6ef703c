package io.mqexporter.rabbitmq.snapshot;

import java.util.Optional;

/** What the management API counts of a node. */
public enum NodeNumber implements Numbers.Kind {
  MEMORY_USED("mem_used"),
  MEMORY_LIMIT("mem_limit"),
  DISK_FREE("disk_free"),
  DISK_FREE_LIMIT("disk_free_limit"),
  FILES_OPEN("fd_used"),
  FILES_MAX("fd_total"),
  SOCKETS_OPEN("sockets_used"),
  SOCKETS_MAX("sockets_total"),
  PROCESSES("proc_used"),
  PROCESSES_MAX("proc_total"),
  RUN_QUEUE("run_queue"),
  UPTIME_MILLIS("uptime"),
  NET_TICK_SECONDS("net_ticktime"),
  GC_RUNS("gc_num"),
  GC_BYTES("gc_bytes_reclaimed"),
  CONTEXT_SWITCHES("context_switches"),
  CONNECTIONS_OPENED("connection_created"),
  CONNECTIONS_CLOSED("connection_closed"),
  CHANNELS_OPENED("channel_created"),
  CHANNELS_CLOSED("channel_closed"),
  QUEUES_DECLARED("queue_declared"),
  QUEUES_CREATED("queue_created"),
  QUEUES_DELETED("queue_deleted"),
  IO_READS("io_read_count"),
  IO_READ_BYTES("io_read_bytes"),
  IO_READ_MICROS("io_read_avg_time", "io_read_count"),
  IO_WRITES("io_write_count"),
  IO_WRITE_BYTES("io_write_bytes"),
  IO_WRITE_MICROS("io_write_avg_time", "io_write_count"),
  IO_SYNCS("io_sync_count"),
  IO_SYNC_MICROS("io_sync_avg_time", "io_sync_count"),
  IO_SEEKS("io_seek_count"),
  IO_SEEK_MICROS("io_seek_avg_time", "io_seek_count"),
  IO_REOPENS("io_reopen_count"),
  MESSAGE_STORE_READS("msg_store_read_count"),
  MESSAGE_STORE_WRITES("msg_store_write_count"),
  QUEUE_INDEX_READS("queue_index_read_count"),
  QUEUE_INDEX_WRITES("queue_index_write_count"),
  SCHEMA_RAM_TRANSACTIONS("mnesia_ram_tx_count"),
  SCHEMA_DISK_TRANSACTIONS("mnesia_disk_tx_count");

  private final String path;
  private final Optional<String> countPath;

  NodeNumber(String path) {
    this.path = path;
    this.countPath = Optional.empty();
  }

  NodeNumber(String averagePath, String countPath) {
    this.path = averagePath;
    this.countPath = Optional.of(countPath);
  }

  @Override
  public String path() {
    return path;
  }

  /**
   * Returns where the number of operations is, for a time of which the API tells the average: in
   * milliseconds, of a total that the node has counted in microseconds.
   */
  public Optional<String> countPath() {
    return countPath;
  }
}
