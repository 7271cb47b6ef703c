package io.mqexporter.dashboards;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** A dashboard in the classic JSON of Grafana 10 to 13. */
final class DashboardJson {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SCHEMA_VERSION = 39;
  private static final Map<String, Object> DATA_SOURCE =
      map("type", "prometheus", "uid", "${datasource}");

  private DashboardJson() {}

  /** Returns the form that Grafana provisions from a file. */
  static String provisioned(Dashboard dashboard) {
    return text(tree(dashboard));
  }

  /** Returns the form that grafana.com takes: it asks for the data source at the import. */
  static String shared(Dashboard dashboard) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put(
        "__inputs",
        List.of(
            map(
                "name", "DS_PROMETHEUS",
                "label", "Prometheus",
                "description", "The Prometheus that scrapes mq-exporter",
                "type", "datasource",
                "pluginId", "prometheus",
                "pluginName", "Prometheus")));
    tree.put("__elements", Map.of());
    tree.put(
        "__requires",
        List.of(
            map("type", "grafana", "id", "grafana", "name", "Grafana", "version", "10.0.0"),
            map(
                "type", "datasource",
                "id", "prometheus",
                "name", "Prometheus",
                "version", "1.0.0")));
    tree.putAll(tree(dashboard));
    return text(tree)
        .replace("\"current\" : { }", "\"current\" : { \"value\" : \"${DS_PROMETHEUS}\" }");
  }

  private static SequencedMap<String, Object> tree(Dashboard dashboard) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("uid", dashboard.uid());
    tree.put("title", dashboard.title());
    tree.put("description", dashboard.description());
    tree.put("tags", List.of("mq-exporter", "messaging"));
    tree.put("schemaVersion", SCHEMA_VERSION);
    tree.put("editable", false);
    tree.put("graphTooltip", 1);
    tree.put("timezone", "browser");
    tree.put("refresh", "30s");
    tree.put("time", map("from", "now-1h", "to", "now"));
    tree.put("links", List.of(links()));
    tree.put("annotations", map("list", List.of(alerts(dashboard))));
    tree.put("templating", map("list", variables(dashboard)));
    tree.put("panels", panels(dashboard));
    return tree;
  }

  private static Map<String, Object> links() {
    return map(
        "type", "dashboards",
        "title", "Messaging",
        "tags", List.of("mq-exporter"),
        "asDropdown", true,
        "includeVars", true,
        "keepTime", true,
        "targetBlank", false);
  }

  private static Map<String, Object> alerts(Dashboard dashboard) {
    boolean hasCluster = dashboard.variables().stream().anyMatch(v -> v.name().equals("cluster"));
    String matcher = hasCluster ? ",messaging_cluster=~\"$cluster\"" : "";
    return map(
        "name", "Alerts",
        "enable", true,
        "iconColor", "red",
        "datasource", DATA_SOURCE,
        "expr", "ALERTS{alertstate=\"firing\",severity!=\"none\"" + matcher + "}",
        "step", "60s",
        "titleFormat", "{{alertname}}",
        "textFormat", "{{messaging_cluster}} {{messaging_destination_name}} {{severity}}",
        "tagKeys", "severity");
  }

  private static List<Object> variables(Dashboard dashboard) {
    var list = new ArrayList<>();
    list.add(
        map(
            "type", "datasource",
            "name", "datasource",
            "label", "Data source",
            "query", "prometheus",
            "current", Map.of(),
            "hide", 0,
            "refresh", 1));
    for (Variable variable : dashboard.variables()) {
      list.add(
          map(
              "type",
              "query",
              "name",
              variable.name(),
              "label",
              variable.label(),
              "datasource",
              DATA_SOURCE,
              "definition",
              variable.query(),
              "query",
              map("query", variable.query(), "refId", variable.name()),
              "multi",
              true,
              "includeAll",
              true,
              "allValue",
              variable.all(),
              "current",
              map("selected", true, "text", List.of("All"), "value", List.of("$__all")),
              "refresh",
              2,
              "sort",
              1));
    }
    return list;
  }

  private static List<Object> panels(Dashboard dashboard) {
    var list = new ArrayList<>();
    for (Layout.Place place : Layout.of(dashboard).places()) {
      SequencedMap<String, Object> panel =
          place.panel().isEmpty() ? row(place) : panel(place.panel().getFirst());
      panel.putFirst("id", list.size() + 1);
      panel.put(
          "gridPos", map("x", place.x(), "y", place.y(), "w", place.width(), "h", place.height()));
      list.add(panel);
    }
    return list;
  }

  private static SequencedMap<String, Object> row(Layout.Place place) {
    return map("type", "row", "title", place.heading(), "collapsed", false, "panels", List.of());
  }

  private static SequencedMap<String, Object> panel(Panel panel) {
    var tree =
        map(
            "type", panel.kind().type(),
            "title", panel.title(),
            "description", panel.description(),
            "datasource", DATA_SOURCE,
            "targets", targets(panel),
            "fieldConfig", map("defaults", defaults(panel), "overrides", List.of()),
            "options", options(panel));
    if (panel.kind() == Panel.Kind.TABLE) {
      tree.put(
          "transformations", List.of(map("id", "merge", "options", Map.of()), hideTime(panel)));
    }
    return tree;
  }

  private static List<Object> targets(Panel panel) {
    var targets = new ArrayList<>();
    for (Query query : panel.queries()) {
      targets.add(
          map(
              "refId", refId(targets.size()),
              "datasource", DATA_SOURCE,
              "expr", query.expression(),
              "legendFormat", query.legend().isEmpty() ? "__auto" : query.legend(),
              "instant", query.instant(),
              "range", !query.instant(),
              "format", panel.kind() == Panel.Kind.TABLE ? "table" : "time_series"));
    }
    return targets;
  }

  private static Map<String, Object> hideTime(Panel panel) {
    var names = new LinkedHashMap<String, Object>();
    for (int i = 0; i < panel.queries().size(); i++) {
      String value = panel.queries().size() == 1 ? "Value" : "Value #" + refId(i);
      names.put(value, panel.queries().get(i).legend());
    }
    return map(
        "id",
        "organize",
        "options",
        map(
            "excludeByName",
            map("Time", true, "job", true, "instance", true),
            "renameByName",
            names));
  }

  private static Map<String, Object> defaults(Panel panel) {
    var steps = new ArrayList<>();
    SequencedMap<String, Object> base = map("color", panel.thresholds().base());
    base.put("value", NullNode.getInstance());
    steps.add(base);
    panel
        .thresholds()
        .steps()
        .forEach(step -> steps.add(map("color", step.color(), "value", step.value())));
    var defaults = map("unit", panel.unit(), "thresholds", map("mode", "absolute", "steps", steps));
    boolean hasSteps = steps.size() > 1;
    defaults.put(
        "color",
        map("mode", panel.kind().type().equals("timeseries") ? "palette-classic" : "thresholds"));
    if (panel.kind().type().equals("timeseries")) {
      defaults.put("min", 0);
      defaults.put(
          "custom",
          map(
              "drawStyle",
              "line",
              "lineWidth",
              1,
              "fillOpacity",
              panel.kind() == Panel.Kind.STACKED ? 40 : 8,
              "showPoints",
              "never",
              "spanNulls",
              false,
              "stacking",
              map("mode", panel.kind() == Panel.Kind.STACKED ? "normal" : "none", "group", "A"),
              "thresholdsStyle",
              map("mode", hasSteps ? "line" : "off")));
    }
    if (panel.kind() == Panel.Kind.TABLE) {
      defaults.put("custom", map("align", "auto", "filterable", true));
    }
    if (!panel.drillDown().isEmpty()) {
      defaults.put(
          "links",
          List.of(map("title", "Open", "url", "/d/" + panel.drillDown() + "&${__url_time_range}")));
    }
    return defaults;
  }

  private static Map<String, Object> options(Panel panel) {
    return switch (panel.kind()) {
      case STAT ->
          map(
              "colorMode", "value",
              "graphMode", "area",
              "reduceOptions", map("calcs", List.of("lastNotNull"), "fields", "", "values", false));
      case BARS ->
          map(
              "orientation",
              "horizontal",
              "displayMode",
              "basic",
              "showUnfilled",
              true,
              "reduceOptions",
              map("calcs", List.of("lastNotNull"), "fields", "", "values", false));
      case TIME_SERIES, STACKED ->
          map(
              "legend", map("displayMode", "list", "placement", "bottom", "showLegend", true),
              "tooltip", map("mode", "multi", "sort", "desc"));
      case TABLE -> map("showHeader", true, "cellHeight", "sm");
    };
  }

  private static String refId(int index) {
    return Character.toString('A' + index);
  }

  private static SequencedMap<String, Object> map(Object... keysAndValues) {
    var map = new LinkedHashMap<String, Object>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put(String.valueOf(keysAndValues[i]), keysAndValues[i + 1]);
    }
    return map;
  }

  private static String text(Map<String, Object> tree) {
    var indenter = new DefaultIndenter("  ", "\n");
    var printer =
        new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter);
    try {
      return JSON.writer(printer).writeValueAsString(tree) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
