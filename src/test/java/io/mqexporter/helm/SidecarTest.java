package io.mqexporter.helm;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.mqexporter.config.Config;
import io.mqexporter.config.ConfigException;
import io.mqexporter.config.ConfigFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/** What is offered to run beside brokers is what Kubernetes and the agent take. */
class SidecarTest {

  private static final Pattern SECRET = Pattern.compile("/etc/mq-exporter/secrets/([^}\\s]+)");

  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "RABBITMQ_USERNAME", "monitor",
          "RABBITMQ_PASSWORD", "secret",
          "NODE_ID", "1",
          "BROKER", "broker-a:0");

  @TempDir private Path folder;

  static Stream<Path> sidecars() {
    return files("sidecar").filter(file -> !file.endsWith("podmonitor.yaml"));
  }

  static Stream<Path> filesWithConfiguration() {
    return Stream.concat(sidecars(), files("examples"));
  }

  @ParameterizedTest
  @MethodSource("sidecars")
  void itIsANativeSidecarWithAllThatItMounts(Path file) {
    var containers = new ArrayList<Object>();
    var volumes = new ArrayList<Object>();
    for (Map<String, Object> document : documents(file)) {
      collect(document, Set.of("initContainers"), containers);
      collect(document, Set.of("volumes", "extraVolumes"), volumes);
    }
    Set<String> names =
        volumes.stream()
            .map(volume -> StrictManifests.read(volume, Volume.class).getName())
            .collect(toSet());

    assertThat(containers).isNotEmpty();
    for (Object one : containers) {
      Container container = StrictManifests.read(one, Container.class);
      assertThat(container.getRestartPolicy()).isEqualTo("Always");
      assertThat(container.getImage())
          .isEqualTo(
              "mq-exporter:" + Chart.file(Chart.FOLDER.resolve("Chart.yaml")).get("appVersion"));
      assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
      assertThat(container.getVolumeMounts())
          .extracting(VolumeMount::getName)
          .hasSameElementsAs(names);
    }
  }

  @Test
  void patchesAreOfTheTypeThatTheyPatch() {
    for (String file : List.of("cp-kafka.yaml", "rocketmq.yaml")) {
      String text = Chart.text(Chart.FOLDER.resolve("sidecar").resolve(file));
      StatefulSet patch =
          StrictManifests.read(Chart.documents(text, "StatefulSet").getFirst(), StatefulSet.class);
      assertThat(patch.getSpec().getTemplate().getSpec().getInitContainers()).hasSize(1);
    }
    String operator = Chart.text(Chart.FOLDER.resolve("sidecar/rabbitmq-cluster-operator.yaml"));
    Map<String, Object> part = Chart.documents(operator, "RabbitmqCluster").getFirst();
    for (String key : List.of("spec", "override", "statefulSet", "spec", "template")) {
      part = Chart.section(part, key);
    }
    assertThat(StrictManifests.read(part, PodTemplateSpec.class).getSpec().getVolumes()).hasSize(2);
  }

  @Test
  void allOfThemAreScraped() {
    Map<String, Object> document = Chart.file(Chart.FOLDER.resolve("sidecar/podmonitor.yaml"));
    PodMonitor monitor = StrictManifests.read(document, PodMonitor.class);
    Map<String, String> scraped = monitor.getSpec().getSelector().getMatchLabels();
    for (Path file : sidecars().toList()) {
      List<AdmissionPolicy> policies = AdmissionPolicy.in(Chart.text(file));
      if (!policies.isEmpty()) {
        // What it is for has them already.
        assertThat(policies)
            .allSatisfy(policy -> assertThat(policy.labels()).containsAllEntriesOf(scraped));
        continue;
      }
      List<Object> labels = new ArrayList<>();
      Chart.documents(Chart.text(file))
          .forEach(one -> collect(one, Set.of("podLabels", "labels"), labels));
      assertThat(labels).as(file.toString()).isNotEmpty().containsOnly(scraped);
    }
  }

  @ParameterizedTest
  @MethodSource("filesWithConfiguration")
  void theAgentTakesTheConfiguration(Path file) throws IOException, ConfigException {
    var configurations = new ArrayList<String>();
    for (Map<String, Object> document : Chart.documents(Chart.text(file))) {
      configurations(document, configurations);
    }
    assertThat(configurations.isEmpty()).isEqualTo(file.endsWith("locked-down.yaml"));
    for (String configuration : configurations) {
      Matcher secret = SECRET.matcher(configuration);
      while (secret.find()) {
        Path standIn = folder.resolve(secret.group(1));
        Files.createDirectories(standIn.getParent());
        Files.writeString(standIn, "secret");
      }
      Path copy = folder.resolve("mq-exporter.yaml");
      Files.writeString(copy, configuration.replace("/etc/mq-exporter/secrets", folder.toString()));

      Config config = ConfigFile.load(copy, ENVIRONMENT);

      assertThat(config.targets()).isNotEmpty();
    }
  }

  /** Returns a file's documents; for a policy, a pod that had nothing but labels before. */
  private static List<Map<String, Object>> documents(Path file) {
    String text = Chart.text(file);
    List<Map<String, Object>> documents = new ArrayList<>(Chart.documents(text));
    for (AdmissionPolicy policy : AdmissionPolicy.in(text)) {
      Map<String, String> labels = new HashMap<>(policy.labels());
      labels.put("strimzi.io/cluster", "my-cluster");
      documents.add(
          policy.admit(
              Map.of(
                  "metadata", Map.of("name", "my-cluster-brokers-1", "labels", labels),
                  "spec", Map.of())));
    }
    return documents;
  }

  private static void configurations(Object part, List<String> found) {
    if (part instanceof Map) {
      Chart.mapping(part)
          .forEach((key, value) -> {
            if (key.equals("mq-exporter.yaml")) {
              found.add((String) value);
            } else if (key.equals("config") && value instanceof Map) {
              found.add(new Yaml().dump(value));
            } else {
              configurations(value, found);
            }
          });
    } else if (part instanceof List<?> list) {
      list.forEach(element -> configurations(element, found));
    }
  }

  /** Adds what is under some keys, wherever they are; of a list, its elements. */
  private static void collect(Object part, Set<String> keys, List<Object> found) {
    if (part instanceof Map) {
      Chart.mapping(part)
          .forEach((key, value) -> {
            if (!keys.contains(key)) {
              collect(value, keys, found);
            } else if (value instanceof List<?> list) {
              found.addAll(list);
            } else {
              found.add(value);
            }
          });
    } else if (part instanceof List<?> list) {
      list.forEach(element -> collect(element, keys, found));
    }
  }

  private static Stream<Path> files(String name) {
    try (Stream<Path> files = Files.list(Chart.FOLDER.resolve(name))) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
