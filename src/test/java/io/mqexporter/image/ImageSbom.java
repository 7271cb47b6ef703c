package io.mqexporter.image;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mqexporter.brokers.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * The image's bill of materials, in CycloneDX's form: that of the agent, which Maven writes, and
 * what the image has besides.
 */
final class ImageSbom {

  private ImageSbom() {}

  /**
   * Writes it into a root.
   *
   * @param packages Debian's packages of the root, each as name and version in a line
   */
  static void write(ImageRoot root, Path packages) throws IOException {
    var json = new ObjectMapper();
    var sbom = (ObjectNode) json.readTree(Repository.file("exporter/target/bom.json").toFile());
    var components = (ArrayNode) sbom.get("components");
    for (String line : Files.readAllLines(packages)) {
      String name = line.substring(0, line.indexOf(' '));
      String version = line.substring(name.length() + 1);
      // The whole JDK is where the runtime was linked from; the runtime itself is below.
      if (!name.startsWith("openjdk-")) {
        add(
            components,
            name,
            version,
            "pkg:deb/debian/%s@%s?arch=%s"
                .formatted(name, version.replace("+", "%2B"), root.architecture().label()));
      }
    }
    var release = new Properties();
    try (var reader = Files.newBufferedReader(root.java().resolve("release"))) {
      release.load(reader);
    }
    String java = release.getProperty("JAVA_VERSION", "").replace("\"", "");
    add(components, "openjdk", java, "pkg:generic/openjdk@" + java);
    Files.writeString(
        root.sbom(), json.writerWithDefaultPrettyPrinter().writeValueAsString(sbom) + "\n");
  }

  private static void add(ArrayNode components, String name, String version, String packageUrl) {
    components
        .addObject()
        .put("type", "library")
        .put("bom-ref", packageUrl)
        .put("name", name)
        .put("version", version)
        .put("purl", packageUrl);
  }
}
