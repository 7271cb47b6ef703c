package io.mqexporter.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mqexporter.collector.CollectionException;
import io.mqexporter.collector.Deadline;
import io.mqexporter.kafka.vocabulary.Vocabulary;
import io.mqexporter.metric.FamilyText;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KafkaCollectorTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  @Test
  void aRefusedConnectionIsSaid() throws IOException {
    int port;
    try (var socket = listen()) {
      port = socket.getLocalPort();
    }
    assertFails("127.0.0.1:" + port, "connection refused");
  }

  @Test
  void aNameThatDoesNotResolveIsSaidAndTriedAgain() {
    try (KafkaCollector collector = collector("no-such-broker.invalid:9092", Map.of())) {
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> collector.collect(Deadline.after(TIMEOUT.multipliedBy(2))))
            .isInstanceOf(CollectionException.class)
            .hasMessage(
                "Kafka at no-such-broker.invalid:9092: the name no-such-broker.invalid cannot be"
                    + " resolved");
      }
    }
  }

  @Test
  void aPeerThatNeverAnswersIsSaid() throws IOException {
    try (var socket = listen()) {
      assertFails(
          "127.0.0.1:" + socket.getLocalPort(),
          "it accepts connections, but does not answer in time");
    }
  }

  @Test
  void aPropertyThatTheClientRefusesIsSaid() {
    try (KafkaCollector collector = collector("127.0.0.1:1", Map.of("security.protocol", "NONE"))) {
      assertThatThrownBy(() -> collector.collect(Deadline.after(TIMEOUT)))
          .isInstanceOf(CollectionException.class)
          .hasMessageStartingWith(
              "Kafka at 127.0.0.1:1: Invalid value NONE for configuration security.protocol");
    }
  }

  @Test
  void propertiesGoBeforeItsOwnChoices() {
    // A request timeout that is longer than a collection is odd, but no reason to fail.
    try (KafkaCollector collector =
        collector("127.0.0.1:1", Map.of("request.timeout.ms", "30000", "client.id", "mine"))) {
      assertThatThrownBy(() -> collector.collect(Deadline.after(TIMEOUT)))
          .isInstanceOf(CollectionException.class)
          .hasMessage("Kafka at 127.0.0.1:1: connection refused");
    }
  }

  @Test
  void aClosedCollectorSaysSo() {
    KafkaCollector collector = collector("127.0.0.1:1", Map.of());
    collector.close();
    assertThatThrownBy(() -> collector.collect(Deadline.after(TIMEOUT)))
        .isInstanceOf(CollectionException.class)
        .hasMessage("Kafka at 127.0.0.1:1: closed");
    assertThat(collector.requestsSent()).isZero();
  }

  @Test
  void aClusterThatCannotBeReadIsDown() {
    try (KafkaCollector collector = collector("127.0.0.1:1", Map.of())) {
      assertThat(FamilyText.of(collector.unavailable()))
          .isEqualTo("messaging_up{messaging_system=\"kafka\",messaging_cluster=\"shop\"} 0\n");
    }
  }

  @Test
  void aClusterThatCannotBeReadIsDownInOtherVocabulariesToo() {
    var config =
        new KafkaConfig("127.0.0.1:1", Map.of(), KafkaConfig.DEFAULT_DEAD_LETTER_TOPICS)
            .speaking(List.of(Vocabulary.values()));
    try (var collector =
        new KafkaCollector("shop", config, Duration.ofMinutes(5), Clock.systemUTC())) {
      assertThat(FamilyText.of(collector.unavailable()))
          .isEqualTo(
              """
              messaging_up{messaging_system="kafka",messaging_cluster="shop"} 0
              kminion_exporter_up{messaging_cluster="shop"} 0
              """);
    }
  }

  private static void assertFails(String bootstrapServers, String reason) {
    try (KafkaCollector collector = collector(bootstrapServers, Map.of())) {
      assertThatThrownBy(() -> collector.collect(Deadline.after(TIMEOUT)))
          .isInstanceOf(CollectionException.class)
          .hasMessage("Kafka at %s: %s", bootstrapServers, reason);
    }
  }

  private static KafkaCollector collector(String servers, Map<String, String> properties) {
    return new KafkaCollector(
        "shop",
        new KafkaConfig(servers, properties, KafkaConfig.DEFAULT_DEAD_LETTER_TOPICS),
        Duration.ofMinutes(5),
        Clock.systemUTC());
  }

  private static ServerSocket listen() throws IOException {
    return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }
}
