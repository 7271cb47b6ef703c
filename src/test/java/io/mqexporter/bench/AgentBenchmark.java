package io.mqexporter.bench;

import io.mqexporter.brokers.KafkaBroker;
import io.mqexporter.brokers.Ports;
import io.mqexporter.brokers.ProcessMemory;
import io.mqexporter.brokers.RabbitMqBroker;
import io.mqexporter.brokers.Repository;
import io.mqexporter.brokers.RocketMqBroker;
import io.mqexporter.brokers.ServerProcess;
import io.mqexporter.demo.KafkaWorkload;
import io.mqexporter.demo.RabbitMqWorkload;
import io.mqexporter.demo.RocketMqWorkload;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** How long the agent takes to its first full scrape, and how much memory it has in the end. */
final class AgentBenchmark {

  private static final int STARTS = 5;
  private static final Duration SETTLED = Duration.ofMinutes(2);
  private static final Duration READY_TIMEOUT = Duration.ofSeconds(60);

  private AgentBenchmark() {}

  static void run() throws Exception {
    try (var kafka = KafkaBroker.start("bench-kafka");
        var rabbitMq = RabbitMqBroker.start("bench-rabbitmq");
        var rocketMq = RocketMqBroker.start("bench-rocketmq");
        var client = HttpClient.newHttpClient()) {
      String configuration =
          """
          interval: 5s
          targets:
            - name: kafka
              kafka:
                bootstrap_servers: %s
            - name: rabbitmq
              rabbitmq:
                url: %s
            - name: rocketmq
              rocketmq:
                name_servers: %s
          """
              .formatted(kafka.bootstrapServers(), rabbitMq.managementUrl(), rocketMq.nameServer());
      measureStart("idle brokers", configuration, client);
      try (var _ = KafkaWorkload.start(kafka);
          var _ = RabbitMqWorkload.start(rabbitMq);
          var _ = RocketMqWorkload.start(rocketMq)) {
        measureStart("the demo's traffic", configuration, client);
        measureMemory(configuration, client);
      }
    }
  }

  private static void measureStart(String load, String configuration, HttpClient client)
      throws IOException {
    var millis = new double[STARTS];
    for (int i = 0; i < STARTS; i++) {
      long start = System.nanoTime();
      try (var _ = start(configuration, client)) {
        millis[i] = (System.nanoTime() - start) / 1e6;
      }
    }
    Arrays.sort(millis);
    System.out.printf(
        "From the start of the process to a scrape with all three brokers, %s: %.0f ms (median of"
            + " %d)%n",
        load, millis[STARTS / 2], STARTS);
  }

  private static void measureMemory(String configuration, HttpClient client)
      throws IOException, InterruptedException {
    try (ServerProcess agent = start(configuration, client)) {
      long end = System.nanoTime() + SETTLED.toNanos();
      while (System.nanoTime() < end) {
        scrape(client);
        TimeUnit.SECONDS.sleep(1);
      }
      System.out.printf(
          "Resident memory of the agent after %d s of the demo's traffic and a scrape a second:"
              + " %d MB%n",
          SETTLED.toSeconds(), ProcessMemory.NOW.bytes(agent.handle()) / 1_000_000);
    }
  }

  private static final int PORT = Ports.free();

  private static ServerProcess start(String configuration, HttpClient client) throws IOException {
    Path folder = Repository.emptyRunFolder("bench-agent");
    Path file = folder.resolve("mq-exporter.yaml");
    Files.writeString(file, configuration);
    ServerProcess agent =
        ServerProcess.start(
            "agent",
            folder,
            Map.of("JAVA_HOME", System.getProperty("java.home")),
            List.of(
                Repository.file("exporter/target/mq-exporter").toString(),
                "--config.file=" + file,
                "--web.listen-address=127.0.0.1:" + PORT));
    agent.awaitReady(
        READY_TIMEOUT,
        () ->
            scrape(client)
                    .lines()
                    .filter(line -> line.startsWith("messaging_up{") && line.endsWith(" 1"))
                    .count()
                == 3);
    return agent;
  }

  private static String scrape(HttpClient client) {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + PORT + "/metrics"))
            .timeout(Duration.ofSeconds(5))
            .build();
    try {
      return client.send(request, BodyHandlers.ofString()).body();
    } catch (IOException _) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
