package io.mqexporter.metric;

/** The finest thing that one series of a metric stands for, from coarse to fine. */
public enum Granularity {
  /** The cluster, or one of its brokers. */
  CLUSTER,
  /** A topic, a queue of RabbitMQ, an exchange, or a consumer group. */
  DESTINATION,
  /** A part of a destination, such as a partition, or one of its clients. */
  PARTITION
}
