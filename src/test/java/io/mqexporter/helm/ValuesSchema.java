package io.mqexporter.helm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mqexporter.alerts.Alerts;
import io.mqexporter.alerts.Rule;
import io.mqexporter.brokers.Repository;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The schema of the chart's values. It is written by hand but for two parts, which are taken from
 * where they are known: the keys of the agent's configuration from its reference file, and the
 * alerts from their rules.
 */
final class ValuesSchema {

  /** Its file. */
  static final Path FILE = Chart.FOLDER.resolve("values.schema.json");

  private static final Path REFERENCE =
      Repository.file("exporter/src/main/dist/mq-exporter.reference.yaml");

  /** Numbers that say that something is there, not how much of it may be. */
  private static final Pattern YES_OR_NO = Pattern.compile("[01](\\.0)?");

  private static final Pattern COMPARISON = Pattern.compile("(?:>=|<=|>|<) ([0-9.]+)");
  private static final ObjectMapper JSON = new ObjectMapper();

  private ValuesSchema() {}

  /** Returns the schema as it is in the file. */
  static ObjectNode read() {
    try {
      return (ObjectNode) JSON.readTree(Chart.text(FILE));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(FILE + ": " + e.getMessage(), e);
    }
  }

  /** Returns the text that the file is to have, with the two parts as they are now. */
  static String text() {
    ObjectNode schema = read();
    var properties = (ObjectNode) schema.get("properties");
    replace(properties, "config", configuration());
    replace((ObjectNode) properties.at("/alerts/properties"), "rules", rules());
    var indenter = new DefaultIndenter("  ", "\n");
    var printer =
        new DefaultPrettyPrinter()
            .withObjectIndenter(indenter)
            .withArrayIndenter(DefaultPrettyPrinter.FixedSpaceIndenter.instance);
    try {
      return JSON.writer(printer).writeValueAsString(schema) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the number that an alert's expression compares with, where there is just one. */
  static List<String> thresholds(Rule alert) {
    return COMPARISON
        .matcher(alert.expression())
        .results()
        .map(match -> match.group(1))
        .filter(number -> !YES_OR_NO.matcher(number).matches())
        .toList();
  }

  private static void replace(ObjectNode properties, String key, ObjectNode schema) {
    JsonNode description = properties.path(key).path("description");
    var described = JSON.createObjectNode();
    described.set("description", description);
    described.setAll(schema);
    properties.set(key, described);
  }

  private static ObjectNode rules() {
    var rules = closedObject();
    var properties = rules.putObject("properties");
    for (Rule alert : Alerts.rules().stream().filter(Rule::isAlert).toList()) {
      String kind = thresholds(alert).size() == 1 ? "alertWithThreshold" : "alert";
      properties.putObject(alert.name()).put("$ref", "#/definitions/" + kind);
    }
    return rules;
  }

  private static ObjectNode configuration() {
    // Keys that are commented out there, since the files that they name are nobody's, are keys,
    // too.
    String reference = Chart.text(REFERENCE).replaceAll("(?m)^( *)#([a-z_]+: )", "$1$2");
    return schema(
        "",
        new Yaml(new SafeConstructor(new LoaderOptions())).<Map<String, Object>>load(reference));
  }

  private static ObjectNode schema(String key, Object example) {
    // Kafka's properties are Kafka's.
    if (key.equals("properties")) {
      return JSON.createObjectNode().put("type", "object");
    }
    return switch (example) {
      case Map<?, ?> mapping -> {
        ObjectNode schema = closedObject();
        var properties = schema.putObject("properties");
        Chart.mapping(mapping).forEach((name, value) -> properties.set(name, schema(name, value)));
        yield schema;
      }
      case List<?> list when !list.isEmpty() && list.getFirst() instanceof Map -> {
        Map<String, Object> all = new TreeMap<>();
        for (Object element : list) {
          all = Chart.merged(all, Chart.mapping(element));
        }
        ObjectNode schema = JSON.createObjectNode().put("type", "array");
        schema.set("items", schema("", all));
        yield schema;
      }
      default -> {
        // Of what type a value is, the agent says; a list may often be written as a text.
        ObjectNode schema = JSON.createObjectNode();
        schema.putArray("type").add("string").add("number").add("boolean").add("array");
        yield schema;
      }
    };
  }

  private static ObjectNode closedObject() {
    return JSON.createObjectNode().put("type", "object").put("additionalProperties", false);
  }
}
