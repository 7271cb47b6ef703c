package io.mqexporter.system;

import static org.awaitility.Awaitility.await;

import io.mqexporter.brokers.RabbitMqBroker;
import io.mqexporter.collector.Collector;
import io.mqexporter.collector.Deadline;
import io.mqexporter.collector.Secret;
import io.mqexporter.metric.MetricDescriptor;
import io.mqexporter.rabbitmq.RabbitMqCollector;
import io.mqexporter.rabbitmq.RabbitMqConfig;
import io.mqexporter.rabbitmq.RabbitMqMetric;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class RabbitMqContractIT extends CollectorContract {

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
    return List.of(RabbitMqMetric.values());
  }

  /** A new node tells its numbers one after the other, the slowest after some seconds. */
  private static void awaitStatistics() throws Exception {
    try (Collector collector = collector(broker.managementUrl())) {
      await()
          .atMost(Duration.ofSeconds(60))
          .pollInterval(Duration.ofSeconds(1))
          .until(() ->
              collector.collect(Deadline.after(Duration.ofSeconds(10))).families().stream()
                  .map(family -> family.descriptor())
                  .toList()
                  .containsAll(
                      List.of(
                          RabbitMqMetric.QUEUE_PUBLISHED,
                          RabbitMqMetric.EXCHANGE_PUBLISHED_OUT,
                          RabbitMqMetric.NODE_MEMORY_USED,
                          RabbitMqMetric.QUEUE_MEMBERS_ONLINE)));
    }
  }

  private static Collector collector(URI url) {
    return new RabbitMqCollector(
        "contract",
        new RabbitMqConfig(url, RabbitMqBroker.USERNAME, new Secret(RabbitMqBroker.PASSWORD)),
        Duration.ofMinutes(5),
        Clock.systemUTC());
  }
}
