package io.mqexporter.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mqexporter.brokers.RocketMqBroker;
import io.mqexporter.collector.Collector;
import io.mqexporter.collector.Deadline;
import io.mqexporter.metric.MetricDescriptor;
import io.mqexporter.rocketmq.RocketMqBrokerMetric;
import io.mqexporter.rocketmq.RocketMqCollector;
import io.mqexporter.rocketmq.RocketMqConfig;
import io.mqexporter.rocketmq.RocketMqMetric;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
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

  private static final Pattern HEAD = Pattern.compile("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d ");

  private static final int MORE_THAN_ENOUGH = 1_200;

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
  void everyEventOfItsLogsIsForwarded() throws Exception {
    List<Path> folders =
        Stream.of("broker-a-0", "name-server-1")
            .map(node -> broker.folder().resolve(node).resolve("logs/rocketmqlogs"))
            .toList();
    // Clients that come and go, of which both servers tell, until there is enough to judge by.
    while (heads(folders) < MORE_THAN_ENOUGH) {
      try (Collector collector = collector()) {
        collector.collect(Deadline.after(Duration.ofMinutes(1)));
      }
    }
    List<JsonNode> events =
        LogTruth.assertForwarded(
            "rocketmq-contract-logs", "rocketmq", folders, "*.log", HEAD, false);

    assertThat(events).hasSizeGreaterThan(1_000);
    // Whatever the host's zone: the time is that of GMT+8 in the file, and the right one here.
    Instant last = Instant.parse(events.getLast().path("@timestamp").asText());
    assertThat(last).isBetween(Instant.now().minusSeconds(300), Instant.now().plusSeconds(1));
  }

  private static long heads(List<Path> folders) throws IOException {
    long heads = 0;
    for (Path folder : folders) {
      try (DirectoryStream<Path> logs = Files.newDirectoryStream(folder, "*.log")) {
        for (Path log : logs) {
          heads +=
              Files.readAllLines(log).stream()
                  .filter(line -> HEAD.matcher(line).lookingAt())
                  .count();
        }
      }
    }
    return heads;
  }
}
