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
import java.io.IOException;
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
import java.util.regex.Pattern;

/**
 * A pass over RabbitMQ against curl, which fetches the same replies and reads none of them, and the
 * heap of an agent that reads as many queues.
 */
final class RabbitMqBenchmark {

  private static final List<Integer> SIZES = List.of(1_000, 3_000, 10_000);

  /** An agent that has run for a while has compiled what it runs. */
  private static final int WARM_UP_RUNS = 15;

  private static final int RUNS = 15;
  private static final int COLLECTIONS = 12;
  private static final Duration LONG = Duration.ofMinutes(2);

  /** The heap before and after a collection of garbage, as the JVM's log shows it. */
  private static final Pattern PAUSE = Pattern.compile("Pause .* \\d+M->(\\d+)M\\(\\d+M\\)");

  private RabbitMqBenchmark() {}

  static void run() throws Exception {
    try (RabbitMqBroker broker = RabbitMqBroker.start("bench-rabbitmq", RabbitMqRelease.SID, "")) {
      int there = 0;
      runAgent(broker, there);
      for (int queues : SIZES) {
        declare(broker, there, queues);
        there = queues;
        compare(broker, queues);
        runAgent(broker, queues);
      }
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
        interval: 5s
        timeout: 5s
        max_series: 10000000
        targets:
          - name: rabbitmq
            rabbitmq: {url: "%s"}
        """
            .formatted(broker.managementUrl()));
    int port = Ports.free();
    URI uri = URI.create("http://127.0.0.1:" + port + "/metrics");
    Path garbage = folder.resolve("gc.log");
    try (ServerProcess agent =
            ServerProcess.start(
                "agent",
                folder,
                Map.of(
                    "JAVA_HOME",
                    System.getProperty("java.home"),
                    "JAVA_OPTS",
                    "-Xlog:gc:file=" + garbage),
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
          "The agent with its own heap, %,d queues, %,d series: success %d, at most %d MB in use after a"
              + " collection of garbage, %d MB between two passes%n",
          queues,
          KafkaScaleBenchmark.valueOrNone(client, uri, "mq_exporter_series{"),
          KafkaScaleBenchmark.valueOrNone(client, uri, "mq_exporter_collection_success{"),
          highest(garbage),
          KafkaScaleBenchmark.liveBytes(agent) / 1_000_000);
    }
  }

  private static int highest(Path garbage) throws IOException {
    return PAUSE
        .matcher(Files.readString(garbage))
        .results()
        .mapToInt(pause -> Integer.parseInt(pause.group(1)))
        .max()
        .orElse(0);
  }
}
