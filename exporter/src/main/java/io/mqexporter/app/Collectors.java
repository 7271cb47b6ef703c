package io.mqexporter.app;

import io.mqexporter.collector.Collector;
import io.mqexporter.config.BrokerConfig;
import io.mqexporter.config.LiveConfig;
import io.mqexporter.config.TargetConfig;
import io.mqexporter.jmx.JmxCollector;
import io.mqexporter.kafka.KafkaCollector;
import io.mqexporter.kafka.KafkaConfig;
import io.mqexporter.messaging.ClusterMemory;
import io.mqexporter.rabbitmq.RabbitMqCollector;
import io.mqexporter.rabbitmq.RabbitMqConfig;
import io.mqexporter.rocketmq.RocketMqCollector;
import io.mqexporter.rocketmq.RocketMqConfig;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Makes what reads a target. */
final class Collectors {

  /** How many collections a consumer is watched before it is judged. */
  private static final int WINDOW_COLLECTIONS = 10;

  private Collectors() {}

  /** Returns how long a consumer is watched before it is judged. */
  static Duration window(TargetConfig config) {
    return config.interval().multipliedBy(WINDOW_COLLECTIONS);
  }

  /**
   * Returns what reads a target. Its JVMs have a collector of their own: none that hangs may hold
   * up the cluster.
   *
   * @param memory what is remembered of the cluster
   */
  static List<Collector> of(
      TargetConfig config, LiveConfig live, ClusterMemory memory, Clock clock) {
    Collector broker = broker(config, live, memory, clock);
    Stream<Collector> jmx =
        config.jmx().stream()
            .map(_ ->
                new JmxCollector(config.name(), live.jmxSettings(config.name()), broker::brokers));
    return Stream.concat(Stream.of(broker), jmx).toList();
  }

  private static Collector broker(
      TargetConfig config, LiveConfig live, ClusterMemory memory, Clock clock) {
    String name = config.name();
    return switch (config.broker()) {
      case BrokerConfig.Kafka _ ->
          new KafkaCollector(
              name, live.settings(name, KafkaConfig.class), memory, config.lagObjectives(), clock);
      case BrokerConfig.RabbitMq _ ->
          new RabbitMqCollector(
              name,
              live.settings(name, RabbitMqConfig.class),
              memory,
              config.lagObjectives(),
              clock);
      case BrokerConfig.RocketMq _ ->
          new RocketMqCollector(
              name,
              live.settings(name, RocketMqConfig.class),
              memory,
              config.lagObjectives(),
              clock);
    };
  }
}
