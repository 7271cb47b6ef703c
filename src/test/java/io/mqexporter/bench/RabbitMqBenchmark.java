package io.mqexporter.bench;

import com.rabbitmq.http.client.Client;
import com.rabbitmq.http.client.ClientParameters;
import io.mqexporter.brokers.RabbitMqBroker;
import io.mqexporter.collector.Deadline;
import io.mqexporter.collector.Secret;
import io.mqexporter.rabbitmq.RabbitMqCollector;
import io.mqexporter.rabbitmq.RabbitMqConfig;
import java.net.URL;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/** A pass over RabbitMQ against the bare HTTP client's calls for the same data. */
final class RabbitMqBenchmark {

  private static final int QUEUES = 2_000;

  private RabbitMqBenchmark() {}

  static void run() throws Exception {
    try (RabbitMqBroker broker = RabbitMqBroker.start("bench-rabbitmq");
        var collector =
            new RabbitMqCollector(
                "bench",
                new RabbitMqConfig(
                    broker.managementUrl(),
                    RabbitMqBroker.USERNAME,
                    new Secret(RabbitMqBroker.PASSWORD)),
                Duration.ofMinutes(3),
                Clock.systemUTC())) {
      fill(broker);
      URL api = broker.managementUrl().resolve("/api/").toURL();
      var client =
          new Client(
              new ClientParameters()
                  .url(api)
                  .username(RabbitMqBroker.USERNAME)
                  .password(RabbitMqBroker.PASSWORD));
      String what = "RabbitMQ, %,d queues".formatted(QUEUES);
      Comparison.print(
          what,
          "the same calls of the bare HTTP client",
          () -> {
            client.getOverview();
            client.getNodes();
            client.getQueues();
            client.getExchanges();
          },
          () -> collector.collect(Deadline.after(Duration.ofMinutes(1))));
      long before = collector.requestsSent();
      collector.collect(Deadline.after(Duration.ofMinutes(1)));
      System.out.printf("%s: %d requests a collection%n", what, collector.requestsSent() - before);
    }
  }

  private static void fill(RabbitMqBroker broker) throws Exception {
    try (var connection = broker.connectionFactory().newConnection();
        var channel = connection.createChannel()) {
      for (int i = 0; i < QUEUES; i++) {
        channel.queueDeclare("queue-" + i, true, false, false, Map.of());
      }
    }
  }
}
