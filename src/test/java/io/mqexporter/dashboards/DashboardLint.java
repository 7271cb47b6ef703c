package io.mqexporter.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import io.mqexporter.alerts.PromQl;
import io.mqexporter.alerts.PromQl.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;

/**
 * The rules of grafana/dashboard-linter (lint/rules.go) for dashboards in JSON, by their names
 * there. The two on Loki's language come to this: there is no query in it.
 */
final class DashboardLint {

  private static final Set<String> WITH_DESCRIPTION =
      Set.of("stat", "gauge", "timeseries", "bargauge", "table");
  private static final Set<String> UNITS =
      Set.of("short", "s", "ms", "bytes", "Bps", "cps", "reqps", "percentunit");
  private static final Set<String> OF_COUNTERS = Set.of("rate", "irate", "increase");

  /** Series that Prometheus writes itself, which have neither job nor instance of a target. */
  private static final Set<String> WITHOUT_TARGET = Set.of("ALERTS");

  private final JsonNode dashboard;
  private final List<String> problems = new ArrayList<>();

  private DashboardLint(JsonNode dashboard) {
    this.dashboard = dashboard;
  }

  /** Returns what each rule has against a dashboard. */
  static List<String> problems(JsonNode dashboard) {
    var lint = new DashboardLint(dashboard);
    lint.templates();
    lint.eachPanel(lint::panel);
    lint.check(!dashboard.path("editable").asBoolean(true), "uneditable-dashboard");
    return lint.problems;
  }

  private void templates() {
    JsonNode variables = dashboard.path("templating").path("list");
    JsonNode source = named(variables, "datasource");
    check(
        source.path("type").asText().equals("datasource")
            && source.path("query").asText().equals("prometheus")
            && source.path("label").asText().equals("Data source"),
        "template-datasource");
    template(named(variables, "job"), "Job", "template-job");
    template(named(variables, "instance"), "Instance", "template-instance");
    for (JsonNode variable : variables) {
      if (variable.path("type").asText().equals("query")) {
        check(variable.path("refresh").asInt() == 2, "template-on-time-change-reload");
        String query = variable.path("query").path("query").asText();
        check(query.matches("label_values\\((.+), [a-z_]+\\)"), "template-label-promql: " + query);
        check(parses(query), "template-label-promql: " + query);
      }
    }
  }

  private void template(JsonNode variable, String label, String rule) {
    check(
        variable.path("datasource").path("uid").asText().equals("${datasource}")
            && variable.path("type").asText().equals("query")
            && variable.path("label").asText().equals(label)
            && variable.path("multi").asBoolean()
            && variable.path("allValue").asText().equals(".+"),
        rule);
  }

  private void panel(JsonNode panel) {
    String title = panel.path("title").asText();
    check(
        panel.path("datasource").path("uid").asText().equals("${datasource}"),
        "panel-datasource: " + title);
    check(
        WITH_DESCRIPTION.contains(panel.path("type").asText())
            && !title.isBlank()
            && !panel.path("description").asText().isBlank(),
        "panel-title-description: " + title);
    check(
        UNITS.contains(panel.path("fieldConfig").path("defaults").path("unit").asText()),
        "panel-units: " + title);
    check(!panel.path("targets").isEmpty(), "panel-no-targets: " + title);
    for (JsonNode target : panel.path("targets")) {
      check(
          target.path("datasource").path("type").asText().equals("prometheus"),
          "target-logql, target-logql-auto: " + title);
      String expression = target.path("expr").asText();
      if (!parses(expression)) {
        problems.add("target-promql: " + title + ": " + expression);
      } else {
        target(title, expression);
      }
    }
  }

  private void target(String title, String expression) {
    check(
        !expression.matches("(?s).*\\b(rate|irate)\\([^\\[]*\\[(?!\\$__rate_interval]).*"),
        "target-rate-interval: " + title);
    for (Selector selector : PromQl.read(expression).selectors()) {
      if (WITHOUT_TARGET.contains(selector.metric())) {
        continue;
      }
      check(matches(selector, "job", "$job"), "target-job: " + title);
      check(matches(selector, "instance", "$instance"), "target-instance: " + title);
      boolean isCounter = selector.metric().matches(".*_(total|sum|count|bucket)");
      check(
          !isCounter || OF_COUNTERS.contains(selector.function()), "target-counter-agg: " + title);
    }
  }

  private static boolean matches(Selector selector, String label, String value) {
    return selector.matchers().stream()
        .anyMatch(
            m -> m.label().equals(label) && m.operator().equals("=~") && m.value().equals(value));
  }

  private static boolean parses(String expression) {
    try {
      return !PromQl.read(expression).selectors().isEmpty();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static JsonNode named(JsonNode list, String name) {
    return StreamSupport.stream(list.spliterator(), false)
        .filter(one -> one.path("name").asText().equals(name))
        .findFirst()
        .orElse(list.path("none"));
  }

  private void eachPanel(Consumer<JsonNode> consumer) {
    for (JsonNode panel : dashboard.path("panels")) {
      if (!panel.path("type").asText().equals("row")) {
        consumer.accept(panel);
      }
    }
  }

  private void check(boolean holds, String rule) {
    if (!holds) {
      problems.add(rule);
    }
  }
}
