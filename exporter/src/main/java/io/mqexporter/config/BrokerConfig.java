package io.mqexporter.config;

import io.mqexporter.kafka.KafkaConfig;
import io.mqexporter.rabbitmq.RabbitMqConfig;
import io.mqexporter.rocketmq.RocketMqConfig;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

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

  /** Returns whether this leads to the cluster that another one leads to: by a common address. */
  default boolean isSameClusterAs(BrokerConfig other) {
    return !Collections.disjoint(addresses(), other.addresses());
  }

  private Set<Object> addresses() {
    return switch (this) {
      case Kafka(var kafka) -> new HashSet<>(List.of(kafka.bootstrapServers().split(",")));
      case RabbitMq(var rabbitMq) -> new HashSet<>(rabbitMq.urls());
      case RocketMq(var rocketMq) -> new HashSet<>(rocketMq.nameServers());
    };
  }
}
