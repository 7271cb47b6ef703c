package io.mqexporter.bench;

import io.mqexporter.brokers.KafkaBroker;
import io.mqexporter.brokers.Ports;
import io.mqexporter.collector.Deadline;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/**
 * Very many groups on one broker behind a network that takes 10 ms for each request: a collection
 * against a call for each group, which takes minutes and is done once.
 */
final class KafkaDelayBenchmark {

  private static final int GROUPS = 10_000;
  private static final int RUNS = 9;
  private static final Duration ONE_WAY_DELAY = Duration.ofMillis(5);

  private KafkaDelayBenchmark() {}

  static void run() throws Exception {
    int port = Ports.free();
    int delayedPort = Ports.free();
    try (var proxy = DelayProxy.start(delayedPort, port, Duration.ZERO);
        var _ = KafkaBroker.start("bench-kafka-delay", port, delayedPort);
        Admin admin =
            Admin.create(Map.of("bootstrap.servers", (Object) ("127.0.0.1:" + delayedPort)));
        var collector = KafkaScaleBenchmark.collector("127.0.0.1:" + delayedPort)) {
      KafkaScaleBenchmark.createTopics(admin);
      KafkaScaleBenchmark.commit(admin, 0, GROUPS);
      proxy.setDelay(ONE_WAY_DELAY);
      double theirs =
          Comparison.millis(() -> KafkaScaleBenchmark.callForEachGroup(admin, GROUPS, 1));
      var ours = new double[RUNS];
      for (int i = 0; i < RUNS; i++) {
        ours[i] =
            Comparison.millis(() -> collector.collect(Deadline.after(KafkaScaleBenchmark.TIMEOUT)));
      }
      Arrays.sort(ours);
      System.out.printf(
          "Kafka behind 10 ms, 1 broker, %,d groups, %,d committed offsets: the offsets alone by a"
              + " call for each group, one at a time, %,.0f ms, a collection here %,.0f ms (median of"
              + " %d): %.0f times as fast%n",
          GROUPS,
          GROUPS * KafkaScaleBenchmark.PARTITIONS,
          theirs,
          ours[RUNS / 2],
          RUNS,
          theirs / ours[RUNS / 2]);
    }
  }
}
