package io.mqexporter.brokers;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Kafka's own command-line tools that tell where partitions are, and how large. */
public final class KafkaReplicaTools {

  private static final Pattern PLACED =
      Pattern.compile(
          "^\\s+Topic: (\\S+)\\s+Partition: (\\d+)\\s+Leader: (\\w+)"
              + "\\s+Replicas: ([\\d,]*)\\s+Isr: ([\\d,]*)",
          Pattern.MULTILINE);

  private final String bootstrapServers;

  /** Creates the tools for a cluster. */
  public KafkaReplicaTools(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
  }

  /** A line of {@code kafka-topics --describe}. */
  public record Placed(
      String topic,
      int partition,
      OptionalInt leader,
      List<Integer> replicas,
      List<Integer> inSync) {}

  /** A replica as {@code kafka-log-dirs --describe} shows it. */
  public record Replica(int broker, String path, String topic, int partition, long bytes) {}

  /** Returns the partitions, without those of Kafka's internal topics. */
  public List<Placed> partitions() {
    return placed();
  }

  /** Returns the partitions that are under-replicated, as the tool finds. */
  public List<Placed> underReplicated() {
    return placed("--under-replicated-partitions");
  }

  /** Returns the partitions without a leader, as the tool finds. */
  public List<Placed> unavailable() {
    return placed("--unavailable-partitions");
  }

  /** Returns the replicas in the folders of all brokers that take part. */
  public List<Replica> replicas() {
    String output = KafkaTools.runTool(bootstrapServers, "LogDirsCommand", "--describe");
    String json = output.substring(output.indexOf('{'));
    Map<String, Object> all = new Yaml(new SafeConstructor(limits())).load(json);
    return maps(all, "brokers")
        .flatMap(broker ->
            maps(broker, "logDirs")
                .flatMap(
                    dir -> maps(dir, "partitions").map(replica -> replica(broker, dir, replica))))
        .toList();
  }

  private List<Placed> placed(String... which) {
    String[] arguments =
        Stream.concat(Stream.of("--describe", "--exclude-internal"), Arrays.stream(which))
            .toArray(String[]::new);
    return PLACED
        .matcher(KafkaTools.runTool(bootstrapServers, "TopicCommand", arguments))
        .results()
        .map(KafkaReplicaTools::placed)
        .toList();
  }

  private static Placed placed(MatchResult line) {
    String leader = line.group(3);
    return new Placed(
        line.group(1),
        Integer.parseInt(line.group(2)),
        leader.equals("none") ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(leader)),
        ids(line.group(4)),
        ids(line.group(5)));
  }

  private static Replica replica(
      Map<String, Object> broker, Map<String, Object> dir, Map<String, Object> replica) {
    String partition = String.valueOf(replica.get("partition"));
    int dash = partition.lastIndexOf('-');
    return new Replica(
        number(broker, "broker").intValue(),
        String.valueOf(dir.get("logDir")),
        partition.substring(0, dash),
        Integer.parseInt(partition.substring(dash + 1)),
        number(replica, "size").longValue());
  }

  private static Number number(Map<String, Object> map, String key) {
    if (map.get(key) instanceof Number number) {
      return number;
    }
    throw new IllegalStateException(key + " is missing in " + map);
  }

  @SuppressWarnings("unchecked")
  private static Stream<Map<String, Object>> maps(Map<String, Object> map, String key) {
    if (map.get(key) instanceof List<?> list) {
      return list.stream().map(element -> (Map<String, Object>) element);
    }
    throw new IllegalStateException(key + " is missing in " + map);
  }

  private static LoaderOptions limits() {
    var options = new LoaderOptions();
    options.setCodePointLimit(64 << 20);
    return options;
  }

  private static List<Integer> ids(String list) {
    return list.isEmpty()
        ? List.of()
        : Arrays.stream(list.split(",", -1)).map(Integer::valueOf).toList();
  }
}
