package io.mqexporter.helm;

import com.marcnuri.helm.Helm;
import io.mqexporter.brokers.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The chart in the folder {@code helm}, and what Helm makes of it. */
final class Chart {

  /** Its folder. */
  static final Path FOLDER = Repository.file("helm");

  /** A release of Kubernetes that the chart is for. */
  static final String KUBERNETES = "1.34.0";

  private Chart() {}

  /** Returns the examples of values, by their names in order. */
  static List<Path> examples() {
    try (Stream<Path> files = Files.list(FOLDER.resolve("examples"))) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the manifests of a release {@code mq} in the namespace {@code monitoring}. */
  static String render(Path values, String kubernetes) {
    return render(FOLDER, values, kubernetes);
  }

  /** Returns the same for a chart that is elsewhere, packed or not. */
  static String render(Path chart, Path values, String kubernetes) {
    return new Helm(chart)
        .template()
        .withName("mq")
        .withNamespace("monitoring")
        .withKubeVersion(kubernetes)
        .withValuesFile(values)
        .call();
  }

  /** Copies the chart into a folder, as Helm packs it: links are followed. */
  static Path copy(Path folder) throws IOException {
    Path copy = Files.createDirectory(folder.resolve("mq-exporter"));
    try (Stream<Path> files = Files.walk(FOLDER, FileVisitOption.FOLLOW_LINKS)) {
      for (Path file : files.filter(path -> !path.equals(FOLDER)).toList()) {
        Files.copy(file, copy.resolve(FOLDER.relativize(file)));
      }
    }
    return copy;
  }

  /** Returns the documents of a text of YAML. */
  static List<Map<String, Object>> documents(String yaml) {
    return StreamSupport.stream(yaml().loadAll(yaml).spliterator(), false)
        .filter(document -> document != null)
        .map(Chart::mapping)
        .toList();
  }

  /** Returns the documents of a kind. */
  static List<Map<String, Object>> documents(String yaml, String kind) {
    return documents(yaml).stream().filter(document -> kind.equals(document.get("kind"))).toList();
  }

  /** Returns a file of YAML. */
  static Map<String, Object> file(Path path) {
    return mapping(yaml().load(text(path)));
  }

  /** Returns the content of a file. */
  static String text(Path path) {
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new UncheckedIOException(path + ": cannot be read", e);
    }
  }

  /** Returns what is under a key of a mapping, which is a mapping, too. */
  static Map<String, Object> section(Map<String, Object> mapping, String key) {
    return mapping(mapping.getOrDefault(key, Map.of()));
  }

  /** Returns what is under a key of a mapping, which is a list of mappings. */
  static List<Map<String, Object>> list(Map<String, Object> mapping, String key) {
    return ((List<?>) mapping.getOrDefault(key, List.of())).stream().map(Chart::mapping).toList();
  }

  @SuppressWarnings("unchecked") // The keys of these files are texts.
  static Map<String, Object> mapping(Object value) {
    return (Map<String, Object>) value;
  }

  /** Returns mappings of which the second one's values win, at every level, as Helm has it. */
  static Map<String, Object> merged(Map<String, Object> defaults, Map<String, Object> values) {
    var merged = new TreeMap<>(defaults);
    values.forEach((key, value) ->
        merged.merge(
            key,
            value,
            (mine, theirs) ->
                mine instanceof Map && theirs instanceof Map
                    ? merged(mapping(mine), mapping(theirs))
                    : theirs));
    return merged;
  }

  private static Yaml yaml() {
    return new Yaml(new SafeConstructor(new LoaderOptions()));
  }
}
