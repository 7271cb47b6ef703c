package io.mqexporter.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqexporter.collector.Secret;
import io.mqexporter.collector.Settings;
import io.mqexporter.jmx.JmxConfig;
import io.mqexporter.kafka.KafkaConfig;
import io.mqexporter.otlp.OtlpConfig;
import io.mqexporter.rabbitmq.RabbitMqConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveConfigTest {

  @TempDir private Path temporary;
  private final List<String> problems = new ArrayList<>();
  private ConfigFolder folder;

  @BeforeEach
  void useFolder() {
    folder = new ConfigFolder(temporary);
    folder.write("password", "first");
  }

  @Test
  void settingsStayTheSameAsLongAsNoFileChanges() throws ConfigException {
    Settings<RabbitMqConfig> settings = rabbitMq();
    folder.write("another", "file");
    assertThat(settings.current()).isEqualTo(settings.current());
    assertThat(settings.current().value().access().password()).isEqualTo(new Secret("first"));
  }

  @Test
  void aValueFollowsTheFileThatItComesFrom() throws ConfigException {
    Settings<RabbitMqConfig> settings = rabbitMq();
    long number = settings.current().number();
    folder.write("password", "second");
    assertThat(settings.current().value().access().password()).isEqualTo(new Secret("second"));
    assertThat(settings.current().number()).isEqualTo(number + 1);
    assertThat(problems).isEmpty();
  }

  @Test
  void aFileThatIsReplacedByALinkOrAnotherFileIsSeen() throws Exception {
    Settings<RabbitMqConfig> settings = rabbitMq();
    Path other = folder.write("other", "three");
    Files.delete(temporary.resolve("password"));
    Files.createSymbolicLink(temporary.resolve("password"), other);
    assertThat(settings.current().value().access().password()).isEqualTo(new Secret("three"));
  }

  @Test
  void theFormerValueStaysWhileAFileIsGoneOrEmptyAndThatIsSaidOnce() throws Exception {
    Settings<RabbitMqConfig> settings = rabbitMq();
    Settings.Edition<RabbitMqConfig> before = settings.current();
    Files.delete(temporary.resolve("password"));
    assertThat(settings.current()).isEqualTo(before);
    assertThat(settings.current()).isEqualTo(before);
    assertThat(problems)
        .singleElement()
        .asString()
        .startsWith("shop: a file has changed, the former values stay: ")
        .contains("${file:password}: not found");

    folder.write("password", "");
    assertThat(settings.current()).isEqualTo(before);
    assertThat(problems).hasSize(2);

    folder.write("password", "second");
    assertThat(settings.current().value().access().password()).isEqualTo(new Secret("second"));
    assertThat(problems).hasSize(2);
  }

  @Test
  void aHeaderForTheReceiverOfMetricsFollowsItsFile() throws ConfigException {
    Path file =
        folder.write(
            "config.yaml",
            """
            targets: [{name: orders, kafka: {bootstrap_servers: "broker-1:9092"}}]
            otlp: {url: "http://collector:4318", headers: {Authorization: "Bearer ${file:password}"}}
            """);
    Settings<OtlpConfig> settings =
        ConfigFile.follow(file, Map.of(), problems::add).otlp().orElseThrow();
    assertThat(settings.current().value().headers())
        .containsEntry("Authorization", new Secret("Bearer first"));

    folder.write("password", "second");

    assertThat(settings.current().value().headers())
        .containsEntry("Authorization", new Secret("Bearer second"));
  }

  @Test
  void aTargetDoesNotCareForTheFilesOfAnother() throws Exception {
    LiveConfig config = follow();
    Settings<KafkaConfig> kafka = config.settings("orders", KafkaConfig.class);
    Settings.Edition<KafkaConfig> before = kafka.current();
    Files.delete(temporary.resolve("password"));
    assertThat(kafka.current()).isEqualTo(before);
    assertThat(problems).isEmpty();
  }

  @Test
  void aFileThatAKafkaPropertyNamesMakesANewEditionWhenItChanges() throws ConfigException {
    folder.write("client.pem", "certificate");
    Settings<KafkaConfig> settings = follow().settings("orders", KafkaConfig.class);
    Settings.Edition<KafkaConfig> before = settings.current();
    folder.write("client.pem", "renewed certificate");
    assertThat(settings.current().value().properties()).isEqualTo(before.value().properties());
    assertThat(settings.current().number()).isEqualTo(before.number() + 1);
  }

  @Test
  void aRuleFileIsReadAgainAndABadOneLeavesTheFormerInPlace() throws ConfigException {
    folder.write("rules.yaml", "rules: [{pattern: a}]");
    Path file =
        folder.write(
            "config.yaml",
            """
            targets:
              - name: orders
                kafka: {bootstrap_servers: "broker-1:9092"}
                jmx: {port: 9999, rules: rules.yaml}
            """);
    Settings<JmxConfig> settings =
        ConfigFile.follow(file, Map.of(), problems::add).jmxSettings("orders");
    assertThat(settings.current().value().rules().orElseThrow().yaml()).contains("pattern: a");

    folder.write("rules.yaml", "rules: [{pattern: ab}]");
    Settings.Edition<JmxConfig> second = settings.current();
    assertThat(second.value().rules().orElseThrow().yaml()).contains("pattern: ab");

    folder.write("rules.yaml", "rules: [{name: abc}]");
    assertThat(settings.current()).isEqualTo(second);
    assertThat(problems)
        .singleElement()
        .asString()
        .startsWith("orders: a file has changed, the former values stay: ")
        .contains("rules.yaml:1: rules[0]: Must provide pattern, if name is given");
  }

  @Test
  void filesAreFoundInStoresAndTextsOfJaas() {
    Map<String, String> properties =
        Map.of(
            "ssl.keystore.location", "client.pem",
            "sasl.jaas.config", "a.Login required keyTab=\"/etc/agent.keytab\" debug=true;",
            "sasl.oauthbearer.token.endpoint.url", "file:///run/token",
            "sasl.oauthbearer.jwks.endpoint.url", "https://login/keys/all",
            "security.protocol", "SSL");
    assertThat(NamedFiles.of(properties))
        .containsExactlyInAnyOrder(
            Path.of("client.pem"), Path.of("/etc/agent.keytab"), Path.of("/run/token"));
  }

  private Settings<RabbitMqConfig> rabbitMq() throws ConfigException {
    return follow().settings("shop", RabbitMqConfig.class);
  }

  private LiveConfig follow() throws ConfigException {
    Path file =
        folder.write(
            "config.yaml",
            """
            targets:
              - name: orders
                kafka:
                  bootstrap_servers: broker-1:9092
                  properties: {ssl.keystore.location: "${FOLDER}/client.pem"}
                  dead_letter_topics: dead
              - name: shop
                rabbitmq: {url: "http://localhost:15672", password: "${file:password}"}
            """);
    return ConfigFile.follow(file, Map.of("FOLDER", temporary.toString()), problems::add);
  }
}
