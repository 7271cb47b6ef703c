package io.mqexporter.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingAdmissionPolicyBinding;
import io.mqexporter.config.ConfigException;
import io.mqexporter.config.ConfigFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the policy of admission makes of pods like those of Strimzi. */
class StrimziTest {

  private static final String FILE = Chart.text(Chart.FOLDER.resolve("sidecar/strimzi.yaml"));
  private static final AdmissionPolicy POLICY = AdmissionPolicy.in(FILE).getFirst();

  /** A broker of a cluster that is aware of racks, shortened. */
  private static final String POD =
      """
      apiVersion: v1
      kind: Pod
      metadata:
        name: NAME
        namespace: kafka
        annotations: {strimzi.io/revision: 9cc2a5d7}
        labels:
          app.kubernetes.io/managed-by: strimzi-cluster-operator
          statefulset.kubernetes.io/pod-name: NAME
          strimzi.io/broker-role: "true"
          strimzi.io/cluster: my-cluster
          strimzi.io/component-type: kafka
          strimzi.io/controller-role: "false"
          strimzi.io/kind: Kafka
          strimzi.io/name: my-cluster-kafka
          strimzi.io/pod-name: NAME
          mq-exporter: own-node
      spec:
        hostname: NAME
        subdomain: my-cluster-kafka-brokers
        initContainers:
          - name: kafka-init
            image: strimzi/operator
            volumeMounts: [{name: rack-volume, mountPath: /opt/kafka/init}]
        containers:
          - name: kafka
            image: strimzi/kafka
            ports: [{name: tcp-plain, containerPort: 9092}]
            volumeMounts:
              - {name: data-0, mountPath: /var/lib/kafka/data-0}
              - {name: rack-volume, mountPath: /opt/kafka/init}
        volumes:
          - {name: data-0, persistentVolumeClaim: {claimName: data-0-NAME}}
          - {name: rack-volume, emptyDir: {sizeLimit: 1Mi}}
      """;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "my-cluster-dual-role-0, 0",
    "my-cluster-brokers-12, 12",
    "my-cluster-kafka-1000, 1000",
    "c-2-3, 3"
  })
  void aBrokerGetsOneAgentThatKnowsItsId(String name, String id) {
    Pod pod = StrictManifests.read(POLICY.admit(pod(name)), Pod.class);

    assertThat(pod.getSpec().getInitContainers())
        .extracting(Container::getName)
        .containsExactly("kafka-init", "mq-exporter");
    assertThat(agent(pod).getEnv()).containsExactly(new EnvVar("NODE_ID", id, null));
    assertThat(pod.getSpec().getVolumes())
        .extracting(Volume::getName)
        .startsWith("data-0", "rack-volume")
        .doesNotHaveDuplicates()
        .containsAll(agent(pod).getVolumeMounts().stream().map(VolumeMount::getName).toList());
    assertThat(volume(pod, "mq-exporter-ca").getSecret().getSecretName())
        .isEqualTo("my-cluster-cluster-ca-cert");
  }

  @Test
  void nothingOfThePodIsLostOrChanged() {
    Map<String, Object> pod = pod("my-cluster-brokers-12");

    Map<String, Object> admitted = POLICY.admit(pod);

    for (String list : List.of("initContainers", "volumes")) {
      withoutOurs(Chart.section(admitted, "spec"), list);
    }
    assertThat(admitted).isEqualTo(pod);
  }

  @ParameterizedTest
  @ValueSource(strings = {"initContainers", "volumes"})
  void aPodThatHasNoneGetsThem(String list) {
    Map<String, Object> pod = pod("my-cluster-brokers-12");
    Chart.section(pod, "spec").remove(list);

    Map<String, Object> admitted = POLICY.admit(pod);

    assertThat(agent(StrictManifests.read(admitted, Pod.class)).getName()).isEqualTo("mq-exporter");
    withoutOurs(Chart.section(admitted, "spec"), list);
    assertThat(Chart.list(Chart.section(admitted, "spec"), list)).isEmpty();
  }

  @Test
  void aPodThatHasTheAgentIsLeftAsItIs() {
    Map<String, Object> admitted = POLICY.admit(pod("my-cluster-brokers-12"));

    assertThat(POLICY.admit(admitted)).isEqualTo(admitted);
  }

  @ParameterizedTest
  @CsvSource({
    "mq-exporter: own-node, mq-exporter: cluster",
    "mq-exporter: own-node, app: kafka",
    "strimzi.io/broker-role: \"true\", strimzi.io/broker-role: \"false\"",
    "strimzi.io/kind: Kafka, strimzi.io/kind: KafkaConnect"
  })
  void otherPodsAreLeftAsTheyAre(String label, String other) {
    Map<String, Object> pod = pod(POD.replace(label, other), "my-cluster-any-0");

    assertThat(POLICY.admit(pod)).isEqualTo(pod);
  }

  @Test
  void theAgentIsTheOneThatOtherSamplesHave() {
    Map<String, Object> other = Chart.file(Chart.FOLDER.resolve("sidecar/bitnami-kafka.yaml"));
    Container expected =
        StrictManifests.read(
            Chart.list(Chart.section(other, "controller"), "initContainers").getFirst(),
            Container.class);

    Container agent =
        agent(StrictManifests.read(POLICY.admit(pod("my-cluster-brokers-12")), Pod.class));

    assertThat(agent.getVolumeMounts()).containsAll(expected.getVolumeMounts());
    expected.setVolumeMounts(agent.getVolumeMounts());
    expected.setEnv(agent.getEnv());
    assertThat(agent).isEqualTo(expected);
  }

  @Test
  void whatFailsOrIsMissingKeepsNoBrokerFromStarting() {
    MutatingAdmissionPolicyBinding binding =
        StrictManifests.read(
            Chart.documents(FILE, "MutatingAdmissionPolicyBinding").getFirst(),
            MutatingAdmissionPolicyBinding.class);
    Map<String, Object> policy = Chart.documents(FILE, "MutatingAdmissionPolicy").getFirst();
    Map<String, Object> configuration = Chart.documents(FILE, "ConfigMap").getFirst();
    Pod pod = StrictManifests.read(POLICY.admit(pod("my-cluster-brokers-12")), Pod.class);

    assertThat(POLICY.spec().getFailurePolicy()).isEqualTo("Ignore");
    assertThat(POLICY.spec().getReinvocationPolicy()).isEqualTo("IfNeeded");
    assertThat(POLICY.spec().getParamKind().getKind()).isEqualTo("ConfigMap");
    assertThat(binding.getSpec().getPolicyName())
        .isEqualTo(Chart.section(policy, "metadata").get("name"));
    assertThat(binding.getSpec().getParamRef().getParameterNotFoundAction()).isEqualTo("Allow");
    assertThat(binding.getSpec().getParamRef().getName())
        .isEqualTo(Chart.section(configuration, "metadata").get("name"))
        .isEqualTo(volume(pod, "mq-exporter-config").getConfigMap().getName());
    assertThat(pod.getSpec().getVolumes())
        .filteredOn(volume -> volume.getSecret() != null)
        .hasSize(2)
        .allMatch(volume -> volume.getSecret().getOptional());
  }

  @ParameterizedTest
  @CsvSource({
    "containerPort:, containerport:, containerport",
    "Object.spec.initContainers.ports{, Object.spec.initContainers.port{, Object.spec.initContainers.port",
    "containerPort: 19090, containerPort: '\"19090\"', containerPort",
    "Object.spec.volumes.emptyDir{, Object.spec.volumes.secret{, emptyDir",
    "'limits: {\"memory\"', 'limits: {\"cpu\": 1, \"memory\"', expected type 'int'"
  })
  void whatKubernetesDoesNotKnowIsRefused(String text, String wrong, String named) {
    AdmissionPolicy policy = AdmissionPolicy.in(FILE.replace(text, wrong)).getFirst();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> policy.admit(pod("my-cluster-brokers-12")))
        .havingCause()
        .withMessageContaining(named);
  }

  @Test
  void theAgentTakesTheConfigurationForTls() throws IOException, ConfigException {
    Map<String, Object> data = Chart.section(Chart.documents(FILE, "ConfigMap").getFirst(), "data");
    String configuration =
        String.valueOf(data.get("mq-exporter.yaml"))
            .replaceFirst("(?m)^ *bootstrap_servers: .*$", "")
            .replaceAll("(?m)^( *)#(?! \\S)", "$1")
            .replace("/etc/mq-exporter/secrets", folder.toString());
    Path password = folder.resolve("kafka-user/password");
    Files.createDirectories(password.getParent());
    Files.writeString(password, "secret");
    Path copy = Files.writeString(folder.resolve("mq-exporter.yaml"), configuration);

    assertThat(configuration).contains("\n      properties:\n", ":9093");
    assertThat(ConfigFile.load(copy, Map.of("NODE_ID", "12")).targets()).hasSize(1);
  }

  private static Map<String, Object> pod(String name) {
    return pod(POD, name);
  }

  private static Map<String, Object> pod(String yaml, String name) {
    return Chart.documents(yaml.replace("NAME", name)).getFirst();
  }

  private static Container agent(Pod pod) {
    return pod.getSpec().getInitContainers().getLast();
  }

  private static Volume volume(Pod pod, String name) {
    return pod.getSpec().getVolumes().stream()
        .filter(volume -> volume.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** Takes out of a list what the policy has put there. */
  private static void withoutOurs(Map<String, Object> spec, String list) {
    List<Map<String, Object>> others = new ArrayList<>(Chart.list(spec, list));
    assertThat(others.removeIf(one -> String.valueOf(one.get("name")).startsWith("mq-exporter")))
        .isTrue();
    spec.put(list, others);
  }
}
