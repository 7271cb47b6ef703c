package io.mqexporter.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqexporter.alerts.Alerts;
import io.mqexporter.alerts.ExpressionProblems;
import io.mqexporter.alerts.PromQl;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is offered for scaling consumers asks for what the agent tells. */
class ScalingSamplesTest {

  private static final Path FOLDER = Chart.FOLDER.resolve("scaling");

  @Test
  void kedaAsksTheAgentAndHasAFallback() {
    List<Map<String, Object>> objects = Chart.documents(Chart.text(FOLDER.resolve("keda.yaml")));

    assertThat(objects).hasSize(3);
    for (Map<String, Object> object : objects) {
      StrictManifests.read(object);
      Map<String, Object> spec = Chart.section(object, "spec");
      assertThat(spec).containsKey("fallback");
      Map<String, Object> trigger = Chart.list(spec, "triggers").getFirst();
      Map<String, Object> metadata = Chart.section(trigger, "metadata");
      assertThat(trigger).containsEntry("type", "metrics-api");
      assertThat(metadata).containsOnlyKeys("url", "valueLocation", "targetValue");
      assertThat(metadata).containsEntry("valueLocation", "lag");
      assertThat((String) metadata.get("url"))
          .matches("http://[a-z.-]+:19090/api/v1/scaling/\\w+/[\\w-]+([?](vhost|destination)=.+)?");
    }
  }

  @Test
  void theAutoscalerAsksForWhatTheAdapterServesAndTheAgentExposes() {
    Map<String, Object> adapter = Chart.file(FOLDER.resolve("prometheus-adapter.yaml"));
    Map<String, Object> rule = Chart.list(Chart.section(adapter, "rules"), "external").getFirst();
    String expression =
        String.valueOf(rule.get("metricsQuery"))
            .replace("<<.Series>>", String.valueOf(rule.get("seriesQuery")))
            .replace("<<.LabelMatchers>>", "messaging_cluster=\"orders\"");
    Map<String, Object> autoscaler = Chart.file(FOLDER.resolve("hpa.yaml"));
    Map<String, Object> metric =
        Chart.list(Chart.section(autoscaler, "spec"), "metrics").getFirst();
    Map<String, Object> asked = Chart.section(Chart.section(metric, "external"), "metric");
    Map<String, Object> labels = Chart.section(Chart.section(asked, "selector"), "matchLabels");

    StrictManifests.read(autoscaler);
    assertThat(new ExpressionProblems(Alerts.known()).of(expression)).isEmpty();
    assertThat(asked.get("name")).isEqualTo(Chart.section(rule, "name").get("as"));
    assertThat(PromQl.read(expression).groupingLabels()).containsAll(labels.keySet());
  }
}
