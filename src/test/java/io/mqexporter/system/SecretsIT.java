package io.mqexporter.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mqexporter.brokers.Command;
import io.mqexporter.brokers.Ports;
import io.mqexporter.brokers.Repository;
import io.mqexporter.credentials.Certificates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Secrets that anybody would recognise, wherever a secret can be: none of them shows anywhere,
 * whatever goes wrong with them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecretsIT {

  /** What all of them begin with. */
  private static final String MARK = "pLaNtEd-";

  @RegisterExtension private final Subjects subjects = Subjects.shared();
  private final Path folder = Repository.emptyRunFolder("secrets");
  private final Set<String> planted = new HashSet<>();
  private AgentProcess agent;

  @BeforeAll
  void start() throws IOException {
    var certificates = new Certificates(folder).issue("client");
    certificates.trustStore();
    certificates.keyStore("client");
    String pem = certificates.pem("client");
    int end = pem.indexOf("-----BEGIN CERTIFICATE");
    Files.writeString(folder.resolve("client.key"), pem.substring(0, end));
    Files.writeString(folder.resolve("client.pem"), pem.substring(end));
    Files.writeString(folder.resolve("password"), plant("file"));
    Files.writeString(folder.resolve("user"), plant("user-file"));
    // A part of the key, without line breaks.
    planted.add(pem.lines().skip(1).findFirst().orElseThrow());
    agent =
        AgentProcess.start(
            "secrets-agent",
            configuration(),
            Map.of("PLANTED", plant("environment")),
            List.of("--log.level=debug"));
    await()
        .untilAsserted(
            () -> assertThat(agent.scrape().values("messaging_up")).hasSize(5).contains(0.0));
    // Each part has tried to use its own, and been told that it is wrong.
    await()
        .until(() ->
            !agent.logLines("otlp: ").isEmpty()
                && !agent.logLines("elasticsearch: ").isEmpty()
                && !agent.logLines("fluent: ").isEmpty()
                && !agent.logLines("the-rabbitmq").isEmpty()
                && !agent.logLines("the-kafka").isEmpty());
  }

  @AfterAll
  void stop() {
    agent.close();
  }

  @Test
  void noPageShowsOne() {
    for (String path :
        List.of(
            "/",
            "/config",
            "/metrics",
            "/sd",
            "/sd?nodes=true",
            "/probe?target=the-kafka",
            "/probe?target=the-rabbitmq",
            "/probe?target=" + "no-such",
            "/api/v1/scaling/the-kafka/billing",
            "/-/reload")) {
      String body = agent.get(path).body();
      assertThat(body).as(path).isNotEmpty();
      assertShowsNone(path, body);
    }
    assertThat(agent.get("/config").body().split("<secret>", -1)).hasSizeGreaterThan(15);
  }

  @Test
  void noLineOfTheLogShowsOneAtAnyLevel() throws IOException {
    List<String> log = agent.logLines("");
    assertThat(log).anyMatch(line -> line.contains("AdminClientConfig values"));
    assertShowsNone("log", String.join("\n", log));
    assertShowsNone("standard output", String.join("\n", agent.output()));
  }

  @Test
  void theProcessShowsNone() throws IOException {
    String pid = Long.toString(agent.handle().pid());
    assertShowsNone("process list", Command.run(Patience.LONGEST, Map.of(), List.of("ps", "-ef")));
    assertShowsNone("arguments", Files.readString(Path.of("/proc", pid, "cmdline")));
    for (String command :
        List.of("VM.command_line", "VM.flags", "VM.system_properties", "Thread.print")) {
      String output = Command.jcmd(agent.handle(), command);
      assertThat(output).as(command).isNotEmpty();
      assertShowsNone(command, output);
    }
    try (Stream<Path> threads = Files.list(Path.of("/proc", pid, "task"))) {
      for (Path thread : threads.toList()) {
        if (Files.exists(thread)) {
          assertShowsNone("thread", Files.readString(thread.resolve("comm")));
        }
      }
    }
  }

  @Test
  void noErrorOfABadFileShowsOne() {
    for (String yaml : badConfigurations()) {
      Command.Result result = check("--config.file=" + write("bad.yaml", yaml));
      assertThat(result.exitCode()).as(yaml).isEqualTo(2);
      assertShowsNone(yaml, result.output());
    }
  }

  @Test
  void noErrorOfABadFileAboutWhoIsLetInShowsOne() {
    Path config = write("good.yaml", "targets: [{name: a, kafka: {bootstrap_servers: 'a:1'}}]");
    for (String yaml :
        List.of(
            "basic_auth_users: {agent: %s}".formatted(plant("plain")),
            "basic_auth_users: %s".formatted(plant("no-users")),
            "basic_auth_users: {agent: [%s]}".formatted(plant("list")),
            "tls_server_config: {cert: %s, key: %s}".formatted(plant("cert"), plant("key")),
            "tls_server_config: {cert_file: client.pem, key_file: password}",
            "tls_server_config: {cert_file: client.key, key_file: client.pem}",
            "tls_server_config: {key_fil: %s}".formatted(plant("typo")))) {
      Command.Result result =
          check("--config.file=" + config, "--web.config.file=" + write("web.yml", yaml));
      assertThat(result.exitCode()).as(yaml).isEqualTo(2);
      assertShowsNone(yaml, result.output());
    }
  }

  /** Returns a secret that tells where it was put. */
  private String plant(String where) {
    String secret = MARK + where;
    planted.add(secret);
    planted.add(Base64.getEncoder().encodeToString(secret.getBytes(UTF_8)));
    planted.add(Base64.getEncoder().encodeToString(("agent:" + secret).getBytes(UTF_8)));
    return secret;
  }

  private void assertShowsNone(String where, String text) {
    assertThat(planted.stream().filter(text::contains)).as(where).isEmpty();
    assertThat(text).as(where).doesNotContainIgnoringCase(MARK);
  }

  private String configuration() {
    int nobody = Ports.free();
    String kafka = subjects.kafka().bootstrapServers();
    return """
    interval: 1s
    timeout: 1s
    targets:
      - name: the-kafka
        kafka:
          bootstrap_servers: %1$s
          properties:
            security.protocol: SASL_SSL
            sasl.mechanism: PLAIN
            sasl.jaas.config: org.apache.kafka.common.security.plain.PlainLoginModule required username=agent password="%2$s";
            ssl.truststore.location: %3$s
            ssl.truststore.password: %4$s
            ssl.keystore.location: %5$s
            ssl.keystore.password: %4$s
            ssl.key.password: %4$s
            of.our.own.password: %6$s
            some.token: %7$s
        jmx:
          addresses: 127.0.0.1:%8$d
          username: agent
          password: %9$s
          tls: {trust_store: %3$s, trust_store_password: %19$s}
      - name: the-other-kafka
        kafka:
          bootstrap_servers: %1$s
          properties:
            security.protocol: SSL
            ssl.truststore.location: %3$s
            ssl.truststore.password: %19$s
            ssl.keystore.location: %5$s
            ssl.keystore.password: %19$s
            ssl.key.password: %19$s
      - name: the-rabbitmq
        rabbitmq:
          url: %10$s
          username: ${file:%18$s/user}
          password: ${PLANTED}
          client_certificate: ${file:%18$s/client.pem}
          client_key: ${file:%18$s/client.key}
      - name: the-second-rabbitmq
        rabbitmq: {url: '%10$s', username: agent, password: '${file:%18$s/password}'}
      - name: the-rocketmq
        rocketmq: {name_servers: '127.0.0.1:%8$d', access_key: agent, secret_key: %11$s}
    logs:
      state_folder: %12$s
      sources: [{system: kafka, paths: %12$s/*.log}]
      sinks:
        - elasticsearch: {url: 'http://127.0.0.1:%8$d', username: agent, password: %13$s}
        - fluent: {addresses: '127.0.0.1:%8$d', shared_key: %14$s, username: agent, password: %15$s}
    otlp:
      url: http://127.0.0.1:%8$d
      headers: {Authorization: 'Bearer %16$s', X-Other: %17$s}
    """
        .formatted(
            kafka,
            plant("jaas"),
            path("trust.p12"),
            Certificates.PASSWORD,
            path("client.p12"),
            plant("property"),
            plant("token"),
            nobody,
            plant("jmx"),
            subjects.rabbitMq().managementUrl(),
            plant("rocketmq"),
            logsFolder(),
            plant("elasticsearch"),
            plant("shared-key"),
            plant("fluent"),
            plant("header"),
            plant("other-header"),
            folder,
            plant("store"));
  }

  private List<String> badConfigurations() {
    var files = new ArrayList<String>();
    String target = "targets: [{name: a, kafka: {bootstrap_servers: 'a:1'}}]\n";
    String secret = plant("bad");
    for (String url : List.of("http://agent:%s@host:1", "//agent:%s@host", "http://agent:%s@[")) {
      String address = url.formatted(secret);
      files.add("targets: [{name: a, rabbitmq: {url: '%s'}}]".formatted(address));
      files.add(target + "otlp: {url: '%s'}".formatted(address));
      files.add(
          target
              + "logs: {state_folder: /s, sources: [{system: kafka, paths: /l}], sinks:"
              + " [{elasticsearch: {url: '%s'}}]}".formatted(address));
    }
    for (String key : List.of("password", "secret_key", "client_key", "ca_certificates")) {
      files.add(
          "targets: [{name: a, rabbitmq: {url: 'http://a', %s: [%s]}}]".formatted(key, secret));
      files.add(
          "targets: [{name: a, rabbitmq: {url: 'http://a', passwrd: a, %s: %s}}]"
              .formatted(key, secret));
      files.add(
          "targets: [{name: a, rocketmq: {name_servers: 'a:1', %s: {a: %s}}}]"
              .formatted(key, secret));
    }
    files.add("targets: [{name: a, rabbitmq: {url: 'http://a', pasword: %s}}]".formatted(secret));
    files.add("targets: [{name: a, rabbitmq: {url: '${file:password}'}}]");
    files.add("targets: [{name: a, kafka: {bootstrap_servers: '${file:password}'}}]");
    files.add(
        "targets: [{name: a, kafka: {bootstrap_servers: a, properties: {ssl.key.password: [%s]}}}]"
            .formatted(secret));
    files.add(
        "targets: [{name: a, jmx: {port: 1, username: a, passwort: %s}, kafka: {bootstrap_servers: 'a:1'}}]"
            .formatted(secret));
    files.add(target + "otlp: {url: 'http://a', headers: [%s]}".formatted(secret));
    files.add(
        target + "otlp: {url: 'http://a', headers: {Authorization: \"a\\n%s\"}}".formatted(secret));
    files.add(target + "otlp: {url: 'http://a', client_key: %s}".formatted(secret));
    files.add(
        target
            + "logs: {state_folder: /s, sources: [{system: kafka, paths: /l}], sinks: [{fluent:"
            + " {addresses: 'a:1', shared_key: [%s], password: %s}}]}".formatted(secret, secret));
    files.add(
        "targets: [{name: a, rabbitmq: {url: 'http://a', password: '${%s'}}]".formatted(secret));
    return files;
  }

  private Command.Result check(String... flags) {
    return Command.tryRun(
        Patience.LONGEST,
        Map.of("JAVA_HOME", System.getProperty("java.home")),
        Stream.concat(
                Stream.of(
                    Repository.file("exporter/target/mq-exporter").toString(), "--config.check"),
                Stream.of(flags))
            .toList());
  }

  private Path logsFolder() {
    try {
      Path logs = Files.createDirectories(folder.resolve("logs"));
      Files.writeString(
          logs.resolve("server.log"),
          "[2026-01-01 00:00:00,000] ERROR an event (kafka.server.KafkaServer)\n");
      return logs;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private Path write(String name, String content) {
    try {
      return Files.writeString(folder.resolve(name), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
