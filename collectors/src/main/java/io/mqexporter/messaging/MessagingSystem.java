package io.mqexporter.messaging;

import java.util.Locale;

/** The broker software, named as OpenTelemetry's {@code messaging.system} names it. */
public enum MessagingSystem {
  /** Apache Kafka and what speaks its protocol. */
  KAFKA,
  /** RabbitMQ. */
  RABBITMQ,
  /** Apache RocketMQ. */
  ROCKETMQ;

  /** Returns the value of the label {@code messaging_system}. */
  public String labelValue() {
    return name().toLowerCase(Locale.ROOT);
  }
}
