package io.mqexporter.kafka;

import static java.util.Objects.requireNonNull;

import io.mqexporter.kafka.snapshot.Details.LogDir;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.DescribeLogDirsResult;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.admin.ReplicaInfo;

/** Reads the folders in which brokers keep their logs. */
final class LogDirReader {

  private final Gaps gaps;

  LogDirReader(Gaps gaps) {
    this.gaps = gaps;
  }

  /**
   * What the folders hold.
   *
   * @param logDirs the folders of the brokers that answered; empty if none did
   * @param partitionBytes the bytes of the largest replica of each partition, by topic; empty if a
   *     broker did not answer, which may have the largest
   * @param topicBytes the bytes of all replicas of each topic; empty if a broker did not answer, or
   *     cannot use a folder
   */
  record Sizes(
      Optional<List<LogDir>> logDirs,
      Map<String, Map<Integer, Long>> partitionBytes,
      Map<String, Long> topicBytes) {}

  /** Waits for the answers of all brokers. */
  Sizes await(DescribeLogDirsResult result, Stage stage) throws InterruptedException {
    Answers<Integer, Map<String, LogDirDescription>> answers =
        Answers.await(
            result.descriptions().keySet(),
            broker -> requireNonNull(result.descriptions().get(broker)),
            stage.end());
    gaps.add("log directories", "broker", answers.failures());
    var logDirs = new ArrayList<LogDir>();
    var bytes = new HashMap<String, Map<Integer, Long>>();
    var topicBytes = new HashMap<String, Long>();
    answers
        .values()
        .forEach((broker, dirs) ->
            dirs.forEach((path, dir) -> {
              logDirs.add(logDir(broker, path, dir));
              addReplicas(dir, bytes);
              dir.replicaInfos()
                  .forEach((partition, replica) ->
                      topicBytes.merge(partition.topic(), replica.size(), Long::sum));
            }));
    logDirs.sort(Comparator.comparingInt(LogDir::broker).thenComparing(LogDir::path));
    return new Sizes(
        answers.values().isEmpty() ? Optional.empty() : Optional.of(logDirs),
        answers.failures().isEmpty() ? bytes : Map.of(),
        answers.failures().isEmpty() && logDirs.stream().noneMatch(LogDir::offline)
            ? topicBytes
            : Map.of());
  }

  private static LogDir logDir(int broker, String path, LogDirDescription dir) {
    long bytes = 0;
    long maxLag = 0;
    for (ReplicaInfo replica : dir.replicaInfos().values()) {
      bytes += replica.size();
      // A future replica is on its way from another folder of the same broker.
      maxLag = replica.isFuture() ? maxLag : Math.max(maxLag, replica.offsetLag());
    }
    return new LogDir(
        broker, path, dir.error() != null, bytes, maxLag, dir.totalBytes(), dir.usableBytes());
  }

  private static void addReplicas(LogDirDescription dir, Map<String, Map<Integer, Long>> bytes) {
    dir.replicaInfos()
        .forEach((partition, replica) -> {
          if (!replica.isFuture()) {
            bytes
                .computeIfAbsent(partition.topic(), _ -> new HashMap<>())
                .merge(partition.partition(), replica.size(), Math::max);
          }
        });
  }
}
