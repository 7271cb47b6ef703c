package io.mqexporter.app;

import io.mqexporter.collector.Collector;
import io.mqexporter.collector.Shard;
import io.mqexporter.collector.ShardedCollector;
import io.mqexporter.collector.SidecarCollector;
import io.mqexporter.config.BrokerConfig;
import io.mqexporter.config.LiveConfig;
import io.mqexporter.config.TargetConfig;
import io.mqexporter.jmx.JmxCollector;
import io.mqexporter.kafka.KafkaCollector;
import io.mqexporter.kafka.KafkaConfig;
import io.mqexporter.kafka.MirrorCollector;
import io.mqexporter.messaging.BrokerMetric;
import io.mqexporter.messaging.ClusterMemory;
import io.mqexporter.messaging.MessagingSystem;
import io.mqexporter.process.ProcessCollector;
import io.mqexporter.rabbitmq.RabbitMqCollector;
import io.mqexporter.rabbitmq.RabbitMqConfig;
import io.mqexporter.rocketmq.RocketMqCollector;
import io.mqexporter.rocketmq.RocketMqConfig;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
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
   * up the cluster. So have the copies that it holds of other clusters, and its processes.
   *
   * @param memory what is remembered of the cluster
   * @param shard the share of the target that is shown; what is no group's and no topic's or
   *     queue's is read where the cluster as a whole belongs
   */
  static List<Collector> of(
      TargetConfig config, LiveConfig live, ClusterMemory memory, Shard shard, Clock clock) {
    Collector whole = broker(config, live, memory, shard, clock);
    Collector broker = own(whole, config, shard);
    if (!shard.ownsCluster(config.name())) {
      return List.of(broker);
    }
    Stream<Collector> jmx =
        config.jmx().stream()
            .map(_ ->
                new JmxCollector(config.name(), live.jmxSettings(config.name()), broker::brokers));
    Stream<Collector> mirrors =
        Stream.of(config.mirrors())
            .filter(of -> !of.isEmpty())
            .map(of ->
                new MirrorCollector(
                    config.name(), of, name -> live.settings(name, KafkaConfig.class), clock));
    Stream<Collector> processes =
        config.process().stream()
            .map(process ->
                new ProcessCollector(
                    config.name(), system(config.broker()), process, toldByOthers(config)));
    return Stream.of(Stream.of(broker), jmx, mirrors, processes)
        .flatMap(Function.identity())
        .toList();
  }

  private static Collector own(Collector whole, TargetConfig config, Shard shard) {
    if (config.sidecarOf().isPresent()) {
      return new SidecarCollector(whole, config.sidecarOf().get());
    }
    return shard.isWhole() ? whole : new ShardedCollector(whole, shard, counts(config.broker()));
  }

  private static MessagingSystem system(BrokerConfig broker) {
    return switch (broker) {
      case BrokerConfig.Kafka _ -> MessagingSystem.KAFKA;
      case BrokerConfig.RabbitMq _ -> MessagingSystem.RABBITMQ;
      case BrokerConfig.RocketMq _ -> MessagingSystem.ROCKETMQ;
    };
  }

  /** What brokers tell of their machines, and those JVMs that know which broker they are. */
  private static Set<BrokerMetric> toldByOthers(TargetConfig config) {
    return switch (config.broker()) {
      case BrokerConfig.Kafka _ when config.jmx().isPresent() ->
          EnumSet.complementOf(EnumSet.of(BrokerMetric.CPU_THROTTLED));
      case BrokerConfig.RabbitMq _ ->
          EnumSet.complementOf(
              EnumSet.of(BrokerMetric.CPU, BrokerMetric.CPU_THROTTLED, BrokerMetric.DISK_SIZE));
      case BrokerConfig.Kafka _, BrokerConfig.RocketMq _ ->
          EnumSet.of(BrokerMetric.DISK_SIZE, BrokerMetric.DISK_FREE);
    };
  }

  private static Set<String> counts(BrokerConfig broker) {
    return broker instanceof BrokerConfig.Kafka ? KafkaCollector.COUNTS_OF_A_SHARE : Set.of();
  }

  private static Collector broker(
      TargetConfig config, LiveConfig live, ClusterMemory memory, Shard shard, Clock clock) {
    String name = config.name();
    return switch (config.broker()) {
      case BrokerConfig.Kafka _ ->
          new KafkaCollector(
              name,
              live.settings(name, KafkaConfig.class),
              memory,
              config.lagObjectives(),
              shard,
              clock);
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
