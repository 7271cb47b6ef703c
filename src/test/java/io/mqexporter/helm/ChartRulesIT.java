package io.mqexporter.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqexporter.alerts.Alerts;
import io.mqexporter.alerts.Rule;
import io.mqexporter.brokers.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** What promtool says of the rules that the chart renders, with every threshold changed. */
class ChartRulesIT {

  private static final Duration TIMEOUT = Duration.ofMinutes(3);

  @TempDir private Path folder;

  @Test
  void promtoolTakesTheRulesWithEveryThresholdChanged() throws IOException {
    var values =
        new StringBuilder("config: {targets: [{name: a}]}\nalerts:\n  enabled: true\n  rules:\n");
    List<Rule> adjustable =
        Alerts.rules().stream()
            .filter(Rule::isAlert)
            .filter(alert -> ValuesSchema.thresholds(alert).size() == 1)
            .toList();
    for (Rule alert : adjustable) {
      values.append("    %s: {threshold: 0.4321, for: 7m}%n".formatted(alert.name()));
    }
    Path file = Files.writeString(folder.resolve("values.yaml"), values);

    String rendered = Chart.render(file, Chart.KUBERNETES);

    assertThat(rendered.split("0\\.4321", -1)).hasSize(adjustable.size() + 1);
    for (Map<String, Object> document : Chart.documents(rendered, "PrometheusRule")) {
      Object name = Chart.section(document, "metadata").get("name");
      Path rules = folder.resolve(name + ".yaml");
      Files.writeString(rules, new Yaml().dump(document.get("spec")));
      assertThat(
              Command.run(
                  TIMEOUT, Map.of(), List.of("promtool", "check", "rules", rules.toString())))
          .contains("SUCCESS");
    }
  }
}
