package io.mqexporter.rabbitmq.snapshot;

/** What the management API counts of a queue. */
public enum QueueNumber implements Numbers.Kind {
  MESSAGES("messages"),
  READY("messages_ready"),
  UNACKNOWLEDGED("messages_unacknowledged"),
  BYTES("message_bytes"),
  READY_BYTES("message_bytes_ready"),
  UNACKNOWLEDGED_BYTES("message_bytes_unacknowledged"),
  RAM("messages_ram"),
  RAM_BYTES("message_bytes_ram"),
  READY_RAM("messages_ready_ram"),
  UNACKNOWLEDGED_RAM("messages_unacknowledged_ram"),
  PERSISTENT("messages_persistent"),
  PERSISTENT_BYTES("message_bytes_persistent"),
  PAGED_OUT("messages_paged_out"),
  PAGED_OUT_BYTES("message_bytes_paged_out"),
  DEAD_LETTERING("messages_dlx"),
  DEAD_LETTERING_BYTES("message_bytes_dlx"),
  DELAYED("messages_delayed"),
  HEAD_EPOCH_SECONDS("head_message_timestamp"),
  MEMORY("memory"),
  SEGMENTS("segments"),
  CONSUMERS("consumers"),
  PUBLISHED("message_stats.publish"),
  DELIVERED("message_stats.deliver"),
  DELIVERED_AUTO_ACK("message_stats.deliver_no_ack"),
  FETCHED("message_stats.get"),
  FETCHED_AUTO_ACK("message_stats.get_no_ack"),
  FETCHED_NOTHING("message_stats.get_empty"),
  REDELIVERED("message_stats.redeliver"),
  ACKNOWLEDGED("message_stats.ack"),
  DISK_READS("message_stats.disk_reads"),
  DISK_WRITES("message_stats.disk_writes"),
  REDUCTIONS("reductions"),
  OWN_MAX_LENGTH("arguments.x-max-length"),
  OWN_MAX_LENGTH_BYTES("arguments.x-max-length-bytes"),
  OWN_TTL_MILLIS("arguments.x-message-ttl"),
  POLICY_MAX_LENGTH("effective_policy_definition.max-length"),
  POLICY_MAX_LENGTH_BYTES("effective_policy_definition.max-length-bytes"),
  POLICY_TTL_MILLIS("effective_policy_definition.message-ttl");

  private final String path;

  QueueNumber(String path) {
    this.path = path;
  }

  @Override
  public String path() {
    return path;
  }
}
