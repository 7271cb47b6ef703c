package io.mqexporter.dashboards;

import io.mqexporter.alerts.Alerts;
import io.mqexporter.alerts.PromQl;
import io.mqexporter.alerts.PromQl.Comparison;
import io.mqexporter.alerts.Rule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * From which value on which colour holds. The numbers are those of the alert rules themselves, so
 * that a panel turns red where the alert fires.
 *
 * @param base the colour below the first step
 * @param steps the others, by their values
 * @param alerts the rules whose numbers they are
 */
public record Thresholds(String base, List<Step> steps, List<String> alerts) {

  /** Always green. */
  static final Thresholds NONE = new Thresholds("green", List.of(), List.of());

  /** A colour that holds from a value on. */
  public record Step(double value, String color) {}

  /** Copies the lists. */
  public Thresholds {
    steps = List.copyOf(steps);
    alerts = List.copyOf(alerts);
  }

  static Thresholds redFrom(double value) {
    return new Thresholds("green", List.of(new Step(value, "red")), List.of());
  }

  /** Returns the first number of each rule: red for critical ones, else orange or blue. */
  static Thresholds of(String... alerts) {
    var steps = new ArrayList<Step>();
    String base = "green";
    for (String alert : alerts) {
      Rule rule = Alerts.rule(alert);
      Comparison comparison = PromQl.read(rule.expression()).comparisons().getFirst();
      String color = color(rule.labels().getOrDefault("severity", ""));
      switch (comparison.operator()) {
        // Grafana's steps include their value, so zero itself must stay below.
        case ">" -> steps.add(new Step(above(comparison.number()), color));
        case ">=" -> steps.add(new Step(comparison.number(), color));
        case "==" -> {
          if (comparison.number() == 0) {
            base = color;
            steps.add(new Step(1, "green"));
          } else {
            steps.add(new Step(comparison.number(), color));
          }
        }
        default -> {
          base = color;
          steps.add(new Step(comparison.number(), "green"));
        }
      }
    }
    steps.sort(Comparator.comparingDouble(Step::value));
    return new Thresholds(base, steps, List.of(alerts));
  }

  private static double above(double number) {
    return number == 0 ? 0.000001 : number;
  }

  private static String color(String severity) {
    return switch (severity) {
      case "critical" -> "red";
      case "warning" -> "orange";
      default -> "blue";
    };
  }
}
