package io.mqexporter.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.mqexporter.brokers.Command;
import io.mqexporter.brokers.Repository;
import io.mqexporter.brokers.SearchNode;
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
 * of the same documents.
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
    double first = forward(folder, node, "warm_up");
    List<Path> bodies = bodies(folder, node);
    var curl = new double[RUNS];
    var agent = new double[RUNS];
    for (int run = 0; run < RUNS; run++) {
      curl[run] = curl(folder, node, bodies, "curl" + run);
      agent[run] = forward(folder, node, "agent" + run);
    }
    double theirs = median(curl);
    double ours = median(agent);
    System.out.printf(
        "%,d lines into OpenSearch: curl with finished bodies %.1f s, an agent that gets them as its"
            + " first ones %.1f s: %.2f x its speed (medians of %d; before that %.1f s, when"
            + " OpenSearch was new, too)%n",
        LINES, theirs, ours, theirs / ours, RUNS, first);
  }

  /** Returns how long an agent took from getting the log until the server had all its events. */
  private static double forward(Path folder, SearchNode node, String namespace) throws IOException {
    Path home = Files.createDirectories(folder.resolve(namespace));
    Path log = home.resolve("all.log");
    writeLog(log);
    String index = "mq-logs-" + namespace + "-" + DAY;
    String sink =
        "elasticsearch: {url: '%s', index: daily, namespace: %s, template: install}"
            .formatted(node.url(), namespace);
    try (var agent = new LogAgent(home, "trace", sink)) {
      double seconds = agent.forward(log, () -> node.stored(index) >= LINES);
      System.out.printf(
          "  %s: %.1f s; memory grew by %d MB at most%n",
          namespace, seconds, agent.grownMegabytes());
      return seconds;
    }
  }

  private static double curl(Path folder, SearchNode node, List<Path> bodies, String namespace)
      throws IOException {
    Path config = folder.resolve("curl.conf");
    String index = "mq-logs-" + namespace + "-" + DAY;
    try (BufferedWriter out = Files.newBufferedWriter(config)) {
      for (Path body : bodies) {
        if (!body.equals(bodies.getFirst())) {
          out.write("next\n");
        }
        out.write(
            """
            url = "%s/%s/_bulk?filter_path=errors"
            header = "content-type: application/x-ndjson"
            data-binary = "@%s"
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
