package io.mqexporter.config;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import io.mqexporter.jmx.JmxConfig;
import io.mqexporter.kafka.KafkaConfig;
import io.mqexporter.otlp.OtlpConfig;
import io.mqexporter.process.ProcessConfig;
import io.mqexporter.rabbitmq.RabbitMqConfig;
import io.mqexporter.rocketmq.RocketMqConfig;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The reference file, the decoder and the records have the same keys and the same defaults. */
class ReferenceFileTest {

  private static final Path FILE = Path.of("src/main/dist/mq-exporter.reference.yaml");

  private static final String SMALLEST =
      """
      targets:
        - name: orders
          kafka: {bootstrap_servers: "broker-1:9092,broker-2:9092"}
          jmx: {addresses: "connect-1:9999", port: 9999, username: monitor, password: any, tls: {
            trust_store: /etc/ssl/jmx-trust.p12, trust_store_password: any,
            key_store: /etc/ssl/jmx-key.p12, key_store_password: any}}
          process: {broker: "1", command: "kafka[.]Kafka", data: /var/lib/kafka}
        - name: shop
          rabbitmq: {url: "http://localhost:15672"}
        - name: payments
          rocketmq: {name_servers: "name-server-1:9876,name-server-2:9876"}
      logs:
        state_folder: /var/lib/mq-exporter
        sources: [{target: orders, paths: /opt/kafka/logs/*.log}]
        sinks:
          - stdout: {}
          - elasticsearch:
              {url: "http://search-1:9200,http://search-2:9200", username: mq-exporter, password: any}
          - fluent:
              {addresses: "fluentd-1:24224,fluentd-2:24224", shared_key: any,
               username: mq-exporter, password: any}
      otlp:
        url: http://collector:4318
        headers: {X-Scope-OrgID: any}
        resource_attributes: {deployment.environment.name: production}
      """;

  private static final Set<String> PEM_KEYS =
      Set.of("ca_certificates", "client_certificate", "client_key");

  @TempDir private Path temporary;

  @Test
  void everyKeyShowsItsDefault() throws ConfigException {
    Config reference = ConfigFile.load(FILE, Map.of());
    String smallest = ConfigText.of(new ConfigFolder(temporary).load(SMALLEST));

    assertThat(reference.interval()).isEqualTo(Duration.ofSeconds(15));
    assertThat(ConfigText.of(reference))
        .as("all but what has no default")
        .isEqualTo(
            smallest
                .replace("properties: {}", "properties:\n        security.protocol: PLAINTEXT")
                .replaceFirst(
                    "      tls: 'false'",
                    "      access_key: <secret>\n      secret_key: <secret>\n      tls: 'false'")
                .replace("time_zone: " + ZoneId.systemDefault(), "time_zone: UTC"));
  }

  @Test
  void everyKeyThatCanBeReadIsInTheFileAndNoOther() throws IOException {
    Map<String, Object> root =
        new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(FILE));
    List<Map<String, Object>> targets = sections(root, "targets");
    Set<String> targetKeys =
        targets.stream().flatMap(t -> t.keySet().stream()).collect(toCollection(TreeSet::new));

    // Commented out there: most agents stand beside no broker.
    assertThat(Files.readString(FILE)).contains("#sidecar_of:");
    targetKeys.add("sidecar_of");

    assertThat(root.keySet()).isEqualTo(readableKeys("zzz: 1"));
    assertThat(targetKeys).isEqualTo(readableKeys("targets: [{zzz: 1}]"));
    for (String broker : List.of("kafka", "rabbitmq", "rocketmq", "jmx", "process")) {
      Map<?, ?> section =
          targets.stream()
              .flatMap(target -> Stream.ofNullable((Map<?, ?>) target.get(broker)))
              .findFirst()
              .orElseThrow();
      Set<Object> keys = new TreeSet<>(section.keySet());
      if (Set.of("rabbitmq", "rocketmq").contains(broker)) {
        // Commented out there: the files that they name are nobody's.
        assertThat(Files.readString(FILE)).contains(PEM_KEYS);
        keys.addAll(PEM_KEYS);
      }
      if (broker.equals("kafka")) {
        // Likewise: it names another target.
        assertThat(Files.readString(FILE)).contains("#mirrors:");
        keys.add("mirrors");
      }
      if (broker.equals("jmx")) {
        // Likewise.
        assertThat(Files.readString(FILE)).contains("#rules:");
        keys.add("rules");
      }
      assertThat(keys).isEqualTo(readableKeys("targets: [{%s: {zzz: 1}}]".formatted(broker)));
    }
  }

  @Test
  void everyKeyOfLogsIsInTheFileAndNoOther() throws IOException {
    Map<String, Object> root =
        new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(FILE));
    @SuppressWarnings("unchecked")
    var logs = (Map<String, Object>) requireNonNull(root.get("logs"));
    Set<String> source = new TreeSet<>(sections(logs, "sources").getFirst().keySet());
    source.add("system");

    assertThat(logs.keySet()).isEqualTo(readableKeys("logs: {zzz: 1}"));
    assertThat(source).isEqualTo(readableKeys("logs: {sources: [{zzz: 1}]}"));
    Set<String> sinks = new TreeSet<>();
    for (Map<String, Object> sink : sections(logs, "sinks")) {
      String kind = sink.keySet().iterator().next();
      sinks.add(kind);
      if (kind.equals("stdout")) {
        continue;
      }
      Set<Object> keys = new TreeSet<>(((Map<?, ?>) requireNonNull(sink.get(kind))).keySet());
      keys.addAll(PEM_KEYS);
      if (kind.equals("elasticsearch")) {
        keys.add("api_key");
      }
      assertThat(keys).isEqualTo(readableKeys("logs: {sinks: [{%s: {zzz: 1}}]}".formatted(kind)));
    }
    assertThat(sinks).isEqualTo(readableKeys("logs: {sinks: [{zzz: 1}]}"));
  }

  @Test
  void everyKeyOfPushingIsInTheFileAndNoOther() throws IOException {
    Map<String, Object> root =
        new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(FILE));
    Set<Object> keys = new TreeSet<>(((Map<?, ?>) requireNonNull(root.get("otlp"))).keySet());
    keys.addAll(PEM_KEYS);

    assertThat(keys).isEqualTo(readableKeys("otlp: {zzz: 1}"));
    Set<String> components = componentsOf(OtlpConfig.class);
    components.remove("tls");
    components.addAll(PEM_KEYS);
    assertThat(keys).isEqualTo(components);
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> sections(Map<String, Object> map, String key) {
    return (List<Map<String, Object>>) requireNonNull(map.get(key));
  }

  @Test
  void everyKeyIsAComponentOfARecord() {
    Set<String> config = componentsOf(Config.class);
    config.remove("hidden_keys");
    Set<String> target = componentsOf(TargetConfig.class);
    target.remove("broker");
    Stream.of(BrokerConfig.class.getPermittedSubclasses())
        .forEach(broker -> target.add(broker.getSimpleName().toLowerCase(Locale.ROOT)));
    Set<String> kafka = componentsOf(KafkaConfig.class);
    kafka.remove("effort");
    kafka.addAll(componentsOf(KafkaConfig.Effort.class));
    Set<String> rocketMq = componentsOf(RocketMqConfig.class);
    rocketMq.removeAll(Set.of("access", "further"));
    rocketMq.addAll(componentsOf(RocketMqConfig.Further.class));
    rocketMq.add("tls");
    rocketMq.addAll(PEM_KEYS);
    rocketMq.addAll(componentsOf(RocketMqConfig.Credentials.class));

    Set<String> jmx = componentsOf(JmxConfig.class);
    jmx.remove("credentials");
    jmx.addAll(componentsOf(JmxConfig.Credentials.class));

    assertThat(readableKeys("zzz: 1")).isEqualTo(config);
    assertThat(readableKeys("logs: {zzz: 1}")).isEqualTo(componentsOf(LogsConfig.class));
    assertThat(readableKeys("targets: [{jmx: {zzz: 1}}]")).isEqualTo(jmx);
    assertThat(readableKeys("targets: [{kafka: {mirrors: [{zzz: 1}]}}]"))
        .isEqualTo(componentsOf(KafkaConfig.Mirror.class));
    assertThat(readableKeys("targets: [{jmx: {tls: {zzz: 1}}}]"))
        .isEqualTo(componentsOf(JmxConfig.Tls.class));
    assertThat(readableKeys("targets: [{process: {zzz: 1}}]"))
        .isEqualTo(componentsOf(ProcessConfig.class));
    assertThat(readableKeys("targets: [{zzz: 1}]")).isEqualTo(target);
    assertThat(readableKeys("targets: [{kafka: {zzz: 1}}]")).isEqualTo(kafka);
    assertThat(readableKeys("targets: [{rabbitmq: {zzz: 1}}]")).isEqualTo(rabbitMqKeys());
    assertThat(readableKeys("targets: [{rocketmq: {zzz: 1}}]")).isEqualTo(rocketMq);
  }

  private static Set<String> rabbitMqKeys() {
    Set<String> keys = componentsOf(RabbitMqConfig.class);
    keys.removeAll(Set.of("urls", "access", "effort", "sources"));
    keys.add("url");
    keys.addAll(componentsOf(RabbitMqConfig.Access.class));
    keys.remove("tls");
    keys.addAll(PEM_KEYS);
    keys.addAll(componentsOf(RabbitMqConfig.Effort.class));
    keys.addAll(componentsOf(RabbitMqConfig.Sources.class));
    return keys;
  }

  @Test
  void everyKeyIsExplainedAbove() throws IOException {
    List<String> lines = Files.readAllLines(FILE);
    for (String key :
        List.of(
            "interval",
            "timeout",
            "granularity",
            "max_series",
            "lag_objectives",
            "targets",
            "url",
            "dead_letter_topics",
            "unread_records",
            "details_interval",
            "vocabularies",
            "logs",
            "state_folder",
            "paths",
            "time_zone",
            "level",
            "rate_limit",
            "otlp",
            "headers",
            "resource_attributes",
            "max_queue_bytes")) {
      int line = 0;
      while (!lines.get(line).strip().startsWith(key + ":")) {
        line++;
      }
      assertThat(lines.get(line - 1)).as(key).contains("# ");
    }
  }

  /** Returns the keys that the error about the unknown key {@code zzz} lists. */
  private Set<String> readableKeys(String yamlWithUnknownKey) {
    String errors = new ConfigFolder(temporary).errorsOf(yamlWithUnknownKey);
    Matcher matcher = Pattern.compile("zzz: unknown key \\(expected: (.*)\\)").matcher(errors);
    assertThat(matcher.find()).as(errors).isTrue();
    return new TreeSet<>(List.of(matcher.group(1).split(", | or ")));
  }

  private static Set<String> componentsOf(Class<?> type) {
    return Arrays.stream(type.getRecordComponents())
        .map(RecordComponent::getName)
        .map(name -> name.replaceAll("(?=[A-Z])", "_").toLowerCase(Locale.ROOT))
        .collect(toCollection(TreeSet::new));
  }
}
