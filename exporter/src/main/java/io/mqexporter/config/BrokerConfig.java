package io.mqexporter.config;

import io.mqexporter.kafka.KafkaConfig;
import io.mqexporter.rabbitmq.RabbitMqConfig;
import io.mqexporter.rocketmq.RocketMqConfig;

/** What a cluster is and how it is reached. */
public sealed interface BrokerConfig {

  /**
   * A Kafka cluster.
   *
   * @param config how it is reached
   */
  record Kafka(KafkaConfig config) implements BrokerConfig {}

  /**
   * A RabbitMQ cluster.
   *
   * @param config how it is reached
   */
  record RabbitMq(RabbitMqConfig config) implements BrokerConfig {}

  /**
   * A RocketMQ cluster.
   *
   * @param config how it is reached
   */
  record RocketMq(RocketMqConfig config) implements BrokerConfig {}
}
