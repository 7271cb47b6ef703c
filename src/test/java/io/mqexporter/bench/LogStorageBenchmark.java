package io.mqexporter.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.mqexporter.brokers.Command;
import io.mqexporter.brokers.Ports;
import io.mqexporter.brokers.Repository;
import io.mqexporter.brokers.SearchNode;
import io.mqexporter.brokers.ServerProcess;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * How fast logs are forwarded: all lines into OpenSearch, against curl that sends finished bodies
 * of the same documents; and the few errors of a large file, against grep that counts them.
 */
final class LogStorageBenchmark {

  private static final int LINES = Integer.getInteger("logs.lines", 300_000);
  private static final int RUNS = Integer.getInteger("logs.runs", 3);
  private static final int BODY_BYTES = 2 << 20;
  private static final Duration TIMEOUT = Duration.ofMinutes(20);
  private static final String DAY = "2026.11.24";

  private LogStorageBenchmark() {}

  static void run() throws IOException {
    Path folder = Repository.emptyRunFolder("bench-log-storage");
    try (SearchNode node = SearchNode.openSearch("bench-log-storage-opensearch")) {
      compareWithCurl(folder, node);
    }
  }

  private static void compareWithCurl(Path folder, SearchNode node) throws IOException {
    Path log = folder.resolve("all.log");
    writeLog(log);
    double ready = forward(folder, node, "warm_up", log);
    List<Path> bodies = bodies(folder, node);
    var curl = new double[RUNS];
    var agent = new double[RUNS];
    for (int run = 0; run < RUNS; run++) {
      curl[run] = curl(folder, node, bodies, "curl" + run);
      agent[run] = forward(folder, node, "agent" + run, log);
    }
    double theirs = median(curl);
    double ours = median(agent);
    System.out.printf(
        "%d lines into OpenSearch: curl with finished bodies %.1f s, the agent from its start on"
            + " %.1f s (the first time %.1f s): %.2f x its speed (medians of %d)%n",
        LINES, theirs, ours, ready, theirs / ours, RUNS);
  }

  /** Returns for how long the agent ran until the server had so many events. */
  private static double forward(Path folder, SearchNode node, String namespace, Path log)
      throws IOException {
    Path home = Files.createDirectories(folder.resolve(namespace));
    Path file = home.resolve("mq-exporter.yaml");
    Files.writeString(
        file,
        """
        targets:
          - {name: orders, interval: 1h, kafka: {bootstrap_servers: '127.0.0.1:1'}}
        logs:
          state_folder: %s/state
          sources:
            - {target: orders, paths: '%s', time_zone: UTC, level: trace}
          sinks:
            - elasticsearch: {url: '%s', index: daily, namespace: %s, template: install}
        """
            .formatted(home, log, node.url(), namespace));
    long start = System.nanoTime();
    try (ServerProcess agent =
        ServerProcess.start(
            "agent",
            home,
            Map.of("JAVA_HOME", System.getProperty("java.home")),
            List.of(
                Repository.file("exporter/target/mq-exporter").toString(),
                "--config.file=" + file,
                "--web.listen-address=127.0.0.1:" + Ports.free()))) {
      String index = "mq-logs-" + namespace + "-" + DAY;
      agent.awaitReady(TIMEOUT, () -> node.stored(index) >= LINES);
      double seconds = seconds(start);
      System.out.printf(
          "  %s: %.1f s, resident memory %d MB%n",
          namespace, seconds, AgentBenchmark.residentBytes(agent) / 1_000_000);
      return seconds;
    }
  }

  private static double curl(Path folder, SearchNode node, List<Path> bodies, String namespace)
      throws IOException {
    Path config = folder.resolve("curl.conf");
    String index = "mq-logs-" + namespace + "-" + DAY;
    try (BufferedWriter out = Files.newBufferedWriter(config)) {
      for (Path body : bodies) {
        out.write(
            """
            url = "%s/%s/_bulk?filter_path=errors"
            header = "content-type: application/x-ndjson"
            data-binary = "@%s"
            next
            """
                .formatted(node.url(), index, body));
      }
    }
    long start = System.nanoTime();
    Command.run(TIMEOUT, Map.of(), List.of("curl", "-sS", "-K", config.toString()));
    return seconds(start);
  }

  /** Writes what the agent has stored as bodies that store it again. */
  private static List<Path> bodies(Path folder, SearchNode node) throws IOException {
    var bodies = new ArrayList<Path>();
    var body = new StringBuilder();
    for (JsonNode document : node.documents("mq-logs-warm_up-" + DAY)) {
      body.append("{\"create\":{\"_id\":").append(document.path("_id")).append("}}\n");
      body.append(document.path("_source")).append('\n');
      if (body.length() > BODY_BYTES) {
        bodies.add(write(folder, bodies.size(), body));
      }
    }
    bodies.add(write(folder, bodies.size(), body));
    return bodies;
  }

  private static Path write(Path folder, int number, StringBuilder body) throws IOException {
    Path file = Files.writeString(folder.resolve("body-" + number + ".ndjson"), body);
    body.setLength(0);
    return file;
  }

  /** Writes lines as a broker of Kafka does. */
  private static void writeLog(Path file) throws IOException {
    var random = new Random(1);
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (int i = 0; i < LINES; i++) {
        out.write(
            "[2026-11-24 10:%02d:%02d,%03d] INFO [Partition topic-%d-%d broker=1] Shrinking ISR from 1,2,3 to 1. Leader: (highWatermark: %d, endOffset: %d). (kafka.cluster.Partition)\n"
                .formatted(
                    i / 60_000 % 60,
                    i / 1_000 % 60,
                    i % 1_000,
                    random.nextInt(100),
                    random.nextInt(12),
                    random.nextInt(1_000_000),
                    i));
      }
    }
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static double seconds(long startNanos) {
    return (System.nanoTime() - startNanos) / 1e9;
  }
}
