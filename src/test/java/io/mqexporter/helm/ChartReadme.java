package io.mqexporter.helm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** The chart's README, whose table of values is written from the schema and the defaults. */
final class ChartReadme {

  /** Its file. */
  static final Path FILE = Chart.FOLDER.resolve("README.md");

  private static final String HEADING = "## Values\n";

  /** Written down elsewhere: the agent's own keys, and the alerts by their names. */
  private static final Set<String> NOT_OPENED = Set.of("config", "alerts.rules");

  private static final ObjectMapper JSON = new ObjectMapper();

  private ChartReadme() {}

  /** Returns the text that the file is to have: up to the table it is written by hand. */
  static String text() {
    String text = Chart.text(FILE);
    var table = new StringBuilder();
    table.append("\n| Value | Type | Default | |\n|---|---|---|---|\n");
    add(table, "", ValuesSchema.read(), Chart.file(Chart.FOLDER.resolve("values.yaml")));
    return text.substring(0, text.indexOf(HEADING) + HEADING.length()) + table;
  }

  private static void add(
      StringBuilder table, String prefix, JsonNode schema, Map<String, Object> defaults) {
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      String path = prefix + property.getKey();
      JsonNode value = property.getValue();
      boolean opened = value.has("properties") && !NOT_OPENED.contains(path);
      table.append(
          "| `%s` | %s | %s | %s |%n"
              .formatted(
                  path,
                  type(value),
                  opened || !defaults.containsKey(property.getKey())
                      ? ""
                      : "`" + json(defaults.get(property.getKey())) + "`",
                  value.path("description").asText()));
      if (opened) {
        add(table, path + ".", value, Chart.section(defaults, property.getKey()));
      }
    }
  }

  private static String type(JsonNode schema) {
    if (schema.has("enum")) {
      return "one of "
          + schema
              .get("enum")
              .valueStream()
              .map(JsonNode::toString)
              .toList()
              .toString()
              .replaceAll("[\\[\\]]", "");
    }
    JsonNode type = schema.path("type");
    return type.isArray() ? type.path(0).asText() : type.asText();
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
