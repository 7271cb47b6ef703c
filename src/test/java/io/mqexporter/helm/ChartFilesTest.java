package io.mqexporter.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mqexporter.brokers.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The chart's files are what schema, rules and folders say; {@code -Dupdate} writes them anew. */
class ChartFilesTest {

  @Test
  void theSchemaKnowsTheAlertsAndTheKeysOfTheAgent() throws IOException {
    assertCurrent(ValuesSchema.FILE, ValuesSchema.text());
  }

  @Test
  void theReadmeListsTheValuesOfTheSchema() throws IOException {
    assertCurrent(ChartReadme.FILE, ChartReadme.text());
  }

  @Test
  void everyDefaultIsInTheSchemaAndEverySectionHasDefaults() {
    Map<String, Object> defaults = Chart.file(Chart.FOLDER.resolve("values.yaml"));
    var known = new TreeSet<String>();
    ValuesSchema.read().path("properties").fieldNames().forEachRemaining(known::add);
    known.remove("global");

    assertThat(defaults).containsOnlyKeys(known);
    for (Map.Entry<String, JsonNode> section :
        ValuesSchema.read().path("properties").properties()) {
      assertThat(section.getValue().path("description").asText()).as(section.getKey()).isNotBlank();
    }
  }

  @Test
  void theChartIsOfTheAgentsVersion() {
    String pom = Chart.text(Repository.file("pom.xml"));
    Object version = Chart.file(Chart.FOLDER.resolve("Chart.yaml")).get("appVersion");

    assertThat(pom).contains("<version>" + version + "</version>");
  }

  /** There is one source of each; Helm follows the links when it installs and when it packs. */
  @Test
  void alertsAndDashboardsAreThoseOfTheirFolders() throws IOException {
    for (String folder : new String[] {"alerts", "dashboards"}) {
      Path link = Chart.FOLDER.resolve(folder);
      assertThat(Files.readSymbolicLink(link)).isEqualTo(Path.of("../" + folder));
    }
  }

  private static void assertCurrent(Path file, String text) throws IOException {
    if (System.getProperty("update") != null) {
      Files.writeString(file, text);
    }
    assertThat(file).as("stale (make chart writes it anew)").hasContent(text);
  }
}
