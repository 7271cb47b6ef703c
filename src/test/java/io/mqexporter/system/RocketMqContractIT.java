package io.mqexporter.system;

import io.mqexporter.brokers.RocketMqBroker;
import io.mqexporter.collector.Collector;
import io.mqexporter.metric.MetricDescriptor;
import io.mqexporter.rocketmq.RocketMqBrokerMetric;
import io.mqexporter.rocketmq.RocketMqCollector;
import io.mqexporter.rocketmq.RocketMqConfig;
import io.mqexporter.rocketmq.RocketMqMetric;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class RocketMqContractIT extends CollectorContract {

  private static RocketMqBroker broker;

  @BeforeAll
  static void start() {
    broker = RocketMqBroker.start("rocketmq-contract");
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Override
  Collector collector() {
    return collector(broker.nameServer());
  }

  @Override
  Collector collectorAt(String host, int port) {
    return collector(host + ":" + port);
  }

  @Override
  List<? extends MetricDescriptor> catalogue() {
    return Stream.<MetricDescriptor[]>of(RocketMqBrokerMetric.values(), RocketMqMetric.values())
        .flatMap(Stream::of)
        .toList();
  }

  private static Collector collector(String nameServer) {
    return new RocketMqCollector(
        "contract",
        new RocketMqConfig(List.of(nameServer), Optional.empty()),
        Duration.ofMinutes(5),
        Clock.systemUTC());
  }
}
