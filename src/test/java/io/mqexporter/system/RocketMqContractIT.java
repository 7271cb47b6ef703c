package io.mqexporter.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mqexporter.brokers.RocketMqBroker;
import io.mqexporter.collector.Collector;
import io.mqexporter.metric.MetricDescriptor;
import io.mqexporter.rocketmq.RocketMqBrokerMetric;
import io.mqexporter.rocketmq.RocketMqCollector;
import io.mqexporter.rocketmq.RocketMqConfig;
import io.mqexporter.rocketmq.RocketMqMetric;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

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

  @Test
  void everyEventOfItsLogsIsForwarded() {
    List<Path> folders =
        Stream.of("broker-a-0", "name-server-1")
            .map(node -> broker.folder().resolve(node).resolve("logs/rocketmqlogs"))
            .toList();
    List<JsonNode> events =
        LogTruth.assertForwarded(
            "rocketmq-contract-logs",
            "rocketmq",
            folders,
            "*.log",
            Pattern.compile("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d "),
            false);

    assertThat(events).hasSizeGreaterThan(1_000);
    // Whatever the host's zone: the time is that of GMT+8 in the file, and the right one here.
    Instant last = Instant.parse(events.getLast().path("@timestamp").asText());
    assertThat(last).isBetween(Instant.now().minusSeconds(300), Instant.now().plusSeconds(1));
  }
}
