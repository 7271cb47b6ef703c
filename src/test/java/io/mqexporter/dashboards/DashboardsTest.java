package io.mqexporter.dashboards;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mqexporter.alerts.Alerts;
import io.mqexporter.alerts.ExpressionProblems;
import io.mqexporter.alerts.PromQl;
import io.mqexporter.alerts.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The dashboards' files are what the code says; {@code -Dupdate} writes them anew. */
class DashboardsTest {

  /** What two screens of 1080 lines show: a row of the layout is 38 pixels high. */
  private static final int TWO_SCREENS = 48;

  private static final Pattern UID = Pattern.compile("/d/(mq-exporter-[a-z]+)");
  private static final ObjectMapper JSON = new ObjectMapper();

  static Stream<Dashboard> dashboards() {
    return Dashboards.all().stream();
  }

  @Test
  void theFilesAreWhatTheCodeSays() throws IOException {
    for (Map.Entry<Path, String> file : Dashboards.files().entrySet()) {
      if (System.getProperty("update") != null) {
        Files.createDirectories(Dashboards.FOLDER.resolve("grafana.com"));
        Files.writeString(file.getKey(), file.getValue());
      }
      assertThat(file.getKey())
          .as("stale (make dashboards writes it anew)")
          .hasContent(file.getValue());
    }
    try (Stream<Path> files = Files.walk(Dashboards.FOLDER)) {
      assertThat(files.filter(file -> file.toString().endsWith(".json")).collect(toSet()))
          .isEqualTo(Dashboards.files().keySet());
    }
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void theLinterHasNothingAgainstIt(Dashboard dashboard) throws IOException {
    assertThat(DashboardLint.problems(JSON.readTree(DashboardJson.provisioned(dashboard))))
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void itSpeaksOnlyOfWhatIsExposed(Dashboard dashboard) {
    var problems = new ExpressionProblems(Alerts.known());
    assertThat(dashboard.panels())
        .flatExtracting(Panel::queries)
        .allSatisfy(query -> assertThat(problems.of(query.expression())).isEmpty());
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void itIsNoLongerThanTwoScreens(Dashboard dashboard) {
    assertThat(Layout.of(dashboard).height()).isLessThanOrEqualTo(TWO_SCREENS);
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void panelsThatAlertsWatchTurnColourWhereTheyFire(Dashboard dashboard) {
    for (Panel panel : dashboard.panels()) {
      for (String alert : panel.thresholds().alerts()) {
        Rule rule = Alerts.rule(alert);
        double number = rule.thresholds().getFirst();
        assertThat(panel.thresholds().steps())
            .as("%s of %s", panel.title(), alert)
            .anyMatch(step -> Math.abs(step.value() - number) <= 1e-6 || number == 0);
      }
    }
  }

  @Test
  void anAlertLeadsToADashboardThatShowsIt() {
    Map<String, Set<String>> shown =
        dashboards()
            .collect(
                toMap(
                    Dashboard::uid,
                    d ->
                        metrics(
                            d.panels().stream()
                                .flatMap(panel -> panel.queries().stream())
                                .map(Query::expression))));
    for (Rule rule : Alerts.rules().stream().filter(Rule::isAlert).toList()) {
      Matcher link = UID.matcher(rule.annotations().getOrDefault("dashboard_url", ""));
      assertThat(link.find()).as(rule.name()).isTrue();
      Set<String> ofRule = metrics(Stream.of(rule.expression()));
      // The Watchdog is of nothing, and so is what tells that nothing is there.
      if (!ofRule.isEmpty()) {
        assertThat(shown.get(link.group(1))).as(rule.name()).containsAnyElementsOf(ofRule);
      }
    }
  }

  private static Set<String> metrics(Stream<String> expressions) {
    return expressions
        .flatMap(expression -> PromQl.read(expression).selectors().stream())
        .map(PromQl.Selector::metric)
        .collect(toSet());
  }

  @Test
  void linksLeadToDashboardsThatThereAre() throws IOException {
    Set<String> uids = dashboards().map(Dashboard::uid).collect(toSet());
    assertThat(uids).isEqualTo(Alerts.DASHBOARDS).hasSize(8);
    for (Dashboard dashboard : Dashboards.all()) {
      Matcher link = UID.matcher(DashboardJson.provisioned(dashboard));
      while (link.find()) {
        assertThat(uids).as(dashboard.uid()).contains(link.group(1));
      }
      assertThat(JSON.readTree(DashboardJson.provisioned(dashboard)).has("__inputs")).isFalse();
      assertThat(JSON.readTree(DashboardJson.shared(dashboard)).path("__inputs").size())
          .isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /templating/list/0/label       | template-datasource
          /templating/list/1/allValue    | template-job
          /templating/list/2/label       | template-instance
          /templating/list/3/refresh     | template-on-time-change-reload
          /templating/list/3/query/query | template-label-promql
          /panels/1/datasource/uid       | panel-datasource
          /panels/1/description          | panel-title-description
          /panels/1/fieldConfig/defaults/unit | panel-units
          /panels/1/targets/0/expr       | target-promql
          /editable                      | uneditable-dashboard
          """)
  void theLinterFinds(String place, String rule) throws IOException {
    JsonNode dashboard = JSON.readTree(DashboardJson.provisioned(MessagingDashboards.fleet()));
    int last = place.lastIndexOf('/');
    ((ObjectNode) dashboard.at(place.substring(0, last))).remove(place.substring(last + 1));

    assertThat(DashboardLint.problems(dashboard)).anyMatch(problem -> problem.startsWith(rule));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          rate(a_total{job=~"$job",instance=~"$instance"}[5m]) | target-rate-interval
          up{instance=~"$instance"}                            | target-job
          up{job=~"$job"}                                      | target-instance
          sum(a_total{job=~"$job",instance=~"$instance"})      | target-counter-agg
          """)
  void theLinterFindsInAQuery(String expression, String rule) throws IOException {
    JsonNode dashboard = JSON.readTree(DashboardJson.provisioned(MessagingDashboards.fleet()));
    ((ObjectNode) dashboard.at("/panels/1/targets/0")).put("expr", expression);

    assertThat(DashboardLint.problems(dashboard)).anyMatch(problem -> problem.startsWith(rule));
    ((ArrayNode) dashboard.at("/panels/1/targets")).removeAll();
    assertThat(DashboardLint.problems(dashboard)).contains("panel-no-targets: Clusters");
    ((ArrayNode) dashboard.at("/panels/1/targets"))
        .addObject()
        .putObject("datasource")
        .put("type", "loki");
    assertThat(DashboardLint.problems(dashboard))
        .anyMatch(problem -> problem.startsWith("target-logql"));
  }
}
