package io.mqexporter.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqexporter.brokers.Command;
import io.mqexporter.brokers.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What promtool says of the rules, and what {@code make check-rules} says of a user's. */
class PromtoolIT {

  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  private static final String RULE =
      """
      groups:
        - name: mine
          rules:
            - alert: MyAlert
              expr: '%s'
      """;

  @TempDir private Path folder;

  static Stream<RuleFile> files() {
    return Alerts.files().stream();
  }

  @ParameterizedTest
  @MethodSource("files")
  void theRulesPassTheirTests(RuleFile file) {
    passes("promtool", file);
  }

  @ParameterizedTest
  @MethodSource("files")
  void theRulesPassTheirTestsInANewerRelease(RuleFile file) {
    String newest =
        Command.run(
                TIMEOUT,
                Map.of(),
                List.of(Repository.file("src/test/bin/newest-promtool").toString()))
            .strip();

    assertThat(Command.run(TIMEOUT, Map.of(), List.of(newest, "--version"))).contains("version 3.");
    passes(newest, file);
  }

  @Test
  void alertmanagerTakesTheInhibitions() {
    Command.run(
        TIMEOUT,
        Map.of(),
        List.of("amtool", "check-config", Alerts.FOLDER.resolve("alertmanager.yml").toString()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          messaging_consumer_lag > 5 | messaging_consumer_lag: no such metric (expected: one of METRICS.md)
          messaging_upp == 0 | messaging_upp: no such metric (expected: one of METRICS.md; did you mean messaging_up?)
          messaging_up{vhost="/"} == 0 | messaging_up{vhost}: no such label
          messaging_consumer_status{status="dead"} == 1 | {status="dead"}: never there
          {job="x"} > 1 | {...}: names no metric
          sum by (topic) (messaging_up) == 0 | topic: a label of none of the metrics
          count by (messaging_cluster) (messaging_up) == 0 | count(...) == 0: can never be true
          count(messaging_up) by (messaging_cluster) < 1 | count(...) < 1: can never be true
          rate(mq_exporter_requests_total[5m]) < 0 | rate(...) < 0: can never be true
          messaging_up > 1 | messaging_up > 1: can never be true
          messaging_consumer_lag_messages{messaging_system="kafka"} < 0 | messaging_consumer_lag_messages < 0: can never be true
          mq_exporter_requests_total > 10 | mq_exporter_requests_total > 10: a counter only grows
          rate(messaging_consumer_lag_messages[5m]) > 0 | rate(messaging_consumer_lag_messages): of a gauge
          messaging_up == | parse error
          """)
  void whatIsWrongInAnExpressionIsSaid(String expression, String problem) throws IOException {
    Path file = folder.resolve("mine.yaml");
    Files.writeString(file, RULE.formatted(expression));

    assertThat(CheckRules.check(file)).anyMatch(line -> line.contains(problem));
  }

  @Test
  void whatARuleLacksIsSaid() throws IOException {
    Path file = folder.resolve("mine.yaml");
    Files.writeString(
        file,
        RULE.formatted("sum by (messaging_cluster) (messaging_up) == 0")
            + """
                    labels: {severity: page}
                    annotations: {description: "{{ $labels.topic }}"}
            """);

    assertThat(CheckRules.check(file))
        .allMatch(line -> line.startsWith(file + ":4: MyAlert: "))
        .map(line -> line.replaceFirst(".*: MyAlert: ", ""))
        .containsExactly(
            "labels.severity: page (expected: one of [critical, warning, info, none])",
            "labels.component: missing (expected: what to route by, such as kafka)",
            "annotations.summary: missing (expected: a text)",
            "annotations.runbook_url: missing (expected: a text)",
            "annotations.dashboard_url: missing (expected: a text)",
            "no section in the runbook (expected: ## MyAlert in runbooks/mine.md)",
            "annotations: $labels.topic (expected: a label of the result: [severity,"
                + " messaging_cluster])",
            "no test 'MyAlert fires' (expected: in tests/mine.yaml)",
            "no test 'MyAlert stays quiet' (expected: in tests/mine.yaml)",
            "no test 'MyAlert: source away' (expected: in tests/mine.yaml)");
  }

  @Test
  void aFileThatIsNoneIsSaidToBe() throws IOException {
    Path file = folder.resolve("mine.yaml");
    Files.writeString(file, "groups: [\n");

    assertThat(CheckRules.check(file)).singleElement().asString().contains("yaml");
  }

  private static void passes(String promtool, RuleFile file) {
    Command.run(TIMEOUT, Map.of(), List.of(promtool, "check", "rules", file.path().toString()));
    Command.run(
        TIMEOUT,
        Map.of(),
        List.of(
            promtool,
            "test",
            "rules",
            Alerts.FOLDER.resolve("tests/" + file.name() + ".yaml").toString()));
  }
}
