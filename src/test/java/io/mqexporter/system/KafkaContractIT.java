package io.mqexporter.system;

import io.mqexporter.brokers.KafkaBroker;
import io.mqexporter.collector.Collector;
import io.mqexporter.kafka.KafkaCollector;
import io.mqexporter.kafka.KafkaConfig;
import io.mqexporter.kafka.KafkaMetric;
import io.mqexporter.metric.MetricDescriptor;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class KafkaContractIT extends CollectorContract {

  private static KafkaBroker broker;

  @BeforeAll
  static void start() {
    broker = KafkaBroker.start("kafka-contract");
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Override
  Collector collector() {
    return collector(broker.bootstrapServers());
  }

  @Override
  Collector collectorAt(String host, int port) {
    return collector(host + ":" + port);
  }

  @Override
  List<? extends MetricDescriptor> catalogue() {
    return List.of(KafkaMetric.values());
  }

  private static Collector collector(String bootstrapServers) {
    return new KafkaCollector(
        "contract",
        new KafkaConfig(bootstrapServers, Map.of(), KafkaConfig.DEFAULT_DEAD_LETTER_TOPICS),
        Duration.ofMinutes(5),
        Clock.systemUTC());
  }
}
