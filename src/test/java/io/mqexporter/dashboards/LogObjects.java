package io.mqexporter.dashboards;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mqexporter.brokers.Repository;
import io.mqexporter.logs.sink.LogField;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What Kibana (7.10 and later) and OpenSearch Dashboards import to show the log events: a data
 * view, a saved search for each broker, charts, and a dashboard of them.
 */
public final class LogObjects {

  /** The file with all of them, a line of JSON each. */
  static final Path FILE = Repository.file("dashboards/mq-exporter-logs.ndjson");

  /** The indices that the data view is of: what the templates are for. */
  static final String INDICES = "logs-mq.*-*,mq-logs-*";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String DATA_VIEW = "mq-exporter-logs";
  private static final String ERRORS = "log.level:error or log.level:fatal";

  private static final List<LogField> COLUMNS =
      List.of(
          LogField.LOG_LEVEL,
          LogField.LABEL_CLUSTER,
          LogField.LABEL_BROKER,
          LogField.LOG_LOGGER,
          LogField.MESSAGE,
          LogField.ERROR_TYPE);

  private LogObjects() {}

  /**
   * A search that is kept.
   *
   * @param details the columns beside those of all searches
   */
  record Search(String id, String title, String query, List<LogField> details) {}

  /**
   * Numbers of events: over time if {@code overTime}, else as a table.
   *
   * @param by what they are told apart by
   * @param width of the 48 columns of a dashboard
   */
  public record Chart(
      String id, String title, String query, boolean overTime, LogField by, int width) {}

  static List<Search> searches() {
    return List.of(
        new Search("mq-exporter-logs-all", "Brokers: all events", "", List.of()),
        new Search(
            "mq-exporter-logs-kafka",
            "Brokers: Kafka",
            "event.module:kafka",
            List.of(LogField.KAFKA_COMPONENT)),
        new Search(
            "mq-exporter-logs-rabbitmq",
            "Brokers: RabbitMQ",
            "event.module:rabbitmq",
            List.of(LogField.RABBITMQ_PID, LogField.RABBITMQ_DOMAIN)),
        new Search(
            "mq-exporter-logs-rocketmq",
            "Brokers: RocketMQ",
            "event.module:rocketmq",
            List.of(LogField.ROCKETMQ_FILE)));
  }

  /** Returns the charts, in the order of the dashboard. */
  public static List<Chart> charts() {
    return List.of(
        chart("errors-by-cluster", "Errors by cluster", ERRORS, true, LogField.LABEL_CLUSTER, 24),
        chart("errors-by-broker", "Errors by broker", ERRORS, true, LogField.LABEL_BROKER, 24),
        chart("events-by-level", "Events by level", "", true, LogField.LOG_LEVEL, 48),
        chart("errors-by-logger", "Errors by logger", ERRORS, false, LogField.LOG_LOGGER, 24),
        chart("exceptions", "Exceptions", "error.type:*", false, LogField.ERROR_TYPE, 24));
  }

  private static Chart chart(
      String id, String title, String query, boolean overTime, LogField by, int width) {
    return new Chart("mq-exporter-logs-" + id, "Brokers: " + title, query, overTime, by, width);
  }

  /** Returns all of them as the file has them. */
  static String ndjson() {
    return objects().stream().map(ObjectNode::toString).collect(Collectors.joining("\n", "", "\n"));
  }

  private static List<ObjectNode> objects() {
    var objects = new ArrayList<ObjectNode>();
    objects.add(dataView());
    searches().forEach(search -> objects.add(object(search)));
    charts().forEach(chart -> objects.add(object(chart)));
    objects.add(dashboard());
    return objects;
  }

  private static ObjectNode dataView() {
    ObjectNode object = object("index-pattern", DATA_VIEW, "7.6.0");
    attributes(object).put("title", INDICES).put("timeFieldName", "@timestamp");
    return object;
  }

  private static ObjectNode object(Search search) {
    ObjectNode object = object("search", search.id(), "7.9.3");
    ObjectNode attributes = attributes(object);
    attributes.put("title", search.title());
    ArrayNode columns = attributes.putArray("columns");
    Stream.concat(COLUMNS.stream(), search.details().stream())
        .map(LogField::fieldName)
        .forEach(columns::add);
    attributes.putArray("sort").addArray().add("@timestamp").add("desc");
    putSource(object, search.query());
    return object;
  }

  private static ObjectNode object(Chart chart) {
    ObjectNode object = object("visualization", chart.id(), "7.10.0");
    ObjectNode state = JSON.createObjectNode();
    state.put("title", chart.title()).put("type", chart.overTime() ? "histogram" : "table");
    ObjectNode parameters = state.putObject("params");
    ArrayNode aggregations = state.putArray("aggs");
    aggregation(aggregations, "1", "count", "metric");
    if (chart.overTime()) {
      parameters.put("type", "histogram").put("addLegend", true).put("legendPosition", "right");
      aggregation(aggregations, "2", "date_histogram", "segment")
          .put("field", "@timestamp")
          .put("interval", "auto");
    } else {
      parameters.put("perPage", 10).put("showTotal", false);
    }
    aggregation(aggregations, "3", "terms", chart.overTime() ? "group" : "bucket")
        .put("field", chart.by().fieldName())
        .put("size", 20)
        .put("order", "desc")
        .put("orderBy", "1");
    attributes(object)
        .put("title", chart.title())
        .put("visState", state.toString())
        .put("uiStateJSON", "{}")
        .put("version", 1);
    putSource(object, chart.query());
    return object;
  }

  private static ObjectNode aggregation(
      ArrayNode aggregations, String id, String type, String schema) {
    return aggregations
        .addObject()
        .put("id", id)
        .put("enabled", true)
        .put("type", type)
        .put("schema", schema)
        .putObject("params");
  }

  private static ObjectNode dashboard() {
    ObjectNode object = object("dashboard", "mq-exporter-logs-dashboard", "7.9.3");
    ArrayNode panels = JSON.createArrayNode();
    int x = 0;
    int y = 0;
    for (Chart chart : charts()) {
      addPanel(object, panels, "visualization", chart.id(), x, y, chart.width());
      x = (x + chart.width()) % 48;
      y += x == 0 ? 15 : 0;
    }
    addPanel(object, panels, "search", searches().getFirst().id(), 0, y, 48);
    attributes(object)
        .put("title", "Brokers: error logs")
        .put("panelsJSON", panels.toString())
        .put("optionsJSON", "{\"useMargins\":true,\"hidePanelTitles\":false}")
        .put("version", 1)
        .put("timeRestore", true)
        .put("timeFrom", "now-24h")
        .put("timeTo", "now")
        .putObject("kibanaSavedObjectMeta")
        .put("searchSourceJSON", source("").toString());
    return object;
  }

  private static void addPanel(
      ObjectNode dashboard, ArrayNode panels, String type, String id, int x, int y, int width) {
    String name = "panel_" + panels.size();
    ObjectNode panel = panels.addObject();
    panel.put("version", "7.10.0").put("panelIndex", name).put("panelRefName", name);
    panel.putObject("embeddableConfig");
    panel.putObject("gridData").put("x", x).put("y", y).put("w", width).put("h", 15).put("i", name);
    ((ArrayNode) dashboard.get("references"))
        .addObject()
        .put("name", name)
        .put("type", type)
        .put("id", id);
  }

  private static ObjectNode object(String type, String id, String version) {
    ObjectNode object = JSON.createObjectNode().put("id", id).put("type", type);
    object.putObject("attributes");
    object.putArray("references");
    object.putObject("migrationVersion").put(type, version);
    return object;
  }

  private static ObjectNode attributes(ObjectNode object) {
    return (ObjectNode) object.get("attributes");
  }

  /** Says what is searched: a query in Kibana's language over the data view. */
  private static void putSource(ObjectNode object, String query) {
    String name = "kibanaSavedObjectMeta.searchSourceJSON.index";
    ObjectNode source = source(query).put("indexRefName", name);
    attributes(object)
        .putObject("kibanaSavedObjectMeta")
        .put("searchSourceJSON", source.toString());
    ((ArrayNode) object.get("references"))
        .addObject()
        .put("name", name)
        .put("type", "index-pattern")
        .put("id", DATA_VIEW);
  }

  private static ObjectNode source(String query) {
    ObjectNode source = JSON.createObjectNode();
    source.putObject("query").put("query", query).put("language", "kuery");
    source.putArray("filter");
    return source;
  }
}
