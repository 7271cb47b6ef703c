package io.mqexporter.brokers;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** RocketMQ's own command-line tool, {@code mqadmin}. Safe for use by several threads. */
public final class RocketMqAdmin {

  private static final int MOST_ATTEMPTS = 5;

  private static final Pattern ERROR_CODE = Pattern.compile("CODE: (\\d+)");

  private final RocketMqCluster cluster;

  /** Prepares the tool, in the release of the servers, for a running cluster. */
  public RocketMqAdmin(RocketMqCluster cluster) {
    this.cluster = cluster;
  }

  /**
   * What the tool prints of a queue that a group consumes.
   *
   * @param brokerOffset the queue's maximum offset
   * @param consumerOffset the committed offset, 0 where there is none
   * @param diff the difference of the two
   * @param inflight what was fetched and not committed; -1 where the tool does not tell, which that
   *     of releases before 5 does not
   */
  public record QueueProgress(
      String topic,
      String broker,
      int queueId,
      long brokerOffset,
      long consumerOffset,
      long diff,
      long inflight) {}

  /** What the tool prints of a topic's queue. */
  public record QueueStatus(String broker, int queueId, long minOffset, long maxOffset) {}

  /**
   * What the tool prints of a group in its list of all groups.
   *
   * @param clients the number of connected clients
   * @param diffTotal the sum over all queues
   */
  public record GroupProgress(String group, int clients, long diffTotal) {}

  /**
   * What the tool answers.
   *
   * @param rows the lines of its table
   * @param errorCode the response code that it complains of
   */
  public record Answer<T>(List<T> rows, OptionalInt errorCode) {

    /** Copies the rows. */
    public Answer {
      rows = List.copyOf(rows);
    }
  }

  /** Returns all groups that have a retry topic. */
  public Answer<GroupProgress> groups() {
    return ask(
        columns ->
            new GroupProgress(
                columns[0],
                Integer.parseInt(columns[1]),
                Long.parseLong(columns[columns.length - 1])),
        "consumerProgress");
  }

  /** Returns how far a group is. */
  public Answer<QueueProgress> progress(String group) {
    boolean tellsInFlight = cluster.release() != RocketMqRelease.V4_9;
    return ask(
        columns ->
            new QueueProgress(
                columns[0],
                columns[1],
                Integer.parseInt(columns[2]),
                Long.parseLong(columns[3]),
                Long.parseLong(columns[4]),
                Long.parseLong(columns[5]),
                tellsInFlight ? Long.parseLong(columns[6]) : -1),
        "consumerProgress",
        "-g",
        group);
  }

  /** Returns the offsets of a topic's queues. */
  public Answer<QueueStatus> status(String topic) {
    return ask(
        columns ->
            new QueueStatus(
                columns[0],
                Integer.parseInt(columns[1]),
                Long.parseLong(columns[2]),
                Long.parseLong(columns[3])),
        "topicStatus",
        "-t",
        topic);
  }

  /**
   * What the tool prints of a master or slave.
   *
   * @param version the release, as in {@code V5_5_0}
   */
  public record BrokerLine(String broker, String id, String address, String version) {}

  /** Returns the masters and slaves that the name servers know. */
  public Answer<BrokerLine> brokers() {
    return ask(
        columns -> new BrokerLine(columns[1], columns[2], columns[3], columns[4]), "clusterList");
  }

  /** Returns the runtime figures of a broker at an address, by their names. */
  public Map<String, String> figures(String address) {
    String output = run("brokerStatus", "-b", address);
    var figures = new TreeMap<String, String>();
    for (String line : output.lines().toList()) {
      int colon = line.indexOf(": ");
      if (colon > 0) {
        figures.put(line.substring(0, colon).strip(), line.substring(colon + 2).strip());
      }
    }
    return figures;
  }

  /** Returns what the tool prints about the slaves of a master at an address. */
  public String replication(String address) {
    return run("haStatus", "-b", address);
  }

  /** Runs the tool and reads its table, which begins with a line of {@code #} and ends blank. */
  private <T> Answer<T> ask(Function<String[], T> row, String... arguments) {
    String output = run(arguments);
    var rows = new ArrayList<T>();
    boolean inTable = false;
    for (String line : output.lines().toList()) {
      if (line.startsWith("#")) {
        inTable = true;
      } else if (inTable && line.isBlank()) {
        inTable = false;
      } else if (inTable) {
        rows.add(row.apply(line.strip().split("\\s+", -1)));
      }
    }
    Matcher code = ERROR_CODE.matcher(output);
    OptionalInt errorCode =
        code.find() ? OptionalInt.of(Integer.parseInt(code.group(1))) : OptionalInt.empty();
    if (rows.isEmpty() && errorCode.isEmpty() && !output.contains("#")) {
      throw new IllegalStateException(List.of(arguments) + ":\n" + output);
    }
    return new Answer<>(rows, errorCode);
  }

  /** Runs a command and returns what it prints. */
  public String run(String... arguments) {
    var command = new ArrayList<>(List.of(arguments));
    command.addAll(List.of("-n", cluster.nameServers()));
    String output = cluster.shell().run(command);
    // It gives up after five seconds, which a busy machine takes, and which cannot be set.
    for (int i = 1; i < MOST_ATTEMPTS && output.contains("RemotingTimeoutException"); i++) {
      output = cluster.shell().run(command);
    }
    return output;
  }
}
