package io.mqexporter.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.mqexporter.collector.NameFilter;
import io.mqexporter.collector.Secret;
import io.mqexporter.kafka.KafkaConfig;
import io.mqexporter.kafka.vocabulary.Vocabulary;
import io.mqexporter.messaging.LagObjectives;
import io.mqexporter.metric.Granularity;
import io.mqexporter.rabbitmq.RabbitMqConfig;
import io.mqexporter.rocketmq.RocketMqConfig;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {

  @TempDir private Path temporary;
  private ConfigFolder folder;

  @BeforeEach
  void useFolder() {
    folder = new ConfigFolder(temporary);
  }

  @Test
  void threeLinesAreEnoughForEachBroker() throws ConfigException {
    Config config =
        folder.load(
            """
            targets:
              - name: orders
                kafka:
                  bootstrap_servers: broker-1:9092
              - name: shop
                rabbitmq:
                  url: http://localhost:15672
              - name: payments
                rocketmq:
                  name_servers: a:9876
            """);

    assertThat(config.interval()).isEqualTo(Duration.ofSeconds(15));
    assertThat(config.timeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(config.targets())
        .containsExactly(
            target(
                "orders",
                new BrokerConfig.Kafka(
                    new KafkaConfig(
                        "broker-1:9092", Map.of(), KafkaConfig.DEFAULT_DEAD_LETTER_TOPICS))),
            target(
                "shop",
                new BrokerConfig.RabbitMq(
                    new RabbitMqConfig(
                        URI.create("http://localhost:15672"), "guest", new Secret("guest")))),
            target(
                "payments",
                new BrokerConfig.RocketMq(
                    new RocketMqConfig(List.of("a:9876"), Optional.empty()))));
  }

  @Test
  void everythingCanBeSaid() throws ConfigException {
    folder.write("secret", "s3cret\n");
    Config config =
        folder.load(
            """
            interval: 1m
            timeout: 30s
            granularity: destination
            max_series: 5000
            targets:
              - name: orders
                interval: 1m30s
                timeout: 500ms
                granularity: partition
                max_series: 1000000
                kafka:
                  bootstrap_servers: [broker-1:9092, "[::1]:9093"]
                  properties: {security.protocol: SSL, ssl.check: false, algorithm: ""}
                  dead_letter_topics: dead-.*
                  vocabularies: [kminion, kafka-exporter, kminion]
              - name: shop
                rabbitmq: {url: "https://shop:443/rabbit", username: monitor, password: 0123}
              - name: payments
                rocketmq:
                  name_servers: a:9876; b:9876
                  access_key: agent
                  secret_key: ${file:secret}
            """);

    assertThat(config.targets())
        .extracting(TargetConfig::interval, TargetConfig::timeout)
        .containsExactly(
            tuple(Duration.ofSeconds(90), Duration.ofMillis(500)),
            tuple(Duration.ofMinutes(1), Duration.ofSeconds(30)),
            tuple(Duration.ofMinutes(1), Duration.ofSeconds(30)));
    assertThat(config.targets())
        .extracting(TargetConfig::granularity, TargetConfig::maxSeries)
        .containsExactly(
            tuple(Granularity.PARTITION, 1_000_000),
            tuple(Granularity.DESTINATION, 5_000),
            tuple(Granularity.DESTINATION, 5_000));
    assertThat(config.targets().get(0).broker())
        .isInstanceOfSatisfying(
            BrokerConfig.Kafka.class,
            kafka -> {
              assertThat(kafka.config().bootstrapServers()).isEqualTo("broker-1:9092,[::1]:9093");
              assertThat(kafka.config().properties())
                  .isEqualTo(
                      Map.of("security.protocol", "SSL", "ssl.check", "false", "algorithm", ""));
              assertThat(kafka.config().deadLetterTopics()).hasToString("dead-.*");
              assertThat(kafka.config().vocabularies())
                  .containsExactly(Vocabulary.KAFKA_EXPORTER, Vocabulary.KMINION);
            });
    assertThat(config.targets().get(1).broker())
        .isEqualTo(
            new BrokerConfig.RabbitMq(
                new RabbitMqConfig(
                    URI.create("https://shop:443/rabbit"), "monitor", new Secret("0123"))));
    assertThat(config.targets().get(2).broker())
        .isEqualTo(
            new BrokerConfig.RocketMq(
                new RocketMqConfig(
                    List.of("a:9876", "b:9876"),
                    Optional.of(new RocketMqConfig.Credentials("agent", new Secret("s3cret"))))));
  }

  @Test
  void filtersAreListsOfPatternsOrOnePattern() throws ConfigException {
    Config config =
        folder.load(
            """
            targets:
              - name: orders
                kafka:
                  bootstrap_servers: a:1
                  topics: {include: ["orders.*", "a{1,3}"], exclude: []}
                  groups: {exclude: "tmp-[0-9]{1,8};x"}
              - name: shop
                rabbitmq:
                  url: http://a
                  vhosts: {include: /}
                  queues: {}
            """);

    assertThat(config.targets().getFirst().broker())
        .isInstanceOfSatisfying(
            BrokerConfig.Kafka.class,
            kafka -> {
              assertThat(kafka.config().topics())
                  .hasToString("NameFilter[include=[orders.*, a{1,3}], exclude=[]]");
              assertThat(kafka.config().groups())
                  .hasToString("NameFilter[include=[], exclude=[tmp-[0-9]{1,8};x]]");
            });
    assertThat(config.targets().getLast().broker())
        .isInstanceOfSatisfying(
            BrokerConfig.RabbitMq.class,
            rabbitMq -> {
              assertThat(rabbitMq.config().vhosts())
                  .hasToString("NameFilter[include=[/], exclude=[]]");
              assertThat(rabbitMq.config().queues()).isEqualTo(NameFilter.ALL);
            });
  }

  @Test
  void aShorterIntervalCutsTheTimeoutThatWasNotSetBesideIt() throws ConfigException {
    Config config =
        folder.load(
            """
            interval: 8s
            targets:
              - name: a
                interval: 2s
                kafka: {bootstrap_servers: "a:1"}
              - name: b
                interval: 1m
                kafka: {bootstrap_servers: "a:1"}
            """);

    assertThat(config.timeout()).isEqualTo(Duration.ofSeconds(8));
    assertThat(config.targets())
        .extracting(TargetConfig::timeout)
        .containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(8));
  }

  @Test
  void windowsLineEndsAndAByteOrderMarkDoNotMatter() throws ConfigException {
    Config config =
        folder.load(
            "\uFEFFtargets:\r\n  - name: a\r\n    kafka:\r\n      bootstrap_servers: a:1\r\n");

    assertThat(config.targets()).extracting(TargetConfig::name).containsExactly("a");
  }

  @Test
  void targetsMayShareAPartByAnAlias() throws ConfigException {
    Config config =
        folder.load(
            """
            targets:
              - name: a
                kafka: {bootstrap_servers: "a:1", properties: &tls {security.protocol: SSL}}
              - name: b
                kafka: {bootstrap_servers: "b:1", properties: *tls}
            """);

    assertThat(config.targets())
        .extracting(TargetConfig::broker)
        .allSatisfy(broker ->
            assertThat(((BrokerConfig.Kafka) broker).config().properties())
                .containsEntry("security.protocol", "SSL"));
  }

  @Test
  void aNameMayBeAnythingPrintable() throws ConfigException {
    String name = "Aufträge – 注文 \"1\" \\ 😀";
    Config config =
        folder.load(
            """
            targets:
              - name: '%s'
                kafka: {bootstrap_servers: "a:1"}
            """
                .formatted(name));

    assertThat(config.targets()).extracting(TargetConfig::name).containsExactly(name);
  }

  private static TargetConfig target(String name, BrokerConfig broker) {
    return new TargetConfig(
        name,
        Duration.ofSeconds(15),
        Duration.ofSeconds(10),
        Granularity.PARTITION,
        100_000,
        LagObjectives.DEFAULT,
        broker,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
