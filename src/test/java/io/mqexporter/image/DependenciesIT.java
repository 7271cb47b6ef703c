package io.mqexporter.image;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.mqexporter.brokers.Repository;
import java.io.IOException;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What is shipped, held against what is known of it: without a network, so that only what somebody
 * has written down is found.
 */
class DependenciesIT {

  private static List<Reviewed> reviewed;
  private static Map<String, String> versions;
  private static List<Advisory> advisories;

  private record Reviewed(String library, String version, Set<String> accepted) {

    /** Returns the name of its jar. */
    private String jar() {
      return "%s-%s.jar".formatted(library.substring(library.indexOf(':') + 1), version);
    }
  }

  private record Advisory(String id, String library, String firstWithout) {

    private boolean isAbout(Map<String, String> libraries) {
      return libraries.containsKey(library)
          && Version.parse(libraries.get(library)).compareTo(Version.parse(firstWithout)) < 0;
    }
  }

  @BeforeAll
  static void read() throws IOException {
    reviewed =
        rows("reviewed.tsv")
            .map(row -> new Reviewed(row[0], row[1], Set.of(row[2].split(","))))
            .toList();
    versions = reviewed.stream().collect(toMap(Reviewed::library, Reviewed::version));
    advisories = rows("advisories.tsv").map(row -> new Advisory(row[0], row[1], row[2])).toList();
  }

  @Test
  void everyLibraryIsShippedInTheVersionThatWasLookedAt() throws IOException {
    try (Stream<Path> jars = Files.list(Repository.file("exporter/target/lib"))) {
      assertThat(
              jars.map(jar -> jar.getFileName().toString())
                  .filter(name -> !name.startsWith("mq-exporter-")))
          .as("src/test/dependencies/reviewed.tsv")
          .containsExactlyInAnyOrderElementsOf(reviewed.stream().map(Reviewed::jar).toList());
    }
  }

  @Test
  void whatIsKnownOfThemIsAcceptedOrMended() {
    Set<String> accepted =
        reviewed.stream()
            .flatMap(library -> library.accepted().stream())
            .filter(id -> !id.equals("-"))
            .collect(toSet());

    assertThat(findings(versions)).isEqualTo(accepted);
  }

  @Test
  void anOlderVersionIsFound() {
    assertThat(
            findings(
                Map.of(
                    "io.netty:netty-codec-http2", "4.2.14.Final",
                    "org.yaml:snakeyaml", "1.33",
                    "com.google.guava:guava", "32.0.1-jre")))
        .containsExactlyInAnyOrder("CVE-2026-47244", "CVE-2026-50560", "CVE-2022-1471");
  }

  @Test
  void everyAdvisoryIsAboutSomethingThatIsShipped() {
    assertThat(advisories).isNotEmpty().extracting(Advisory::library).isSubsetOf(versions.keySet());
  }

  private static Set<String> findings(Map<String, String> libraries) {
    return advisories.stream()
        .filter(advisory -> advisory.isAbout(libraries))
        .map(Advisory::id)
        .collect(toSet());
  }

  private static Stream<String[]> rows(String name) throws IOException {
    return Files.readAllLines(Repository.file("src/test/dependencies/" + name)).stream()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split("\t"));
  }
}
