package io.mqexporter.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mqexporter.brokers.KafkaBroker;
import io.mqexporter.collector.CollectionException;
import io.mqexporter.collector.Collector;
import io.mqexporter.collector.Deadline;
import io.mqexporter.kafka.KafkaCollector;
import io.mqexporter.kafka.KafkaConfig;
import io.mqexporter.kafka.KafkaMetric;
import io.mqexporter.metric.MetricDescriptor;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.security.plain.PlainLoginModule;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class KafkaContractIT extends CollectorContract {

  private static final Duration TIMEOUT = Duration.ofMinutes(1);

  private static KafkaBroker broker;

  @BeforeAll
  static void start() {
    broker = KafkaBroker.start("kafka-contract");
  }

  @AfterAll
  static void stop() {
    if (broker != null) {
      broker.close();
    }
  }

  @Override
  Collector collector() {
    return collector(broker.bootstrapServers(), Map.of());
  }

  @Override
  Collector collectorAt(String host, int port) {
    return collector(host + ":" + port, Map.of());
  }

  @Override
  List<? extends MetricDescriptor> catalogue() {
    return List.of(KafkaMetric.values());
  }

  @Test
  void readsABrokerThatWantsAPassword() throws Exception {
    try (Collector collector = authenticated(KafkaBroker.PASSWORD)) {
      assertThat(collector.collect(Deadline.after(TIMEOUT)).missing()).isEmpty();
    }
  }

  @Test
  void saysThatThePasswordIsWrong() {
    try (Collector collector = authenticated("guessed-password")) {
      assertThatThrownBy(() -> collector.collect(Deadline.after(TIMEOUT)))
          .isInstanceOf(CollectionException.class)
          .hasMessage(
              "Kafka at %s: authentication failed: Authentication failed: Invalid username or"
                  + " password",
              broker.authenticatedBootstrapServers());
    }
  }

  private static Collector authenticated(String password) {
    return collector(
        broker.authenticatedBootstrapServers(),
        Map.of(
            "security.protocol",
            "SASL_PLAINTEXT",
            "sasl.mechanism",
            "PLAIN",
            "sasl.jaas.config",
            "%s required username=\"%s\" password=\"%s\";"
                .formatted(PlainLoginModule.class.getName(), KafkaBroker.USER, password)));
  }

  private static Collector collector(String bootstrapServers, Map<String, String> properties) {
    return new KafkaCollector(
        "contract",
        new KafkaConfig(bootstrapServers, properties, KafkaConfig.DEFAULT_DEAD_LETTER_TOPICS),
        Duration.ofMinutes(5),
        Clock.systemUTC());
  }
}
