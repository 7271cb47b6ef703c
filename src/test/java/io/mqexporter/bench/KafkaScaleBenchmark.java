package io.mqexporter.bench;

import static java.util.stream.Collectors.toMap;

import io.mqexporter.brokers.Command;
import io.mqexporter.brokers.KafkaCluster;
import io.mqexporter.brokers.KafkaSetup;
import io.mqexporter.brokers.Ports;
import io.mqexporter.brokers.Repository;
import io.mqexporter.brokers.ServerProcess;
import io.mqexporter.collector.Deadline;
import io.mqexporter.collector.Settings;
import io.mqexporter.collector.Shard;
import io.mqexporter.collector.ShardedCollector;
import io.mqexporter.kafka.KafkaCollector;
import io.mqexporter.kafka.KafkaConfig;
import io.mqexporter.messaging.ClusterMemory;
import io.mqexporter.messaging.LagObjectives;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/**
 * Very many groups on three brokers: the time of a collection against that of bare calls and of a
 * call for each group, the heap of the agent, and a scrape of a million series.
 */
final class KafkaScaleBenchmark {

  private static final int TOPICS = 100;
  static final int PARTITIONS = 50;
  private static final List<Integer> SIZES = List.of(1_000, 3_000, 10_000);
  private static final List<Integer> SHARES = List.of(2, 4);
  private static final int CALLS_AT_ONCE = 100;
  private static final int COLLECTIONS = 3;
  static final Duration TIMEOUT = Duration.ofMinutes(5);

  private KafkaScaleBenchmark() {}

  static void run() throws Exception {
    try (var cluster =
            KafkaCluster.start(
                "bench-kafka-scale",
                KafkaSetup.of(3)
                    .with("offsets.topic.num.partitions", "48")
                    .with("offsets.topic.replication.factor", "1"));
        Admin admin = cluster.admin()) {
      createTopics(admin);
      int groups = 0;
      for (int size : SIZES) {
        commit(admin, groups, size);
        groups = size;
        comparePasses(cluster.bootstrapServers(), admin, size);
        measureAgent(cluster.bootstrapServers(), size);
      }
    }
  }

  private static void comparePasses(String servers, Admin admin, int groups) throws Exception {
    String what =
        "Kafka, 3 brokers, %,d partitions, %,d groups, %,d committed offsets"
            .formatted(TOPICS * PARTITIONS, groups, groups * PARTITIONS);
    try (var collector = collector(servers)) {
      Comparison.print(
          what,
          "the bare Admin client's calls for the same",
          () -> KafkaBenchmark.bareCalls(admin),
          () -> collector.collect(Deadline.after(TIMEOUT)),
          10,
          11);
      Comparison.print(
          what,
          "the same, but no group described that is listed as empty,",
          () -> KafkaBenchmark.sameCalls(admin),
          () -> collector.collect(Deadline.after(TIMEOUT)),
          5,
          11);
      long before = collector.requestsSent();
      collector.collect(Deadline.after(TIMEOUT));
      System.out.printf("%s: %d requests a collection%n", what, collector.requestsSent() - before);
      compareCallForEachGroup(what, admin, collector, groups, 3);
      compareShares(what, servers, collector);
    }
  }

  /** One share of several, against all of it in one. */
  private static void compareShares(String what, String servers, KafkaCollector whole)
      throws Exception {
    for (int total : SHARES) {
      for (int ordinal = 0; ordinal < total; ordinal++) {
        var shard = new Shard(ordinal, total);
        try (var share = new ShardedCollector(collector(servers, shard), shard, Set.of())) {
          Comparison.print(
              what + ", shard %d of %d".formatted(ordinal, total),
              "all in one",
              () -> whole.collect(Deadline.after(TIMEOUT)),
              () -> share.collect(Deadline.after(TIMEOUT)),
              5,
              5);
        }
      }
    }
  }

  /** As kafka_exporter asks: each broker for one group after the other, or for 100 at once. */
  private static void compareCallForEachGroup(
      String what, Admin admin, KafkaCollector collector, int groups, int brokers)
      throws Exception {
    for (int atOnce : new int[] {brokers, CALLS_AT_ONCE}) {
      Comparison.print(
          what,
          "the offsets alone by a call for each group, %d at once,".formatted(atOnce),
          () -> callForEachGroup(admin, groups, atOnce),
          () -> collector.collect(Deadline.after(TIMEOUT)),
          2,
          3);
    }
  }

  private static void measureAgent(String servers, int groups) throws Exception {
    Path folder = Repository.emptyRunFolder("bench-agent-scale");
    Path file = folder.resolve("mq-exporter.yaml");
    Files.writeString(
        file,
        """
        interval: 20s
        timeout: 20s
        max_series: 10000000
        targets:
          - name: kafka
            kafka:
              bootstrap_servers: %s
        """
            .formatted(servers));
    int port = Ports.free();
    URI uri = URI.create("http://127.0.0.1:" + port + "/metrics");
    try (ServerProcess agent =
            ServerProcess.start(
                "agent",
                folder,
                Map.of("JAVA_HOME", System.getProperty("java.home"), "JAVA_OPTS", "-Xmx512m"),
                List.of(
                    Repository.file("exporter/target/mq-exporter").toString(),
                    "--config.file=" + file,
                    "--web.listen-address=127.0.0.1:" + port));
        var client = HttpClient.newHttpClient()) {
      agent.awaitReady(
          Duration.ofMinutes(2),
          () -> valueOrNone(client, uri, "mq_exporter_collection_success{") >= 1);
      // Each collection shows another number of requests.
      var requests = new HashSet<Long>();
      agent.awaitReady(
          TIMEOUT,
          () -> {
            requests.add(valueOrNone(client, uri, "mq_exporter_requests_total{"));
            return requests.size() > COLLECTIONS;
          });
      long series = value(client, uri, "mq_exporter_series{");
      System.out.printf(
          "The agent with a heap of at most 512 MB, %,d groups, %,d committed offsets, %,d series:"
              + " it holds %d MB after a full collection of garbage%n",
          groups, groups * PARTITIONS, series, liveBytes(agent) / 1_000_000);
      if (groups == SIZES.getLast()) {
        StaticFile.compareScrapes(client, uri, series, folder);
      }
    }
  }

  /** Returns a value of the page; 0 while there is none. */
  static long valueOrNone(HttpClient client, URI uri, String start) {
    try {
      return value(client, uri, start);
    } catch (IOException e) {
      return 0;
    }
  }

  private static long value(HttpClient client, URI uri, String start) throws IOException {
    // Closed, since a client whose answer was not read to its end does not end either.
    try (Stream<String> lines =
        client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofLines()).body()) {
      return lines
          .filter(line -> line.startsWith(start))
          .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
          .findFirst()
          .orElse(0);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  /** Returns what a JVM holds after a full collection of garbage. */
  static long liveBytes(ServerProcess agent) {
    return Command.jcmd(agent.handle(), "GC.class_histogram")
        .lines()
        .filter(line -> line.startsWith("Total"))
        .mapToLong(
            line -> Long.parseLong(line.strip().replaceAll("^\\S+\\s+\\S+\\s+(\\S+).*$", "$1")))
        .findFirst()
        .orElseThrow();
  }

  static KafkaCollector collector(String servers) {
    return collector(servers, Shard.WHOLE);
  }

  private static KafkaCollector collector(String servers, Shard shard) {
    return new KafkaCollector(
        "bench",
        Settings.fixed(new KafkaConfig(servers, Map.of(), KafkaConfig.DEFAULT_DEAD_LETTER_TOPICS)),
        new ClusterMemory(Duration.ofMinutes(3)),
        LagObjectives.NONE,
        shard,
        Clock.systemUTC());
  }

  static void createTopics(Admin admin) throws Exception {
    admin
        .createTopics(
            IntStream.range(0, TOPICS)
                .mapToObj(i -> new NewTopic("topic-" + i, PARTITIONS, (short) 1))
                .toList())
        .all()
        .get();
  }

  static void commit(Admin admin, int from, int to) throws Exception {
    var commits = new ArrayDeque<KafkaFuture<Void>>();
    for (int group = from; group < to; group++) {
      String topic = "topic-" + group % TOPICS;
      commits.add(
          admin
              .alterConsumerGroupOffsets(
                  "group-" + group,
                  IntStream.range(0, PARTITIONS)
                      .boxed()
                      .collect(
                          toMap(
                              partition -> new TopicPartition(topic, partition),
                              _ -> new OffsetAndMetadata(0))))
              .all());
      // The first call makes the brokers create the topic for the others.
      if (group == 0 || commits.size() > CALLS_AT_ONCE) {
        commits.remove().get();
      }
    }
    for (var commit : commits) {
      commit.get();
    }
  }

  static void callForEachGroup(Admin admin, int groups, int atOnce) throws Exception {
    var calls = new ArrayDeque<KafkaFuture<?>>();
    for (int group = 0; group < groups; group++) {
      calls.add(admin.listConsumerGroupOffsets("group-" + group).partitionsToOffsetAndMetadata());
      if (calls.size() >= atOnce) {
        calls.remove().get();
      }
    }
    for (var call : calls) {
      call.get();
    }
  }
}
