package io.mqexporter.alerts;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is wrong with the rules of a file, each in one line that begins with the place. Beside the
 * file it looks for the folders {@code tests} and {@code runbooks}.
 */
public final class RuleProblems {

  /** The severities, from the worst; README.md of the alerts tells what they mean. */
  static final List<String> SEVERITIES = List.of("critical", "warning", "info", "none");

  /** What the names of the tests of each alert end in, after the name of the alert. */
  static final List<String> TESTS = List.of(" fires", " stays quiet", ": source away");

  private static final Pattern TEMPLATE_LABEL = Pattern.compile("\\$labels\\.(\\w+)");
  private static final Pattern NAME = Pattern.compile("[A-Z][A-Za-z0-9]+");

  private final KnownMetrics known;
  private final Set<String> dashboards;

  /**
   * Judges by what there is.
   *
   * @param dashboards the uids of the dashboards that alerts may link to
   */
  public RuleProblems(KnownMetrics known, Set<String> dashboards) {
    this.known = known;
    this.dashboards = Set.copyOf(dashboards);
  }

  /** Returns all problems of a file; none if there are none. */
  public List<String> of(RuleFile file, RuleTests tests, String runbook) {
    var problems = new ArrayList<String>();
    var names = new LinkedHashSet<String>();
    for (Rule rule : file.rules()) {
      var ofRule = new ArrayList<>(new ExpressionProblems(known).of(rule.expression()));
      if (rule.isAlert()) {
        addOfAlert(ofRule, file, rule, tests, runbook);
      }
      if (!names.add(rule.name())) {
        ofRule.add("there twice (expected: each name once)");
      }
      for (String problem : ofRule) {
        problems.add("%s:%d: %s: %s".formatted(file.path(), rule.line(), rule.name(), problem));
      }
    }
    return problems;
  }

  private void addOfAlert(
      List<String> problems, RuleFile file, Rule rule, RuleTests tests, String runbook) {
    if (!NAME.matcher(rule.name()).matches()) {
      problems.add("no name of an alert (expected: words in camel case, such as KafkaDiskFull)");
    }
    String severity = rule.labels().getOrDefault("severity", "");
    if (!SEVERITIES.contains(severity)) {
      problems.add(
          "labels.severity: %s (expected: one of %s)".formatted(orMissing(severity), SEVERITIES));
    }
    if (!rule.labels().containsKey("component")) {
      problems.add("labels.component: missing (expected: what to route by, such as kafka)");
    }
    for (String annotation : List.of("summary", "description", "runbook_url", "dashboard_url")) {
      if (rule.annotations().getOrDefault(annotation, "").isBlank()) {
        problems.add("annotations." + annotation + ": missing (expected: a text)");
      }
    }
    String dashboard = rule.annotations().getOrDefault("dashboard_url", "");
    if (!dashboard.isBlank() && dashboards.stream().noneMatch(uid -> linksTo(dashboard, uid))) {
      problems.add(
          "annotations.dashboard_url: %s (expected: .../d/ and one of %s)"
              .formatted(dashboard, dashboards));
    }
    String anchor = file.name() + ".md#" + rule.name().toLowerCase(java.util.Locale.ROOT);
    String runbookUrl = rule.annotations().getOrDefault("runbook_url", "");
    if (!runbookUrl.isBlank() && !runbookUrl.endsWith("/" + anchor)) {
      problems.add("annotations.runbook_url: %s (expected: .../%s)".formatted(runbookUrl, anchor));
    }
    addOfRunbook(problems, file, rule, runbook);
    addOfTemplates(problems, rule);
    for (String ending : TESTS) {
      tests
          .problem(rule.name(), ending)
          .ifPresent(problem ->
              problems.add("%s (expected: in tests/%s.yaml)".formatted(problem, file.name())));
    }
  }

  private static void addOfRunbook(
      List<String> problems, RuleFile file, Rule rule, String runbook) {
    int begin = runbook.indexOf("\n## " + rule.name() + "\n");
    if (begin < 0) {
      problems.add(
          "no section in the runbook (expected: ## %s in runbooks/%s.md)"
              .formatted(rule.name(), file.name()));
      return;
    }
    int end = runbook.indexOf("\n## ", begin + 1);
    String section = runbook.substring(begin, end < 0 ? runbook.length() : end);
    for (String part : List.of("Meaning", "Impact", "Diagnosis", "Mitigation")) {
      if (!section.contains("**" + part + ".**")) {
        problems.add("its section in the runbook has no **" + part + ".** (expected: all four)");
      }
    }
  }

  private void addOfTemplates(List<String> problems, Rule rule) {
    PromQl expression = PromQl.read(rule.expression());
    var labels = new LinkedHashSet<>(rule.labels().keySet());
    expression
        .resultLabels()
        .ifPresentOrElse(
            labels::addAll,
            () ->
                expression.selectors().stream()
                    .flatMap(selector -> known.find(selector.metric()).stream())
                    .forEach(metric -> labels.addAll(metric.labels())));
    for (String text : rule.annotations().values()) {
      Matcher label = TEMPLATE_LABEL.matcher(text);
      while (label.find()) {
        if (!labels.contains(label.group(1))) {
          problems.add(
              "annotations: $labels.%s (expected: a label of the result: %s)"
                  .formatted(label.group(1), labels));
        }
      }
    }
  }

  private static boolean linksTo(String url, String uid) {
    return url.endsWith("/d/" + uid) || url.contains("/d/" + uid + "?");
  }

  private static String orMissing(String text) {
    return text.isEmpty() ? "missing" : text;
  }
}
