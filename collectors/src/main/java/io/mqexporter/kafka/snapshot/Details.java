package io.mqexporter.kafka.snapshot;

import io.mqexporter.collector.Missing;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What changes slowly or costs much to read of a cluster, as one reading found it. What could not
 * be read is empty.
 *
 * @param logDirs the folders in which brokers keep their logs
 * @param partitionBytes the bytes on disk of the largest replica of each partition, by topic
 * @param topicBytes the bytes on disk of all replicas of each topic; empty if a folder could not be
 *     read, which may hold more
 * @param configs the configuration of topics, by topic and Kafka's names, defaults included
 * @param reassignments how many partitions are being moved to other brokers, by topic
 * @param transactions the transactions that are open
 * @param quotas the limits of clients
 * @param features the levels of the features that the cluster has agreed on
 * @param missing what could not be read although it should be there
 */
public record Details(
    Optional<List<LogDir>> logDirs,
    Map<String, Map<Integer, Long>> partitionBytes,
    Map<String, Long> topicBytes,
    Map<String, Map<String, String>> configs,
    Optional<Map<String, Integer>> reassignments,
    Optional<Transactions> transactions,
    Optional<List<Quota>> quotas,
    Map<String, Integer> features,
    List<Missing> missing) {

  /** Nothing was read yet. */
  public static final Details NONE =
      new Details(
          Optional.empty(),
          Map.of(),
          Map.of(),
          Map.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Map.of(),
          List.of());

  /** Copies the list of what is missing. */
  public Details {
    missing = List.copyOf(missing);
  }

  /** Returns how many replicas of a topic's partitions must be in sync. */
  public OptionalInt minInSync(String topic) {
    OptionalLong value = config(topic, "min.insync.replicas");
    return value.isPresent() ? OptionalInt.of((int) value.getAsLong()) : OptionalInt.empty();
  }

  /** Returns a number of a topic's configuration; empty if it is not known, or not a number. */
  public OptionalLong config(String topic, String name) {
    try {
      return OptionalLong.of(Long.parseLong(configs.getOrDefault(topic, Map.of()).get(name)));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  /**
   * A folder of a broker (KIP-113, KIP-827).
   *
   * @param offline whether the broker cannot use it any more
   * @param bytes the size of the logs in it
   * @param maxLag how many records the replica is behind that is furthest behind
   * @param totalBytes the size of its volume, from brokers since 3.3
   * @param usableBytes what is free of that
   */
  public record LogDir(
      int broker,
      String path,
      boolean offline,
      long bytes,
      long maxLag,
      OptionalLong totalBytes,
      OptionalLong usableBytes) {}

  /**
   * The transactions that are open.
   *
   * @param states how many are in each state
   * @param oldestStart when the oldest of those began that can still be committed
   * @param hanging how many have a beginning in a partition but no coordinator that would end them,
   *     by topic and partition; empty if that could not be found out
   */
  public record Transactions(
      Map<String, Integer> states,
      Optional<Instant> oldestStart,
      Optional<Map<String, Map<Integer, Integer>>> hanging) {}

  /**
   * A limit of clients.
   *
   * @param user the user that it is for, {@code <default>} for any that has none of its own; empty
   *     if it does not depend on the user
   * @param clientId the client that it is for, likewise
   * @param ip the address that it is for, likewise
   * @param name what is limited, as Kafka names it
   */
  public record Quota(String user, String clientId, String ip, String name, double limit) {}
}
