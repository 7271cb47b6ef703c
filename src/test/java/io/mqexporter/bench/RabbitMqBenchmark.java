package io.mqexporter.bench;

import io.mqexporter.brokers.Command;
import io.mqexporter.brokers.Ports;
import io.mqexporter.brokers.RabbitMqBroker;
import io.mqexporter.brokers.RabbitMqRelease;
import io.mqexporter.brokers.Repository;
import io.mqexporter.brokers.ServerProcess;
import io.mqexporter.collector.Deadline;
import io.mqexporter.collector.Secret;
import io.mqexporter.rabbitmq.RabbitMqCollector;
import io.mqexporter.rabbitmq.RabbitMqConfig;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** A pass over RabbitMQ against curl, which fetches the same replies and reads none of them. */
final class RabbitMqBenchmark {

  private static final List<Integer> SIZES = List.of(1_000, 3_000, 10_000);
  private static final int WARM_UP_RUNS = 3;
  private static final int RUNS = 7;
  private static final int COLLECTIONS = 5;
  private static final Duration LONG = Duration.ofMinutes(2);

  private static final int HEAP_MEGABYTES = 512;

  private RabbitMqBenchmark() {}

  static void run() throws Exception {
    try (RabbitMqBroker broker = RabbitMqBroker.start("bench-rabbitmq", RabbitMqRelease.SID, "")) {
      int there = 0;
      for (int queues : SIZES) {
        declare(broker, there, queues);
        there = queues;
        compare(broker, queues);
      }
      runAgent(broker, there);
    }
  }

  private static void compare(RabbitMqBroker broker, int queues) throws Exception {
    var config =
        new RabbitMqConfig(
            broker.managementUrl(), RabbitMqBroker.USERNAME, new Secret(RabbitMqBroker.PASSWORD));
    try (var collector =
        new RabbitMqCollector("bench", config, Duration.ofMinutes(3), Clock.systemUTC())) {
      String what = "RabbitMQ, %,d queues".formatted(queues);
      Comparison.print(
          what,
          "curl for the same replies",
          () -> Command.run(LONG, Map.of(), curl(broker)),
          () -> collector.collect(Deadline.after(LONG)),
          WARM_UP_RUNS,
          RUNS);
      long before = collector.requestsSent();
      collector.collect(Deadline.after(LONG));
      System.out.printf("%s: %d requests a collection%n", what, collector.requestsSent() - before);
    }
  }

  private static List<String> curl(RabbitMqBroker broker) {
    var command = new ArrayList<>(List.of("curl", "--silent", "--fail", "--user"));
    command.add(RabbitMqBroker.USERNAME + ":" + RabbitMqBroker.PASSWORD);
    for (String path :
        List.of("overview", "exchanges", "nodes", "vhosts", "queues?enable_queue_totals=true")) {
      command.addAll(List.of("--output", "/dev/null", broker.managementUrl() + "/api/" + path));
    }
    return command;
  }

  private static void declare(RabbitMqBroker broker, int from, int to) throws Exception {
    try (var connection = broker.connectionFactory().newConnection();
        var channel = connection.createChannel()) {
      for (int i = from; i < to; i++) {
        channel.queueDeclare("queue-" + i, true, false, false, Map.of());
      }
    }
  }

  private static void runAgent(RabbitMqBroker broker, int queues) throws Exception {
    Path folder = Repository.emptyRunFolder("bench-agent-rabbitmq");
    Path file = folder.resolve("mq-exporter.yaml");
    Files.writeString(
        file,
        """
        interval: 10s
        timeout: 10s
        max_series: 10000000
        targets:
          - name: rabbitmq
            rabbitmq: {url: "%s"}
        """
            .formatted(broker.managementUrl()));
    int port = Ports.free();
    URI uri = URI.create("http://127.0.0.1:" + port + "/metrics");
    String heap = "-Xmx%dm".formatted(HEAP_MEGABYTES);
    try (ServerProcess agent =
            ServerProcess.start(
                "agent",
                folder,
                Map.of("JAVA_HOME", System.getProperty("java.home"), "JAVA_OPTS", heap),
                List.of(
                    Repository.file("exporter/target/mq-exporter").toString(),
                    "--config.file=" + file,
                    "--web.listen-address=127.0.0.1:" + port));
        var client = HttpClient.newHttpClient()) {
      var collections = new HashSet<Long>();
      agent.awaitReady(
          LONG,
          () -> {
            collections.add(
                KafkaScaleBenchmark.valueOrNone(client, uri, "mq_exporter_requests_total{"));
            return collections.size() > COLLECTIONS;
          });
      System.out.printf(
          "The agent with a heap of at most %d MB, %,d queues, %,d series: success %d, it holds %d MB"
              + " after a full collection of garbage%n",
          HEAP_MEGABYTES,
          queues,
          KafkaScaleBenchmark.valueOrNone(client, uri, "mq_exporter_series{"),
          KafkaScaleBenchmark.valueOrNone(client, uri, "mq_exporter_collection_success{"),
          KafkaScaleBenchmark.liveBytes(agent) / 1_000_000);
    }
  }
}
