package io.mqexporter.rabbitmq.snapshot;

/** What the management API counts of a vhost. */
public enum VhostNumber implements Numbers.Kind {
  MESSAGES("messages"),
  READY("messages_ready"),
  UNACKNOWLEDGED("messages_unacknowledged"),
  BYTES_RECEIVED("recv_oct"),
  BYTES_SENT("send_oct"),
  PUBLISHED("message_stats.publish"),
  CONFIRMED("message_stats.confirm"),
  DROPPED("message_stats.drop_unroutable"),
  RETURNED("message_stats.return_unroutable"),
  DELIVERED("message_stats.deliver"),
  DELIVERED_AUTO_ACK("message_stats.deliver_no_ack"),
  FETCHED("message_stats.get"),
  FETCHED_AUTO_ACK("message_stats.get_no_ack"),
  FETCHED_NOTHING("message_stats.get_empty"),
  REDELIVERED("message_stats.redeliver"),
  ACKNOWLEDGED("message_stats.ack");

  private final String path;

  VhostNumber(String path) {
    this.path = path;
  }

  @Override
  public String path() {
    return path;
  }
}
