package io.mqexporter.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqexporter.brokers.Command;
import io.mqexporter.brokers.Repository;
import io.mqexporter.brokers.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Bad input ends the agent at once, with exit code 2 and a line on standard error for all that is
 * wrong.
 */
class BadInputIT {

  private static final Duration TIMEOUT = Duration.ofMinutes(1);

  private static final String VALID =
      """
      targets:
        - name: orders
          kafka:
            bootstrap_servers: 127.0.0.1:1
      """;

  private static Path folder = Path.of("");

  @BeforeAll
  static void makeFolder() {
    folder = Repository.emptyRunFolder("bad-input");
  }

  @Test
  void anOlderJava() throws IOException {
    Path java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\nexit 99\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    Path home = folder.resolve("jdk");
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"17.0.12\"\n");

    assertThat(
            Command.tryRun(
                TIMEOUT,
                Map.of("JAVA_HOME", home.toString()),
                List.of(Repository.file("exporter/target/mq-exporter").toString(), "--version")))
        .isEqualTo(
            new Command.Result(
                2,
                "mq-exporter: %s is Java 17 (expected: 25 or later; JAVA_HOME chooses another)%n"
                    .formatted(java)));
  }

  @Test
  void anUnknownKey() {
    assertFileIsRefused(
        VALID + "      partitions: .*\n",
        "config.yaml:5: targets[0].kafka.partitions: unknown key (expected: bootstrap_servers,"
            + " properties, dead_letter_topics, topics, groups, unread_records, unread_record_bytes, details_interval, vocabularies or mirrors)");
  }

  @Test
  void aWrongType() {
    assertFileIsRefused(
        VALID + "timeout: [5s]\n",
        "config.yaml:5: timeout: a list (expected: a duration of 100ms to 5m, such as 10s)");
  }

  @Test
  void aBadDuration() {
    assertFileIsRefused(
        VALID + "    timeout: 0s\n",
        "config.yaml:5: targets[0].timeout: 0s (expected: 100ms to 5m)");
  }

  @Test
  void aBadIntervalOfDetails() {
    assertFileIsRefused(
        "targets: [{name: shop, rabbitmq: {url: 'http://a', details_interval: 2d}}]",
        "config.yaml:1: targets[0].rabbitmq.details_interval: 2d (expected: 0s to 1d)");
  }

  @Test
  void aBadSourceOfRabbitMq() {
    assertFileIsRefused(
        "targets: [{name: shop, rabbitmq: {sources: prometheus}}]",
        "config.yaml:1: targets[0].rabbitmq.prometheus_addresses: missing (expected: an address of"
            + " each node where sources is prometheus)");
  }

  @Test
  void aCertificateThatIsNone() {
    assertFileIsRefused(
        "targets: [{name: shop, rabbitmq: {url: 'https://a', ca_certificates: hunter2}}]",
        "config.yaml:1: targets[0].rabbitmq.ca_certificates: a text without any (expected:"
            + " certificates in PEM form, such as ${file:/path/to.pem})");
  }

  @Test
  void aTargetWithTheNameOfAnother() {
    assertFileIsRefused(
        VALID + "  - name: orders\n    rabbitmq: {url: http://127.0.0.1:1}\n",
        "config.yaml:5: targets[1].name: orders (expected: a name of its own; line 2 has it too)");
  }

  @Test
  void aBadFileOfWhoIsLetIn() throws IOException {
    Path web = Files.writeString(folder.resolve("web.yml"), "basic_auth_users: {a: hunter2}");
    assertIsRefused(
        "web.yml:1: basic_auth_users.a: <secret> (expected: a bcrypt hash, such as htpasswd -nBC 10"
            + " makes)",
        "--web.config.file=" + web);
  }

  @Test
  void aMissingFile() {
    assertIsRefused(
        "none.yaml: not found (expected: a YAML file of at most 1 MiB)",
        "--config.file=" + folder.resolve("none.yaml"));
  }

  @Test
  void aVariableThatIsNotSet() {
    assertFileIsRefused(
        VALID + "      properties: {client.id: '${MQ_EXPORTER_IS_NOT_SET}'}\n",
        "config.yaml:5: targets[0].kafka.properties.client.id: ${MQ_EXPORTER_IS_NOT_SET}: not set"
            + " (expected: a variable of the environment, or a default as in"
            + " ${MQ_EXPORTER_IS_NOT_SET:-default})");
  }

  @Test
  void aSecretThatCannotBeRead() {
    assertFileIsRefused(
        "targets: [{name: shop, rabbitmq: {url: 'http://a', password: '${file:/run/none}'}}]",
        "config.yaml:1: targets[0].rabbitmq.password: ${file:/run/none}: not found (expected: a"
            + " text file of 1 byte to 64 KiB)");
  }

  @Test
  void aPortThatIsInUse() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String address = "127.0.0.1:" + socket.getLocalPort();
      assertIsRefused(
          "mq-exporter: --web.listen-address: "
              + address
              + ": cannot be listened on (expected: a free port of an own address)",
          "--config.file=" + write(VALID.getBytes(StandardCharsets.UTF_8)),
          "--web.listen-address=" + address);
    }
  }

  @Test
  void aShareByNamesBesideABroker() {
    Path file = write((VALID + "    sidecar_of: 1\n").getBytes(StandardCharsets.UTF_8));
    assertIsRefused(
        "mq-exporter: --total-shards: 2 (expected: 1, as target orders has sidecar_of)",
        "--total-shards=2",
        "--config.file=" + file);
  }

  @Test
  void anUnknownFlag() {
    assertIsRefused(
        "mq-exporter: --web.listen-adress: unknown flag (expected: --web.listen-address)",
        "--web.listen-adress",
        ":9090");
  }

  @Test
  void aBadValueOfAFlag() {
    assertIsRefused(
        "mq-exporter: --log.level: loud (expected: debug, info, warn or error)",
        "--log.level=loud");
  }

  @Test
  void anEmptyFile() {
    assertFileIsRefused("", "config.yaml: empty (expected: targets to read)");
  }

  @Test
  void aFileOfTenMegabytes() {
    assertFileIsRefused(
        new byte[10 << 20], "config.yaml: 10485760 bytes (expected: a YAML file of at most 1 MiB)");
  }

  @Test
  void invalidUtf8() {
    assertFileIsRefused(
        "# Stra\u00dfe\n".getBytes(StandardCharsets.ISO_8859_1),
        "config.yaml:1: invalid UTF-8 at byte 6 (expected: a YAML file of at most 1 MiB)");
  }

  @Test
  void allErrorsOfAFileAreToldInOneRun() {
    assertFileIsRefused(
        """
        interval: 15
        targets:
          - name: orders
            kafka: {bootstrap_server: "a:1"}
          - name: orders
            rabbitmq: {url: "amqp://a", password: "${MQ_EXPORTER_IS_NOT_SET:-}"}
        """,
        """
        config.yaml:1: interval: 15 (expected: a duration of 1s to 1h, such as 10s)
        config.yaml:4: targets[0].kafka.bootstrap_servers: missing (expected: host:port, such as broker-1:9092)
        config.yaml:4: targets[0].kafka.bootstrap_server: unknown key (expected: bootstrap_servers, properties, dead_letter_topics, topics, groups, unread_records, unread_record_bytes, details_interval, vocabularies or mirrors; did you mean bootstrap_servers?)
        config.yaml:5: targets[1].name: orders (expected: a name of its own; line 3 has it too)
        config.yaml:6: targets[1].rabbitmq.url: amqp://a (expected: http://host:port or https://host:port)
        config.yaml:6: targets[1].rabbitmq.password: <secret> (expected: text that is not empty)\
        """);
  }

  @Test
  void aCheckSaysTheSame() {
    Path file = write("interval: soon\n".getBytes(StandardCharsets.UTF_8));
    assertIsRefused(
        """
        config.yaml:1: interval: soon (expected: a duration of 1s to 1h, such as 10s)
        config.yaml:1: targets: missing (expected: a list)\
        """,
        "--config.check",
        "--config.file=" + file);
  }

  @Test
  void aCheckOfAValidFileSucceeds() {
    Path file = write(VALID.getBytes(StandardCharsets.UTF_8));
    Command.Result result = run(List.of("--config.check", "--config.file", file.toString()));

    assertThat(result).isEqualTo(new Command.Result(0, file + ": valid, 1 target\n"));
  }

  @Test
  void errorsGoToStandardErrorOnly() {
    var command = new ArrayList<>(List.of("sh", "-c", "\"$@\" 2>/dev/null", "sh"));
    command.addAll(commandLine(List.of("--log.level=loud")));

    assertThat(Command.tryRun(TIMEOUT, Map.of(), command)).isEqualTo(new Command.Result(2, ""));
  }

  private static void assertFileIsRefused(String yaml, String lines) {
    assertFileIsRefused(yaml.getBytes(StandardCharsets.UTF_8), lines);
  }

  private static void assertFileIsRefused(byte[] content, String lines) {
    assertIsRefused(lines, "--config.file=" + write(content));
  }

  private static void assertIsRefused(String lines, String... arguments) {
    Command.Result result = run(List.of(arguments));

    assertThat(result.output().replace(folder + "/", "")).isEqualTo(lines + "\n");
    assertThat(result.output()).doesNotContain("\tat ", "Exception");
    assertThat(result.exitCode()).isEqualTo(2);
  }

  private static Command.Result run(List<String> arguments) {
    return Command.tryRun(TIMEOUT, Map.of(), commandLine(arguments));
  }

  private static List<String> commandLine(List<String> arguments) {
    var command = new ArrayList<String>();
    command.add(ServerProcess.java());
    command.add("-jar");
    command.add(System.getProperty("exporter.jar", "exporter/target/mq-exporter.jar"));
    command.addAll(arguments);
    return command;
  }

  private static Path write(byte[] content) {
    try {
      return Files.write(folder.resolve("config.yaml"), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
