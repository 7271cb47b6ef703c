package io.mqexporter.brokers;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Kafka's own command-line tools, which tell what a cluster holds independently of this project.
 */
public final class KafkaTools {

  private static final Duration TIMEOUT = Duration.ofMinutes(2);
  private static final Pattern COMMITTED =
      columns(
          "(\\S+)", "(\\S+)", "(\\d+)", "(\\d+|-)", "(\\d+|-)", "(-?\\d+|-)", "(\\S+)", "\\S+.*");
  private static final Pattern SHARED =
      columns("(\\S+)", "(\\S+)", "(\\d+)", "(\\d+|-)", "(\\d+|-)");
  private static final Pattern STATE = columns("(\\S+)", "\\S+:\\d+ .*?", "(\\w+)", "(\\d+)");
  private static final Pattern STREAMED =
      columns("(\\S+)", "(\\S+)", "(\\d+)", "(\\d+|-)", "(?:\\d+|-)", "(\\d+|-)", "(-?\\d+|-)");
  private static final Pattern OFFSET = Pattern.compile("^(.+):(\\d+):(\\d+)$", Pattern.MULTILINE);

  private final String bootstrapServers;

  /** Creates the tools for a cluster. */
  public KafkaTools(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
  }

  /**
   * A line of {@code kafka-consumer-groups --describe}.
   *
   * @param lag what the tool prints: below zero where the commit lies beyond the end
   * @param assigned whether the tool names a consumer
   */
  public record Committed(
      String group,
      String topic,
      int partition,
      OptionalLong committed,
      OptionalLong end,
      OptionalLong lag,
      boolean assigned) {}

  /** A line of {@code kafka-share-groups --describe}. */
  public record Shared(
      String group, String topic, int partition, OptionalLong start, OptionalLong lag) {}

  /** A line of {@code kafka-consumer-groups --describe --state}. */
  public record State(String group, String state, int members) {}

  /** A line of {@code kafka-get-offsets}. */
  public record Offset(String topic, int partition, long offset) {}

  /** Returns what all groups that commit offsets have committed, or have assigned. */
  public List<Committed> committed() {
    return parse(
        run("consumer.group.ConsumerGroupCommand", "--describe", "--all-groups"),
        COMMITTED,
        line ->
            new Committed(
                line.group(1),
                line.group(2),
                Integer.parseInt(line.group(3)),
                number(line.group(4)),
                number(line.group(5)),
                number(line.group(6)),
                !line.group(7).equals("-")));
  }

  /** Returns what all streams groups have committed; whose partitions those are it does not say. */
  public List<Committed> streamed() {
    return parse(
        run("streams.StreamsGroupCommand", "--describe", "--all-groups", "--verbose"),
        STREAMED,
        line ->
            new Committed(
                line.group(1),
                line.group(2),
                Integer.parseInt(line.group(3)),
                number(line.group(4)),
                number(line.group(5)),
                number(line.group(6)),
                false));
  }

  /** Returns the progress of all share groups. */
  public List<Shared> shared() {
    return parse(
        run("consumer.group.ShareGroupCommand", "--describe", "--all-groups"),
        SHARED,
        line ->
            new Shared(
                line.group(1),
                line.group(2),
                Integer.parseInt(line.group(3)),
                number(line.group(4)),
                number(line.group(5))));
  }

  /** Returns the state of all groups that commit offsets. */
  public List<State> states() {
    return parse(
        run("consumer.group.ConsumerGroupCommand", "--describe", "--all-groups", "--state"),
        STATE,
        line -> new State(line.group(1), line.group(2), Integer.parseInt(line.group(3))));
  }

  /**
   * Returns an offset of each partition, without those of Kafka's internal topics.
   *
   * @param time {@code earliest} or {@code latest}
   */
  public List<Offset> offsets(String time) {
    return parse(
        run("GetOffsetShell", "--time", time, "--exclude-internal-topics"),
        OFFSET,
        line ->
            new Offset(
                line.group(1), Integer.parseInt(line.group(2)), Long.parseLong(line.group(3))));
  }

  private String run(String tool, String... arguments) {
    return runTool(bootstrapServers, tool, arguments);
  }

  /** Runs a tool and returns what it prints. */
  static String runTool(String bootstrapServers, String tool, String... arguments) {
    var all = new ArrayList<>(List.of("--bootstrap-server", bootstrapServers));
    all.addAll(List.of(arguments));
    return Command.run(
        TIMEOUT,
        Map.of(),
        JavaCommand.of(
            List.of("-Xmx256m"),
            Repository.classPathOf("kafka-tools"),
            "org.apache.kafka.tools." + tool,
            all));
  }

  private static Pattern columns(String... columns) {
    return Pattern.compile("^" + String.join(" +", columns) + " *$", Pattern.MULTILINE);
  }

  private static <T> List<T> parse(String output, Pattern line, Function<MatchResult, T> toRecord) {
    return line.matcher(output).results().map(toRecord).toList();
  }

  private static OptionalLong number(String column) {
    return column.equals("-") ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(column));
  }
}
