package io.mqexporter.monitoring;

import io.mqexporter.brokers.Command;
import io.mqexporter.brokers.Repository;
import io.mqexporter.dashboards.Dashboard;
import io.mqexporter.dashboards.Dashboards;
import io.mqexporter.dashboards.Layout;
import io.mqexporter.dashboards.Panel;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Draws each dashboard with the data of a Prometheus that runs, by default the demo's, as a PNG in
 * {@code target/pictures}. Grafana is not needed: panels are drawn from the results of their
 * queries, by Chromium.
 */
public final class Pictures {

  private static final String DEMO = "http://127.0.0.1:19092";
  private static final int WIDTH = 1600;
  private static final int ROW_PIXELS = 38;
  private static final int GAP = 8;
  private static final int HEADING = 46;
  private static final int TITLE = 28;
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private Pictures() {}

  /** Draws all dashboards; an argument names another Prometheus. */
  public static void main(String[] arguments) throws IOException {
    URI prometheus = URI.create(arguments.length > 0 ? arguments[0] : DEMO);
    Path folder = Repository.file("target/pictures");
    Files.createDirectories(folder);
    Instant now = Instant.now();
    for (Dashboard dashboard : Dashboards.all()) {
      Path html = folder.resolve(dashboard.uid() + ".html");
      Files.writeString(html, html(dashboard, prometheus, now));
      Path png = folder.resolve(dashboard.uid() + ".png");
      Command.run(
          TIMEOUT,
          Map.of(),
          List.of(
              "chromium",
              "--headless",
              "--no-sandbox",
              "--disable-gpu",
              "--disable-background-networking",
              "--disable-component-update",
              "--no-first-run",
              "--hide-scrollbars",
              "--user-data-dir=" + folder.resolve("profile"),
              "--window-size=%d,%d"
                  .formatted(WIDTH, Layout.of(dashboard).height() * ROW_PIXELS + HEADING),
              "--screenshot=" + png,
              html.toUri().toString()));
      System.out.println(png);
    }
  }

  private static String html(Dashboard dashboard, URI prometheus, Instant now) {
    var html =
        new StringBuilder(
            """
            <!doctype html><meta charset=utf-8><style>
            body{margin:0;background:#111217;color:#ccccdc;font:13px sans-serif;position:relative}
            h1{font-size:18px;margin:0;padding:12px 10px;height:22px}
            .p{position:absolute;box-sizing:border-box;background:#181b1f;border:1px solid #2b2f36;overflow:hidden}
            .p>h2{font-size:13px;margin:0;padding:6px 8px 2px;font-weight:600;white-space:nowrap}
            .r{position:absolute;font-size:15px;padding:10px 8px;font-weight:600}
            .stat{font-size:40px;text-align:center;margin-top:18px;font-weight:600}
            .empty{text-align:center;color:#777;margin-top:40px}
            .grid{stroke:#2b2f36}.axis{fill:#9a9ab0;font-size:11px}
            .legend{padding:0 8px 0 10px;font-size:11px;margin-top:-20px;white-space:nowrap;overflow:hidden}
            .legend span{margin-right:12px}.legend i{display:inline-block;width:12px;height:3px;margin-right:5px;vertical-align:middle}
            table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:4px 8px;border-bottom:1px solid #2b2f36;font-weight:400}
            th{color:#6e9fff}.bar{display:flex;align-items:center;padding:3px 8px}.bar span{width:32%;white-space:nowrap;overflow:hidden}
            .bar i{height:16px;display:block;margin-right:8px}.bar b{font-weight:400}
            </style>
            """);
    html.append("<h1>").append(dashboard.title()).append("</h1>");
    for (Layout.Place place : Layout.of(dashboard).places()) {
      int width = place.width() * WIDTH / Layout.COLUMNS - GAP;
      int height = place.height() * ROW_PIXELS - GAP;
      String position =
          "left:%dpx;top:%dpx;width:%dpx;height:%dpx"
              .formatted(
                  place.x() * WIDTH / Layout.COLUMNS + GAP / 2,
                  place.y() * ROW_PIXELS + HEADING,
                  width,
                  height);
      if (place.panel().isEmpty()) {
        html.append("<div class=r style='%s'>%s</div>".formatted(position, place.heading()));
      } else {
        Panel panel = place.panel().getFirst();
        var drawing = new PanelDrawing(panel, width, height - TITLE);
        html.append(
            "<div class=p style='%s'><h2>%s</h2>%s</div>"
                .formatted(position, place.heading(), drawing.html(read(panel, prometheus, now))));
      }
    }
    return html.toString();
  }

  private static List<List<Series>> read(Panel panel, URI prometheus, Instant now) {
    boolean newestOnly = panel.kind() == Panel.Kind.TABLE || panel.kind() == Panel.Kind.BARS;
    Duration range = newestOnly ? Duration.ofSeconds(5) : Duration.ofMinutes(10);
    var all = new ArrayList<List<Series>>();
    panel
        .queries()
        .forEach(query ->
            all.add(
                Series.read(
                    prometheus,
                    Dashboards.withoutVariables(query.expression(), "30s"),
                    query.legend(),
                    now,
                    range)));
    return all;
  }
}
