package io.mqexporter.exposition;

import io.mqexporter.collection.CollectionResult;
import io.mqexporter.collection.LatestResults;
import io.mqexporter.collection.LeftOut;
import io.mqexporter.collection.Target;
import io.mqexporter.collector.Missing;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The start page: each target with its state, the age of that knowledge, what is missing and why.
 */
public final class StatusPage {

  private static final int PARTS_SHOWN = 20;

  private final LatestResults results;
  private final String version;
  private final String metricsPath;
  private final Clock clock;

  /** Creates a page that shows the results as they are when it is asked for. */
  public StatusPage(LatestResults results, String version, String metricsPath, Clock clock) {
    this.results = results;
    this.version = version;
    this.metricsPath = metricsPath;
    this.clock = clock;
  }

  /** Returns the page as HTML. */
  public String html() {
    Map<String, CollectionResult> byId =
        results.results().stream()
            .collect(Collectors.toMap(result -> result.target().id(), Function.identity()));
    String rows =
        results.targets().stream()
            .map(target ->
                byId.containsKey(target.id()) ? row(byId.get(target.id())) : waitingRow(target))
            .collect(Collectors.joining());
    return """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta http-equiv="refresh" content="15">
    <title>mq-exporter</title>
    <style>
    :root { color-scheme: light dark; }
    body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
    table { border-collapse: collapse; width: 100%%; }
    th, td { text-align: left; vertical-align: top; padding: .5rem 1rem .5rem 0; border-bottom: 1px solid #8884; }
    td.number { text-align: right; font-variant-numeric: tabular-nums; }
    th.number { text-align: right; }
    ul { margin: 0; padding-left: 1.2rem; }
    .state { font-weight: 600; white-space: nowrap; }
    .up { color: light-dark(#1a6d2f, #6fce87); }
    .partial { color: light-dark(#8a5a00, #f0b94d); }
    .down { color: light-dark(#b3261e, #ff8a80); }
    footer { margin-top: 2rem; opacity: .7; }
    </style>
    </head>
    <body>
    <h1>mq-exporter</h1>
    <p><a href="%s">Metrics</a> · <a href="/config">Configuration</a> · \
    <a href="/-/healthy">Healthy</a> · <a href="/-/ready">Ready</a></p>
    <table>
    <thead><tr><th>Target</th><th>Broker</th><th>State</th><th class="number">Age</th>\
    <th class="number">Took</th><th class="number">Series</th><th>Missing or left out</th></tr></thead>
    <tbody>
    %s</tbody>
    </table>
    <footer>Version %s</footer>
    </body>
    </html>
    """
        .formatted(escape(metricsPath), rows, escape(version));
  }

  private String row(CollectionResult result) {
    return switch (result) {
      case CollectionResult.Success _ -> row(result, "up", "up", notExposed(result, List.of()));
      case CollectionResult.Partial partial ->
          row(result, "partial", "up, in part", notExposed(result, partial.missing()));
      case CollectionResult.Failure failure ->
          row(result, "down", "down", escape(failure.reason()));
    };
  }

  private String row(CollectionResult result, String style, String state, String missing) {
    Duration age = Duration.between(result.at(), clock.instant());
    boolean expired = !clock.instant().isBefore(result.expiresAt());
    return tableRow(
        result.target(),
        expired ? "down" : style,
        expired ? "too old, not exposed" : state,
        seconds(age),
        result.took().toMillis() + " ms",
        Long.toString(result.series()),
        missing);
  }

  private static String waitingRow(Target target) {
    return tableRow(target, "partial", "first collection under way", "", "", "", "");
  }

  private static String tableRow(
      Target target,
      String style,
      String state,
      String age,
      String took,
      String series,
      String missing) {
    return """
    <tr><td>%s</td><td>%s</td><td class="state %s">%s</td><td class="number">%s</td>\
    <td class="number">%s</td><td class="number">%s</td><td>%s</td></tr>
    """
        .formatted(
            escape(target.name()),
            escape(target.system()),
            style,
            state,
            age,
            took,
            series,
            missing);
  }

  private static String notExposed(CollectionResult result, List<Missing> missing) {
    if (missing.isEmpty() && result.leftOut().isEmpty()) {
      return "";
    }
    String shown =
        missing.stream()
            .limit(PARTS_SHOWN)
            .map(part -> "<li>" + escape(part.what()) + ": " + escape(part.why()) + "</li>")
            .collect(Collectors.joining());
    String rest =
        missing.size() > PARTS_SHOWN
            ? "<li>and " + (missing.size() - PARTS_SHOWN) + " more</li>"
            : "";
    String leftOut =
        result.leftOut().stream()
            .map(families -> "<li>" + escape(leftOut(families, result.target())) + "</li>")
            .collect(Collectors.joining());
    return "<ul>" + shown + rest + leftOut + "</ul>";
  }

  private static String leftOut(LeftOut families, Target target) {
    return switch (families.reason()) {
      case GRANULARITY -> "finer than the granularity: " + families.describe();
      case BUDGET ->
          "beyond max_series, " + target.limit().maxSeries() + ": " + families.describe();
    };
  }

  private static String seconds(Duration age) {
    return Math.max(0, age.toSeconds()) + " s";
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
