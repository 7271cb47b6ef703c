package io.mqexporter.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqexporter.brokers.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No rule is shipped without tests, runbook, labels and links, or of what nobody exposes. */
class AlertRulesTest {

  static Stream<RuleFile> files() {
    return Alerts.files().stream();
  }

  @ParameterizedTest
  @MethodSource("files")
  void nothingIsWrongWithARule(RuleFile file) {
    assertThat(Alerts.problems(file)).isEmpty();
  }

  @Test
  void alertsAreAsManyAsTheReadmeSays() throws IOException {
    long alerts = Alerts.rules().stream().filter(Rule::isAlert).count();

    assertThat(alerts).isGreaterThan(45);
    assertThat(Files.readString(Alerts.FOLDER.resolve("README.md"))).contains(alerts + " alerts");
  }

  @Test
  void everyAlertIsSeenOnTheRealFaultOrTheReadmeSaysWhyNot() throws IOException {
    var faults = new StringBuilder();
    for (String suite :
        List.of(
            "RuleFaultsIT",
            "StandingFaultsIT",
            "LongFaultsIT",
            "AgentAlertsIT",
            "KafkaNodeFaultsIT",
            "RabbitMqClusterIT",
            "RabbitMqNodeFaultsIT",
            "RocketMqTopologyIT",
            "RocketMqStoreFaultsIT",
            "MirrorIT")) {
      faults.append(
          Files.readString(
              Repository.file("src/test/java/io/mqexporter/system/" + suite + ".java")));
    }
    String readme = Files.readString(Alerts.FOLDER.resolve("README.md"));
    long seen = 0;
    for (Rule alert : Alerts.rules().stream().filter(Rule::isAlert).toList()) {
      boolean isSeen =
          faults.indexOf('"' + alert.name() + '"') >= 0
              || faults.indexOf('"' + alert.name() + ',') >= 0;
      boolean isExplained =
          readme.contains('`' + alert.name() + "`,") || readme.contains('`' + alert.name() + "` |");
      assertThat(isSeen).as(alert.name()).isNotEqualTo(isExplained);
      seen += isSeen ? 1 : 0;
    }
    assertThat(readme).contains("make " + seen + " of them fire");
  }

  @Test
  void onlyWhatIsUsedTwiceIsRecorded() {
    for (Rule record : Alerts.rules().stream().filter(rule -> !rule.isAlert()).toList()) {
      assertThat(
              Alerts.rules().stream()
                  .flatMap(rule -> PromQl.read(rule.expression()).selectors().stream())
                  .filter(selector -> selector.metric().equals(record.name())))
          .as(record.name())
          .hasSizeGreaterThan(1);
    }
  }
}
