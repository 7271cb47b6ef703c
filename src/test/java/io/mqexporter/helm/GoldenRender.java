package io.mqexporter.helm;

import io.mqexporter.brokers.Repository;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/**
 * What an example of values renders to, as a file that people review. Rules and dashboards that are
 * what their folders say, which other tests hold, are there by their names only.
 */
final class GoldenRender {

  private static final int LINE = 120;

  private GoldenRender() {}

  /** Returns the file of an example. */
  static Path file(Path example) {
    return Repository.file("src/test/resources/helm").resolve(example.getFileName());
  }

  /** Returns the text that the file is to have. */
  static String text(Path example) {
    Map<String, Object> changed =
        Chart.section(Chart.section(Chart.file(example), "alerts"), "rules");
    var options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setIndicatorIndent(2);
    options.setIndentWithIndicator(true);
    options.setWidth(LINE);
    var text =
        new StringBuilder("# What helm/examples/%s renders to.\n".formatted(example.getFileName()));
    for (Map<String, Object> document : Chart.documents(Chart.render(example, Chart.KUBERNETES))) {
      text.append("---\n").append(new Yaml(options).dump(abridged(document, changed)));
    }
    return text.toString();
  }

  private static Map<String, Object> abridged(
      Map<String, Object> document, Map<String, Object> changed) {
    var abridged = new LinkedHashMap<>(document);
    if (document.containsValue("PrometheusRule")) {
      List<Object> groups = new ArrayList<>();
      for (Map<String, Object> group : Chart.list(Chart.section(document, "spec"), "groups")) {
        var named = new LinkedHashMap<>(group);
        named.put(
            "rules",
            Chart.list(group, "rules").stream()
                .map(rule ->
                    changed.containsKey(String.valueOf(rule.get("alert")))
                        ? rule
                        : rule.getOrDefault("alert", rule.get("record")))
                .toList());
        groups.add(named);
      }
      abridged.put("spec", Map.of("groups", groups));
    } else if (document.containsValue("ConfigMap")) {
      Map<String, Object> data = Chart.section(document, "data");
      String key = data.keySet().iterator().next();
      if (key.endsWith(".json")) {
        abridged.put("data", Map.of(key, "the file dashboards/" + key));
      }
    }
    return abridged;
  }
}
