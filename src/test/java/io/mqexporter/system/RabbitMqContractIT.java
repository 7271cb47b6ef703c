package io.mqexporter.system;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.rabbitmq.client.ConnectionFactory;
import io.mqexporter.brokers.RabbitMqBroker;
import io.mqexporter.brokers.RabbitMqManagement;
import io.mqexporter.brokers.RightsScript;
import io.mqexporter.collector.Collected;
import io.mqexporter.collector.CollectionException;
import io.mqexporter.collector.Collector;
import io.mqexporter.collector.Deadline;
import io.mqexporter.collector.Secret;
import io.mqexporter.collector.Settings;
import io.mqexporter.collector.Settings.Edition;
import io.mqexporter.messaging.ClusterMemory;
import io.mqexporter.messaging.LagObjectives;
import io.mqexporter.metric.MetricDescriptor;
import io.mqexporter.rabbitmq.RabbitMqCollector;
import io.mqexporter.rabbitmq.RabbitMqConfig;
import io.mqexporter.rabbitmq.RabbitMqMemoryMetric;
import io.mqexporter.rabbitmq.RabbitMqMetric;
import io.mqexporter.rabbitmq.RabbitMqNodeMetric;
import io.mqexporter.rabbitmq.RabbitMqQueueMetric;
import io.mqexporter.rabbitmq.RabbitMqVhostMetric;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RabbitMqContractIT extends CollectorContract {

  /** How many lines of its log. */
  private static final int MORE_THAN_ENOUGH = 1_200;

  private static RabbitMqBroker broker;

  @BeforeAll
  static void start() throws Exception {
    broker = RabbitMqBroker.start("contract");
    try (var connection = broker.connectionFactory().newConnection();
        var channel = connection.createChannel()) {
      channel.queueDeclare(
          "work", true, false, false, Map.of("x-dead-letter-exchange", "amq.fanout"));
      channel.queueDeclare("dead", true, false, false, Map.of("x-queue-type", "quorum"));
      channel.queueBind("dead", "amq.fanout", "");
      channel.basicPublish("", "work", null, new byte[] {1});
    }
    awaitStatistics();
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Override
  Collector collector() {
    return collector(broker.managementUrl());
  }

  @Override
  Collector collectorAt(String host, int port) {
    return collector(URI.create("http://" + host + ":" + port));
  }

  @Override
  List<? extends MetricDescriptor> catalogue() {
    return Stream.<MetricDescriptor[]>of(
            RabbitMqMetric.values(),
            RabbitMqNodeMetric.values(),
            RabbitMqMemoryMetric.values(),
            RabbitMqVhostMetric.values(),
            RabbitMqQueueMetric.values())
        .flatMap(Stream::of)
        .toList();
  }

  @Test
  void usesARenewedPasswordAtTheNextCollection() throws Exception {
    RabbitMqManagement.putUser(broker, "renewed", "first", "monitoring");
    var settings = new AtomicReference<>(new Edition<>(config("renewed", "first"), 1));
    try (Collector collector = collector(settings::get)) {
      collector.collect(Deadline.after(Duration.ofMinutes(1)));
      RabbitMqManagement.putUser(broker, "renewed", "second", "monitoring");
      assertThatThrownBy(() -> collector.collect(Deadline.after(Duration.ofMinutes(1))))
          .isInstanceOf(CollectionException.class);
      settings.set(new Edition<>(config("renewed", "second"), 2));
      collector.collect(Deadline.after(Duration.ofMinutes(1)));
    }
  }

  @Test
  void theScriptGivesTheRightsThatItNeedsAndNoOthers() throws Exception {
    RabbitMqManagement.addVhost(broker, "a vhost");
    RightsScript.rabbitMq(broker, "mq-exporter", "first");
    RightsScript.rabbitMq(broker, "mq-exporter", "second");

    try (Collector whole = collector();
        Collector collector = collector(Settings.fixed(config("mq-exporter", "second")))) {
      Collected collected = collector.collect(Deadline.after(Duration.ofMinutes(1)));
      assertThat(collected.missing()).isEmpty();
      assertThat(new MetricValues(collected.families()).of(RabbitMqQueueMetric.MESSAGES).keySet())
          .isEqualTo(
              new MetricValues(whole.collect(Deadline.after(Duration.ofMinutes(1))).families())
                  .of(RabbitMqQueueMetric.MESSAGES)
                  .keySet())
          .isNotEmpty();
    }
    ConnectionFactory factory = broker.connectionFactory();
    factory.setUsername("mq-exporter");
    factory.setPassword("second");
    try (var connection = factory.newConnection()) {
      // The refusal closes it.
      var channel = connection.createChannel();
      assertThatThrownBy(() -> channel.basicGet("work", true))
          .hasStackTraceContaining("ACCESS_REFUSED");
    }
  }

  /** A new node tells its numbers one after the other, the slowest after some seconds. */
  private static void awaitStatistics() throws Exception {
    try (Collector collector = collector(broker.managementUrl())) {
      await()
          .pollInterval(Duration.ofSeconds(1))
          .until(() ->
              collector.collect(Deadline.after(Duration.ofMinutes(1))).families().stream()
                  .map(family -> family.descriptor())
                  .toList()
                  .containsAll(
                      List.of(
                          RabbitMqQueueMetric.PUBLISHED,
                          RabbitMqMetric.EXCHANGE_PUBLISHED_OUT,
                          RabbitMqNodeMetric.MEMORY_USED,
                          RabbitMqQueueMetric.MEMBERS_ONLINE)));
    }
  }

  private static Collector collector(URI url) {
    var guest =
        new RabbitMqConfig(url, RabbitMqBroker.USERNAME, new Secret(RabbitMqBroker.PASSWORD));
    return collector(Settings.fixed(guest));
  }

  private static Collector collector(Settings<RabbitMqConfig> settings) {
    return new RabbitMqCollector(
        "contract",
        settings,
        new ClusterMemory(Duration.ofMinutes(5)),
        LagObjectives.NONE,
        Clock.systemUTC());
  }

  private static RabbitMqConfig config(String user, String password) {
    return new RabbitMqConfig(broker.managementUrl(), user, new Secret(password));
  }

  @Test
  void everyEventOfItsLogIsForwarded() throws Exception {
    // Clients that come and go, with and without manners, until there is enough to judge by.
    while (Files.readAllLines(broker.log()).size() < MORE_THAN_ENOUGH) {
      broker.connectionFactory().newConnection("for its lines").close();
      try (var socket =
          new Socket(InetAddress.getLoopbackAddress(), broker.connectionFactory().getPort())) {
        socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(US_ASCII));
      }
    }
    List<JsonNode> events =
        LogTruth.assertForwarded(
            "rabbitmq-contract-logs",
            "rabbitmq",
            List.of(broker.log().getParent()),
            "rabbitmq.log",
            Pattern.compile("\\d{4}-\\d\\d-\\d\\d \\S+ \\[\\w+] <[^>]+>"),
            true);

    assertThat(
            events.stream()
                .mapToLong(event -> event.path("message").asText().lines().count())
                .sum())
        .isGreaterThan(1_000);
    assertThat(events)
        .anySatisfy(event -> {
          assertThat(event.path("log.level").asText()).isEqualTo("error");
          assertThat(event.path("message").asText())
              .startsWith("closing AMQP connection")
              .contains("\n{bad_header,");
        });
  }
}
