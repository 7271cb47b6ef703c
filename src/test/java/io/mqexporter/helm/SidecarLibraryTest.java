package io.mqexporter.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a chart of one's own gets from the library of templates. */
class SidecarLibraryTest {

  private static final Path LIBRARY = Chart.FOLDER.resolve("sidecar/library");

  private static final String BROKER =
      """
      apiVersion: apps/v1
      kind: StatefulSet
      metadata: {name: broker}
      spec:
        template:
          spec:
            initContainers:
              - {{- include "mq-exporter.sidecar.container" . | nindent 10 }}
            containers: [{name: broker, image: broker}]
            volumes:
              {{- include "mq-exporter.sidecar.volumes" . | nindent 8 }}
      """;

  @TempDir private Path folder;

  @Test
  void itIsTheAgentOfTheSamples() throws IOException {
    Map<String, Object> sample =
        Chart.section(Chart.file(Chart.FOLDER.resolve("sidecar/bitnami-kafka.yaml")), "controller");
    Container expected =
        StrictManifests.read(Chart.list(sample, "initContainers").getFirst(), Container.class);
    expected.setEnv(List.of());

    PodSpec pod = render("{}");

    assertThat(pod.getInitContainers()).containsExactly(expected);
    assertThat(pod.getVolumes())
        .isEqualTo(
            Chart.list(sample, "extraVolumes").stream()
                .map(volume -> StrictManifests.read(volume, Volume.class))
                .toList());
  }

  @Test
  void valuesOfTheOtherChartSayMore() throws IOException {
    PodSpec pod =
        render(
            """
            mqExporter:
              image: registry.example.org/mq-exporter:1
              configMap: agent
              secrets: [kafka-user, kafka.ca]
              env: [{name: NODE_ID, value: "3"}]
              resources: {limits: {memory: 512Mi}}
            """);
    Container agent = pod.getInitContainers().getFirst();

    assertThat(agent.getImage()).isEqualTo("registry.example.org/mq-exporter:1");
    assertThat(agent.getEnv()).containsExactly(new EnvVar("NODE_ID", "3", null));
    assertThat(agent.getResources().getLimits()).isEqualTo(Map.of("memory", new Quantity("512Mi")));
    assertThat(agent.getResources().getRequests()).isEmpty();
    assertThat(agent.getVolumeMounts())
        .extracting(VolumeMount::getMountPath)
        .contains("/etc/mq-exporter/secrets/kafka-user", "/etc/mq-exporter/secrets/kafka.ca");
    assertThat(agent.getVolumeMounts())
        .extracting(VolumeMount::getName)
        .containsExactlyElementsOf(pod.getVolumes().stream().map(Volume::getName).toList());
    assertThat(pod.getVolumes().getFirst().getConfigMap().getName()).isEqualTo("agent");
    assertThat(pod.getVolumes())
        .filteredOn(volume -> volume.getSecret() != null)
        .extracting(volume -> volume.getSecret().getSecretName())
        .containsExactly("kafka-user", "kafka.ca");
  }

  @Test
  void theStrictLinterHasNothingAgainstIt() {
    LintResult result = new Helm(LIBRARY).lint().strict().call();

    assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
    assertThat(result.getMessages())
        .noneMatch(line -> line.contains("[WARNING]") || line.contains("[ERROR]"));
  }

  @Test
  void itIsForTheReleaseThatTheChartIsFor() {
    Map<String, Object> chart = Chart.file(Chart.FOLDER.resolve("Chart.yaml"));

    assertThat(Chart.file(LIBRARY.resolve("Chart.yaml")))
        .containsEntry("type", "library")
        .containsEntry("appVersion", chart.get("appVersion"))
        .containsEntry("version", chart.get("version"));
  }

  /** Renders a chart that depends on the library, and reads the pod. */
  private PodSpec render(String values) throws IOException {
    Path chart = Files.createDirectory(folder.resolve("broker"));
    Files.writeString(
        chart.resolve("Chart.yaml"),
        """
        apiVersion: v2
        name: broker
        version: 1.0.0
        dependencies: [{name: mq-exporter-sidecar, version: 0.1.0, repository: "file://%s"}]
        """
            .formatted(LIBRARY));
    Files.createDirectory(chart.resolve("templates"));
    Files.writeString(chart.resolve("templates/broker.yaml"), BROKER);
    new Helm(chart).dependency().update().call();

    String rendered =
        Chart.render(
            chart, Files.writeString(folder.resolve("values.yaml"), values), Chart.KUBERNETES);
    return StrictManifests.read(Chart.documents(rendered).getFirst(), StatefulSet.class)
        .getSpec()
        .getTemplate()
        .getSpec();
  }
}
