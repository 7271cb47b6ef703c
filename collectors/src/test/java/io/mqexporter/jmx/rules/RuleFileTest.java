package io.mqexporter.jmx.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RuleFileTest {

  @Test
  void whatIsSaidOfTheConnectionDoesNotCount() throws Exception {
    RuleFile file =
        RuleFile.of(
            Path.of("rules.yaml"),
            """
            startDelaySeconds: 30
            hostPort: broker.invalid:9999
            username: monitor
            password: ${JMX_PASSWORD}
            ssl: {enabled: true}
            lowercaseOutputName: true
            rules:
              - pattern: kafka.server<type=(\\w+)><>Value
                name: kafka_server_$1
            """);

    assertThat(file.yaml())
        .contains("lowercaseOutputName: true", "kafka_server_$1")
        .doesNotContain("broker.invalid", "monitor", "JMX_PASSWORD", "ssl", "startDelaySeconds");
  }

  @Test
  void anEmptyFileIsOneAsForJmxExporter() throws Exception {
    assertThat(RuleFile.of(Path.of("rules.yaml"), "").yaml()).contains("jmxUrl:");
  }

  @Test
  void namesWhatIsWrongAndWhere() {
    assertThat(problem("rules:\n  - pattern: 'a\n")).startsWith("3: ");
    assertThat(problem("- a\n")).isEqualTo("1: no keys and values");
    assertThat(problem("!!java.util.Date {}\n")).startsWith("1: ");
    assertThat(problem("lowercaseOutputName: true\nlowercaseOutputLabelNames: maybe\n"))
        .isEqualTo("2: lowercaseOutputLabelNames: a value of the wrong kind");
    assertThat(problem("includeObjectNames:\n  - 'kafka.server'\n"))
        .startsWith("1: includeObjectNames: ");
    assertThat(problem("rules: many\n")).isEqualTo("1: rules: a value of the wrong kind");
  }

  @Test
  void namesTheRuleThatIsWrong() {
    assertThat(rule("pattern: 'kafka<type=(.+'", "name: a"))
        .isEqualTo("4: rules[1]: pattern: Unclosed group in kafka<type=(.+");
    assertThat(rule("name: a")).isEqualTo("4: rules[1]: Must provide pattern, if name is given");
    assertThat(rule("pattern: a", "help: b"))
        .isEqualTo("4: rules[1]: Must provide name, if help or labels are given");
    assertThat(rule("pattern: a", "name: b", "valueFactor: much"))
        .isEqualTo("4: rules[1]: Invalid number provided for valueFactor");
  }

  @Test
  void namesAReferenceToAGroupThatIsNotThere() {
    assertThat(rule("pattern: 'a(.+)'", "name: b_$2"))
        .isEqualTo("4: rules[1]: name: b_$2 refers to no group of the pattern, which has 1");
    assertThat(rule("pattern: 'a(.+)'", "name: b", "labels: {topic: $1, partition: $3}"))
        .isEqualTo("4: rules[1]: labels: $3 refers to no group of the pattern, which has 1");
    assertThat(rule("pattern: 'a(?<b>.+)'", "name: '${c}'"))
        .isEqualTo("4: rules[1]: name: ${c} refers to no group of the pattern, which has 1");
    assertThat(rule("pattern: 'a(?<b>.+)'", "name: '${b}_$1_\\$5'")).isEqualTo("nothing");
  }

  private static String rule(String... lines) {
    return problem(
        "rules:\n  - pattern: b\n    name: c\n  - %s\n".formatted(String.join("\n    ", lines)));
  }

  private static String problem(String text) {
    RuleException problem =
        catchThrowableOfType(RuleException.class, () -> RuleFile.of(Path.of("rules.yaml"), text));
    return problem == null ? "nothing" : problem.line() + ": " + problem.getMessage();
  }
}
