package io.mqexporter.alerts;

import io.mqexporter.brokers.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The rules that are shipped, in the folder {@code alerts}. */
public final class Alerts {

  /** Their folder. */
  public static final Path FOLDER = Repository.file("alerts");

  /** The uids of the dashboards that they link to. */
  public static final Set<String> DASHBOARDS =
      Set.of(
          "mq-exporter-fleet",
          "mq-exporter-consumers",
          "mq-exporter-destination",
          "mq-exporter-kafka",
          "mq-exporter-rabbitmq",
          "mq-exporter-rocketmq",
          "mq-exporter-agent",
          "mq-exporter-alerts");

  private Alerts() {}

  /** Returns all files. */
  public static List<RuleFile> files() {
    return Stream.of("messaging", "kafka", "rabbitmq", "rocketmq", "agent")
        .map(name -> RuleFile.read(FOLDER.resolve(name + ".yaml")))
        .toList();
  }

  /** Returns all rules of all files. */
  public static List<Rule> rules() {
    return files().stream().flatMap(file -> file.rules().stream()).toList();
  }

  /** Returns a rule by its name. */
  public static Rule rule(String name) {
    return rules().stream().filter(rule -> rule.name().equals(name)).findFirst().orElseThrow();
  }

  /** Returns the metrics that rules and dashboards may speak of. */
  public static KnownMetrics known() {
    var known = new KnownMetrics();
    known.addRecorded(rules());
    known.addAlerts(rules());
    return known;
  }

  /** Returns what is wrong with a file, looking for its tests and runbook beside it. */
  public static List<String> problems(RuleFile file) {
    Path runbook = file.path().resolveSibling("runbooks").resolve(file.name() + ".md");
    Path tests = file.path().resolveSibling("tests").resolve(file.name() + ".yaml");
    var known = known();
    known.addRecorded(file.rules());
    return new RuleProblems(known, DASHBOARDS)
        .of(file, RuleTests.read(tests), Files.exists(runbook) ? text(runbook) : "");
  }

  private static String text(Path path) {
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new UncheckedIOException(path + ": cannot be read", e);
    }
  }
}
