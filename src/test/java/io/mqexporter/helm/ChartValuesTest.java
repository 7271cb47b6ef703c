package io.mqexporter.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What values do, and what is said of wrong ones. */
class ChartValuesTest {

  private static final String CONFIG =
      "{targets: [{name: a, kafka: {bootstrap_servers: 'b:9092'}}]}";

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {replicas: 2}                                     | replicas
          {config: {targets: [{name: a, kafka: {bootstrap_server: x}}]}} | bootstrap_server
          {config: {target: []}}                            | target
          {config: {targets: [{name: a, rabbitmq: {url: x, jmx: 1}}]}} | jmx
          {image: {pullPolicy: Sometimes}}                  | 'Always', 'IfNotPresent', 'Never'
          {image: {digest: 0f3c}}                           | sha256
          {image: {tag: 1.0}}                               | string
          {log: {level: verbose}}                           | 'debug', 'info', 'warn', 'error'
          {service: {port: 0}}                              | minimum
          {service: {port: http}}                           | integer
          {secrets: [Kafka_User]}                           | pattern
          {javaOptions: Xmx512m}                            | array
          {extraArgs: [log.level=debug]}                    | pattern
          {resources: {limit: {memory: 1Gi}}}               | limit
          {livenessProbe: {periodSeconds: 0}}               | minimum
          {livenessProbe: {httpGet: {path: /}}}             | httpGet
          {serviceMonitor: {interval: 15 s}}                | pattern
          {serviceMonitor: {selector: {}}}                  | selector
          {alerts: {files: [zookeeper]}}                    | 'messaging', 'kafka', 'rabbitmq', 'rocketmq', 'agent'
          {alerts: {rules: {KafkaOffline: {enabled: false}}}} | KafkaOffline
          {alerts: {rules: {MessagingClusterUnreachable: {threshold: 2}}}} | threshold
          {alerts: {rules: {MqExporterDown: {severity: page}}}} | 'critical', 'warning', 'info', 'none'
          {alerts: {rules: {MqExporterDown: {for: 5}}}}     | string
          {alerts: {runbookUrl: git.example.org}}           | pattern
          {podDisruptionBudget: {enabled: true, minAvailable: 1}} | minAvailable
          {podDisruptionBudget: {maxUnavailable: 2}}        | maximum
          {existingConfig: {name: mine}}                    | existingConfig.kind: none (expected: ConfigMap or Secret)
          {interval: 15s}                                   | interval
          {config: {interval: 15s}}                         | config.targets: none (expected: a list of clusters to read, or existingConfig.name)
          {existingConfig: {kind: Secret, name: mine}, config: {targets: [{name: a}]}} | config and existingConfig.name: mine (expected: one of the two)
          {serviceMonitor: {enabled: true}, podMonitor: {enabled: true}} | serviceMonitor, podMonitor: each enabled (expected: one of them, for every one scrapes the same series)
          {dashboards: {grafanaOperator: {enabled: true}}}  | dashboards.grafanaOperator.enabled: true (expected: dashboards.enabled to be true, too)
          """)
  void aWrongValueIsRefused(String values, String message) throws IOException {
    String complete =
        values.contains("config") || values.contains("existingConfig")
            ? values
            : "{config: " + CONFIG + ", " + values.substring(1);
    Path file = Files.writeString(folder.resolve("values.yaml"), complete);

    assertThatThrownBy(() -> Chart.render(file, Chart.KUBERNETES)).hasMessageContaining(message);
  }

  @Test
  void anAlertIsChangedWhereTheValuesSaySo() throws IOException {
    String values =
        """
        config: %s
        alerts:
          enabled: true
          ruleLabels: {team: queues}
          rules:
            Watchdog: {enabled: false}
            MqExporterCollectionSlow:
              for: 30m
              keepFiringFor: 1m
              severity: info
              threshold: 12.5
              labels: {team: agents}
              annotations: {summary: It is slow.}
        """
            .formatted(CONFIG);
    Path file = Files.writeString(folder.resolve("values.yaml"), values);
    List<Map<String, Object>> rules =
        Chart.documents(Chart.render(file, Chart.KUBERNETES), "PrometheusRule").stream()
            .flatMap(document -> Chart.list(Chart.section(document, "spec"), "groups").stream())
            .flatMap(group -> Chart.list(group, "rules").stream())
            .filter(rule -> rule.containsKey("alert"))
            .toList();

    assertThat(rules).noneMatch(rule -> rule.containsValue("Watchdog"));
    assertThat(rules)
        .filteredOn(rule -> rule.containsValue("MqExporterCollectionSlow"))
        .singleElement()
        .satisfies(rule ->
            assertThat(rule)
                .containsEntry("expr", "mq_exporter_collection_duration_seconds > 12.5")
                .containsEntry("for", "30m")
                .containsEntry("keep_firing_for", "1m")
                .containsEntry(
                    "labels", Map.of("severity", "info", "component", "agent", "team", "agents")));
    assertThat(rules)
        .allSatisfy(rule -> assertThat(Chart.section(rule, "labels")).containsKey("team"));
  }
}
