package io.mqexporter.monitoring;

import io.mqexporter.dashboards.Panel;
import io.mqexporter.dashboards.Thresholds;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A panel as HTML, about as Grafana would draw it. */
final class PanelDrawing {

  private static final String[] PALETTE = {
    "#73bf69", "#f2cc0c", "#8ab8ff", "#ff780a", "#f2495c", "#5794f2", "#b877d9", "#c0d8ff",
    "#fade2a", "#96d98d"
  };
  private static final Map<String, String> COLORS =
      Map.of("green", "#73bf69", "orange", "#ff9830", "red", "#f2495c", "blue", "#5794f2");
  private static final int LEGEND_ENTRIES = 6;
  private static final int LEFT = 78;
  private static final int BOTTOM = 40;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Panel panel;
  private final int width;
  private final int height;

  /** Draws a panel into a room of so many pixels. */
  PanelDrawing(Panel panel, int width, int height) {
    this.panel = panel;
    this.width = width;
    this.height = height;
  }

  /**
   * Returns the HTML.
   *
   * @param series the series of each query
   */
  String html(List<List<Series>> series) {
    List<Series> all = series.stream().flatMap(List::stream).toList();
    if (all.isEmpty()) {
      return "<div class=empty>No data</div>";
    }
    return switch (panel.kind()) {
      case STAT -> stat(all);
      case BARS -> bars(all);
      case TABLE -> table(series);
      case TIME_SERIES -> lines(all, false);
      case STACKED -> lines(all, true);
    };
  }

  private String stat(List<Series> all) {
    double value = all.getFirst().last();
    return "<div class=stat style='color:%s'>%s</div>"
        .formatted(color(panel.thresholds(), value), Values.text(value, panel.unit()));
  }

  private String bars(List<Series> all) {
    double most = all.stream().mapToDouble(Series::last).max().orElse(1);
    return all.stream()
        .sorted(Comparator.comparingDouble(Series::last).reversed())
        .limit(8)
        .map(series ->
            "<div class=bar><span>%s</span><i style='width:%d%%;background:%s'></i><b>%s</b></div>"
                .formatted(
                    escaped(series.legend()),
                    Math.round(55 * series.last() / Math.max(most, 1e-9)),
                    color(panel.thresholds(), series.last()),
                    Values.text(series.last(), panel.unit())))
        .collect(Collectors.joining());
  }

  private String table(List<List<Series>> queries) {
    Set<String> labels = new LinkedHashSet<>();
    var rows = new LinkedHashMap<Map<String, String>, Map<Integer, String>>();
    for (int i = 0; i < queries.size(); i++) {
      for (Series series : queries.get(i)) {
        labels.addAll(series.labels().keySet());
        rows.computeIfAbsent(series.labels(), _ -> new TreeMap<>())
            .put(i, Values.text(series.last(), panel.unit()));
      }
    }
    var html = new StringBuilder("<table><tr>");
    labels.forEach(label -> html.append("<th>").append(label.replaceFirst("messaging_", "")));
    panel.queries().forEach(query -> html.append("<th>").append(escaped(query.legend())));
    rows.forEach((row, values) -> {
      html.append("<tr>");
      labels.forEach(label -> html.append("<td>").append(escaped(row.getOrDefault(label, ""))));
      for (int i = 0; i < queries.size(); i++) {
        html.append("<td>").append(values.getOrDefault(i, ""));
      }
    });
    return html.append("</table>").toString();
  }

  private String lines(List<Series> series, boolean stacked) {
    long from = series.stream().mapToLong(s -> s.points().getFirst().seconds()).min().orElse(0);
    long to = series.stream().mapToLong(s -> s.points().getLast().seconds()).max().orElse(1);
    var sums = new TreeMap<Long, Double>();
    double most = 0;
    for (Series one : series) {
      for (Series.Point point : one.points()) {
        double sum =
            stacked ? sums.merge(point.seconds(), point.value(), Double::sum) : point.value();
        most = Math.max(most, sum);
      }
    }
    double top = most <= 0 ? 1 : most * 1.1;
    int floor = height - BOTTOM;
    var svg = new StringBuilder("<svg width=%d height=%d>".formatted(width, height));
    for (int i = 0; i <= 3; i++) {
      double y = floor - (floor - 8) * i / 3.0;
      svg.append(
          "<line x1=%d x2=%d y1=%.1f y2=%.1f class=grid /><text x=%d y=%.1f class=axis text-anchor=end>%s</text>"
              .formatted(
                  LEFT, width - 8, y, y, LEFT - 6, y + 4, Values.text(top * i / 3, panel.unit())));
    }
    for (int i = 0; i <= 3; i++) {
      svg.append(
          "<text x=%d y=%d class=axis>%s</text>"
              .formatted(
                  LEFT + (width - LEFT - 60) * i / 3,
                  floor + 15,
                  TIME.format(Instant.ofEpochSecond(from + (to - from) * i / 3))));
    }
    for (Thresholds.Step step : panel.thresholds().steps()) {
      if (step.value() < top && step.value() > 1e-5) {
        double y = floor - (floor - 8) * step.value() / top;
        svg.append(
            "<line x1=%d x2=%d y1=%.1f y2=%.1f stroke='%s' stroke-dasharray='5 4' />"
                .formatted(LEFT, width - 8, y, y, COLORS.getOrDefault(step.color(), "#fff")));
      }
    }
    var below = new TreeMap<Long, Double>();
    for (int i = 0; i < series.size(); i++) {
      var path = new StringBuilder();
      for (Series.Point point : series.get(i).points()) {
        double value =
            stacked ? below.merge(point.seconds(), point.value(), Double::sum) : point.value();
        double x = LEFT + (width - LEFT - 8.0) * (point.seconds() - from) / Math.max(1, to - from);
        path.append("%.1f,%.1f ".formatted(x, floor - (floor - 8) * value / top));
      }
      svg.append(
          "<polyline points='%s' fill=none stroke='%s' stroke-width=1.5 />"
              .formatted(path, PALETTE[i % PALETTE.length]));
    }
    return svg.append("</svg>").append(legend(series)).toString();
  }

  private static String legend(List<Series> series) {
    var html = new StringBuilder("<div class=legend>");
    for (int i = 0; i < Math.min(series.size(), LEGEND_ENTRIES); i++) {
      html.append(
          "<span><i style='background:%s'></i>%s</span>"
              .formatted(PALETTE[i % PALETTE.length], escaped(series.get(i).legend())));
    }
    if (series.size() > LEGEND_ENTRIES) {
      html.append("<span>and %d more</span>".formatted(series.size() - LEGEND_ENTRIES));
    }
    return html.append("</div>").toString();
  }

  private static String color(Thresholds thresholds, double value) {
    String color = thresholds.base();
    for (Thresholds.Step step : thresholds.steps()) {
      if (value >= step.value()) {
        color = step.color();
      }
    }
    return COLORS.getOrDefault(color, "#fff");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }
}
