package io.mqexporter.dashboards;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mqexporter.brokers.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What Kibana imports is what the code says, and speaks only of fields that the template has. */
class LogObjectsTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern FIELD_OF_QUERY = Pattern.compile("([\\w.@]+):");

  @Test
  void theFileIsWhatTheCodeSays() throws IOException {
    if (System.getProperty("update") != null) {
      Files.writeString(LogObjects.FILE, LogObjects.ndjson());
    }
    assertThat(LogObjects.FILE)
        .as("stale (make dashboards writes it anew)")
        .hasContent(LogObjects.ndjson());
  }

  @Test
  void everyFieldIsOneOfTheTemplate() throws IOException {
    JsonNode properties = template("stream").at("/template/mappings/properties");
    var fields = new HashSet<String>();
    for (JsonNode object : objects()) {
      JsonNode attributes = object.path("attributes");
      attributes.path("columns").forEach(column -> fields.add(column.asText()));
      JsonNode state = JSON.readTree(attributes.path("visState").asText("{}"));
      for (JsonNode aggregation : state.path("aggs")) {
        String field = aggregation.path("params").path("field").asText();
        if (!field.isEmpty()) {
          fields.add(field);
          assertThat(type(properties, field)).as(field + " can be counted").isNotEqualTo("text");
        }
      }
      Matcher query = FIELD_OF_QUERY.matcher(source(object).at("/query/query").asText());
      while (query.find()) {
        fields.add(query.group(1));
      }
    }
    assertThat(fields).hasSizeGreaterThan(10);
    assertThat(fields).allSatisfy(field -> assertThat(type(properties, field)).isNotEmpty());
  }

  @Test
  void theDataViewIsOfAllThatTheTemplatesAreFor() throws IOException {
    List<String> patterns = new ArrayList<>();
    for (String name : List.of("stream", "daily")) {
      template(name).path("index_patterns").forEach(pattern -> patterns.add(pattern.asText()));
    }
    assertThat(String.join(",", patterns)).isEqualTo(LogObjects.INDICES);
  }

  @Test
  void whatIsReferredToIsThere() throws IOException {
    Set<String> ids = objects().stream().map(object -> object.path("id").asText()).collect(toSet());
    assertThat(ids).hasSize(objects().size());
    for (JsonNode object : objects()) {
      for (JsonNode reference : object.path("references")) {
        assertThat(ids).contains(reference.path("id").asText());
      }
      assertThat(source(object).path("indexRefName").asText())
          .isIn("", object.at("/references/0/name").asText());
    }
    JsonNode dashboard = objects().getLast();
    JsonNode panels = JSON.readTree(dashboard.at("/attributes/panelsJSON").asText());
    assertThat(panels).hasSize(LogObjects.charts().size() + 1);
    assertThat(dashboard.path("references")).hasSize(panels.size());
  }

  private static String type(JsonNode properties, String field) {
    return properties.at("/" + field.replace(".", "/properties/") + "/type").asText();
  }

  private static JsonNode source(JsonNode object) throws IOException {
    return JSON.readTree(
        object.at("/attributes/kibanaSavedObjectMeta/searchSourceJSON").asText("{}"));
  }

  private static List<JsonNode> objects() throws IOException {
    var objects = new ArrayList<JsonNode>();
    for (String line : LogObjects.ndjson().lines().toList()) {
      objects.add(JSON.readTree(line));
    }
    return objects;
  }

  private static JsonNode template(String name) throws IOException {
    String file = "exporter/src/main/dist/elasticsearch/mq-logs-%s.template.json".formatted(name);
    return JSON.readTree(Files.readString(Repository.file(file)));
  }
}
