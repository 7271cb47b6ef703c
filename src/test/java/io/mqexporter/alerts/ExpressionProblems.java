package io.mqexporter.alerts;

import io.mqexporter.alerts.KnownMetrics.Metric;
import io.mqexporter.alerts.PromQl.Comparison;
import io.mqexporter.alerts.PromQl.LabelMatcher;
import io.mqexporter.alerts.PromQl.Selector;
import io.mqexporter.metric.MetricType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What is wrong with an expression, each in one line: {@code what: found (expected: ...)}. */
public final class ExpressionProblems {

  private static final Set<String> OF_COUNTERS = Set.of("rate", "irate", "increase");
  private static final Set<String> NEVER_BELOW_ZERO =
      Set.of("rate", "irate", "increase", "changes", "resets", "count", "abs", "count_over_time");
  private static final Set<String> AT_LEAST_ONE =
      Set.of("count", "absent", "absent_over_time", "count_over_time", "group");

  private final KnownMetrics known;

  /** Judges by what metrics there are. */
  public ExpressionProblems(KnownMetrics known) {
    this.known = known;
  }

  /** Returns all problems; none if there are none. */
  public List<String> of(String expression) {
    PromQl read;
    try {
      read = PromQl.read(expression);
    } catch (IllegalArgumentException e) {
      return List.of(String.valueOf(e.getMessage()));
    }
    var problems = new ArrayList<String>();
    var labels = new TreeSet<String>();
    for (Selector selector : read.selectors()) {
      known
          .find(selector.metric())
          .ifPresentOrElse(
              metric -> {
                labels.addAll(metric.labels());
                addOfSelector(problems, selector, metric);
              },
              () -> problems.add(unknownMetric(selector.metric())));
    }
    if (problems.isEmpty()) {
      for (String label : read.groupingLabels()) {
        if (!labels.contains(label)) {
          problems.add(
              label + ": a label of none of the metrics (expected: one of " + labels + ")");
        }
      }
    }
    read.comparisons().forEach(comparison -> addOfComparison(problems, comparison));
    return problems;
  }

  private String unknownMetric(String name) {
    if (name.isEmpty()) {
      return "{...}: names no metric (expected: a name in front of it)";
    }
    return name
        + ": no such metric (expected: one of METRICS.md"
        + known.nearest(name).map(near -> "; did you mean " + near + "?").orElse("")
        + ")";
  }

  private static void addOfSelector(List<String> problems, Selector selector, Metric metric) {
    for (LabelMatcher matcher : selector.matchers()) {
      if (!metric.labels().contains(matcher.label())) {
        problems.add(
            "%s{%s}: no such label (expected: one of %s)"
                .formatted(selector.metric(), matcher.label(), new TreeSet<>(metric.labels())));
      }
      if (matcher.operator().equals("=")) {
        KnownMetrics.values(matcher.label())
            .filter(values -> !values.contains(matcher.value()) && !matcher.value().startsWith("$"))
            .ifPresent(values ->
                problems.add(
                    "%s{%s=\"%s\"}: never there (expected: one of %s)"
                        .formatted(
                            selector.metric(),
                            matcher.label(),
                            matcher.value(),
                            new TreeSet<>(values))));
      }
    }
    boolean isCounter = metric.type() != MetricType.GAUGE;
    if (OF_COUNTERS.contains(selector.function()) && !isCounter) {
      problems.add(
          "%s(%s): of a gauge (expected: a counter, or delta, deriv or max_over_time)"
              .formatted(selector.function(), selector.metric()));
    }
  }

  private void addOfComparison(List<String> problems, Comparison comparison) {
    String text =
        "%s%s %s %s"
            .formatted(
                comparison.left(),
                comparison.leftIsCall() ? "(...)" : "",
                comparison.operator(),
                number(comparison.number()));
    if (comparison.left().isEmpty()) {
      return;
    }
    if (comparison.leftIsCall()) {
      double lowest = AT_LEAST_ONE.contains(comparison.left()) ? 1 : 0;
      boolean bounded = NEVER_BELOW_ZERO.contains(comparison.left()) || lowest == 1;
      if (bounded && neverBelow(lowest, comparison)) {
        problems.add(text + ": can never be true (expected: absent() or unless for what is gone)");
      }
      return;
    }
    known
        .find(comparison.left())
        .ifPresent(metric -> {
          if (metric.type() == MetricType.COUNTER) {
            problems.add(text + ": a counter only grows (expected: rate() or increase() of it)");
          } else if (neverBelow(0, comparison)) {
            problems.add(text + ": can never be true (expected: a number that it can reach)");
          } else if (metric.isShare() && neverAbove(1, comparison)) {
            problems.add(text + ": can never be true (expected: a number from 0 to 1)");
          }
        });
  }

  private static boolean neverBelow(double lowest, Comparison comparison) {
    return switch (comparison.operator()) {
      case "<" -> comparison.number() <= lowest;
      case "<=", "==" -> comparison.number() < lowest;
      default -> false;
    };
  }

  private static boolean neverAbove(double highest, Comparison comparison) {
    return switch (comparison.operator()) {
      case ">" -> comparison.number() >= highest;
      case ">=", "==" -> comparison.number() > highest;
      default -> false;
    };
  }

  private static String number(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}
