package io.mqexporter.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.mqexporter.alerts.Alerts;
import io.mqexporter.alerts.RuleFile;
import io.mqexporter.brokers.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/** What the chart renders is what Kubernetes, Prometheus Operator and people expect. */
class ChartTest {

  @TempDir private Path folder;

  static Stream<Path> examples() {
    return Chart.examples().stream();
  }

  static Stream<Arguments> examplesAndReleases() {
    return Chart.examples().stream()
        .flatMap(example ->
            IntStream.rangeClosed(25, 36)
                .mapToObj(minor -> Arguments.of(example, "1." + minor + ".0")));
  }

  /** Lints a copy, in which the example's values are the defaults: Helm lints no others. */
  @ParameterizedTest
  @MethodSource("examples")
  void theStrictLinterHasNothingAgainstIt(Path example) throws IOException {
    Path copy = Chart.copy(folder);
    Map<String, Object> defaults = Chart.file(Chart.FOLDER.resolve("values.yaml"));
    Files.writeString(
        copy.resolve("values.yaml"), new Yaml().dump(Chart.merged(defaults, Chart.file(example))));

    LintResult result = new Helm(copy).lint().strict().call();

    assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
    assertThat(result.getMessages())
        .noneMatch(line -> line.contains("[WARNING]") || line.contains("[ERROR]"));
  }

  @ParameterizedTest
  @MethodSource("examplesAndReleases")
  void everyDocumentIsOfItsType(Path example, String kubernetes) {
    List<Map<String, Object>> documents = Chart.documents(Chart.render(example, kubernetes));

    assertThat(documents).isNotEmpty().allSatisfy(StrictManifests::read);
  }

  @Test
  void whatIsMisspelledIsOfNoType() {
    String deployment = Chart.render(Chart.examples().getFirst(), Chart.KUBERNETES);
    for (String wrong :
        List.of("imagePullPolice: x", "readOnlyRootFileSystem: true", "replica: 1")) {
      String right = wrong.equals("replica: 1") ? "replicas: 1" : right(wrong);
      List<Map<String, Object>> documents =
          Chart.documents(deployment.replaceFirst(right, wrong), "Deployment");

      assertThatThrownBy(() -> StrictManifests.read(documents.getFirst()))
          .hasMessageContaining(wrong.replaceFirst(":.*", ""));
    }
  }

  private static String right(String wrong) {
    return wrong.startsWith("image")
        ? "imagePullPolicy: IfNotPresent"
        : "readOnlyRootFilesystem: true";
  }

  /** Returns what the pod of the agent is made of, or those of its shards. */
  private static PodSpec agent(String rendered) {
    return Stream.concat(
            Chart.documents(rendered, "Deployment").stream()
                .map(one -> StrictManifests.read(one, Deployment.class).getSpec().getTemplate()),
            Chart.documents(rendered, "StatefulSet").stream()
                .map(one -> StrictManifests.read(one, StatefulSet.class).getSpec().getTemplate()))
        .map(PodTemplateSpec::getSpec)
        .findFirst()
        .orElseThrow();
  }

  /** What the Pod Security Standard "restricted" demands of each pod, and no token. */
  @ParameterizedTest
  @MethodSource("examples")
  void podsAreRestricted(Path example) throws IOException {
    // Hooks are not rendered with the rest, so that of the test is turned into a pod like others.
    Path copy = Chart.copy(folder);
    Path hook = copy.resolve("templates/tests/ready.yaml");
    Files.writeString(hook, Chart.text(hook).replace("helm.sh/hook", "example.org/hook"));
    String rendered = Chart.render(copy, example, Chart.KUBERNETES);
    Map<String, Object> test = Chart.documents(rendered, "Pod").getFirst();
    for (PodSpec pod : List.of(agent(rendered), StrictManifests.read(test, Pod.class).getSpec())) {
      assertThat(pod.getAutomountServiceAccountToken()).isFalse();
      assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
      assertThat(pod.getSecurityContext().getSeccompProfile().getType())
          .isEqualTo("RuntimeDefault");
      assertThat(pod.getHostNetwork()).isNull();
      assertThat(pod.getContainers())
          .allSatisfy(container -> {
            SecurityContext context = container.getSecurityContext();
            assertThat(context.getAllowPrivilegeEscalation()).isFalse();
            assertThat(context.getReadOnlyRootFilesystem()).isTrue();
            assertThat(context.getCapabilities().getDrop()).containsExactly("ALL");
            assertThat(context.getCapabilities().getAdd()).isEmpty();
          });
      assertThat(pod.getVolumes())
          .allMatch(volume ->
              volume.getConfigMap() != null
                  || volume.getSecret() != null
                  || volume.getEmptyDir() != null);
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void itIsWhatWasReviewed(Path example) throws IOException {
    Path file = GoldenRender.file(example);
    String text = GoldenRender.text(example);
    if (System.getProperty("update") != null) {
      Files.createDirectories(file.resolveSibling("."));
      Files.writeString(file, text);
    }
    assertThat(file).as("differs (make chart writes it anew, to be reviewed)").hasContent(text);
  }

  @Test
  void rulesAreThoseOfTheFolderWhereTheValuesSayNothing() {
    String rendered =
        render(
            """
            config: {targets: [{name: a, kafka: {bootstrap_servers: "b:9092"}}]}
            alerts:
              enabled: true
              runbookUrl: https://runbooks.example.com/mq-exporter/
              grafanaUrl: https://grafana.example.com
            """);
    List<Map<String, Object>> rules = Chart.documents(rendered, "PrometheusRule");

    assertThat(rules).hasSameSizeAs(Alerts.files());
    for (RuleFile file : Alerts.files()) {
      Object groups = Chart.file(file.path()).get("groups");
      assertThat(rules)
          .filteredOn(rule ->
              Chart.section(rule, "metadata").containsValue("mq-mq-exporter-" + file.name()))
          .singleElement()
          .satisfies(
              rule -> assertThat(Chart.section(rule, "spec")).containsEntry("groups", groups));
    }
  }

  @Test
  void alertsHaveNoLinksThatLeadNowhere() {
    assertThat(render("config: {targets: [{name: a}]}\nalerts: {enabled: true}\n"))
        .contains("alert: MessagingClusterUnreachable")
        .doesNotContain("example.com")
        .doesNotContain("runbook_url")
        .doesNotContain("dashboard_url");
  }

  @Test
  void dashboardsAreThoseOfTheFolder() throws IOException {
    String rendered = render("config: {targets: [{name: a}]}\ndashboards: {enabled: true}\n");
    Map<String, Object> files =
        Chart.documents(rendered, "ConfigMap").stream()
            .map(map -> Chart.section(map, "data"))
            .filter(data -> data.keySet().iterator().next().endsWith(".json"))
            .collect(TreeMap::new, Map::putAll, Map::putAll);

    try (Stream<Path> dashboards = Files.list(Repository.file("dashboards"))) {
      for (Path file :
          dashboards.filter(path -> path.toString().endsWith(".json")).sorted().toList()) {
        assertThat((String) files.remove(file.getFileName().toString()))
            .isEqualToIgnoringWhitespace(Chart.text(file));
      }
    }
    assertThat(files).isEmpty();
  }

  @Test
  void itIsTheSameWhenItIsPacked() throws IOException {
    new Helm(Chart.FOLDER).packageIt().withDestination(folder).call();
    Path example = Chart.examples().getLast();
    Path packed = folder.resolve("mq-exporter-0.1.0.tgz");

    assertThat(Chart.render(packed, example, Chart.KUBERNETES))
        .isEqualTo(Chart.render(example, Chart.KUBERNETES));
    // A release keeps the chart in a Secret, which may have 1 MiB.
    assertThat(packed).satisfies(file -> assertThat(Files.size(file)).isLessThan(300_000));
  }

  private String render(String values) {
    try {
      return Chart.render(
          Files.writeString(folder.resolve("values.yaml"), values), Chart.KUBERNETES);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
