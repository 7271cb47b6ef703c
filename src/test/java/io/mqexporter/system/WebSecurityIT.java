package io.mqexporter.system;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mqexporter.brokers.Command;
import io.mqexporter.brokers.Ports;
import io.mqexporter.brokers.Repository;
import io.mqexporter.credentials.Certificates;
import io.mqexporter.monitoring.Prometheus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The secured port of the packaged agent, by a real curl and a real Prometheus. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebSecurityIT {

  /** The hash of {@code swordfish}. */
  private static final String HASH = "$2a$10$cxlbFxyhCoeFFh8NMQtwUeMnbxmHmuNkrFbZwvZuFXqkLVWwzirtK";

  private final Path folder = Repository.emptyRunFolder("web-security");
  private final Path webConfig = folder.resolve("web.yml");
  private AgentProcess agent;
  private int secondPort;

  @BeforeAll
  void start() throws IOException {
    var certificates =
        new Certificates(folder)
            .issue("server")
            .issue("renewed")
            .issue("client")
            .issueExpired("expired");
    certificates.authorityPem();
    for (String name : List.of("server", "renewed", "client", "expired")) {
      String pem = certificates.pem(name);
      int end = pem.indexOf("-----BEGIN CERTIFICATE");
      Files.writeString(folder.resolve(name + ".key"), pem.substring(0, end));
      Files.writeString(folder.resolve(name + ".pem"), pem.substring(end));
    }
    useCertificate("server");
    Files.writeString(webConfig, withUsers());
    secondPort = Ports.free();
    agent =
        AgentProcess.start(
            "web-security-agent",
            "targets: [{name: none, kafka: {bootstrap_servers: '127.0.0.1:%d'}}]"
                .formatted(Ports.free()),
            Map.of(),
            List.of(
                "--web.config.file=" + webConfig, "--web.listen-address=127.0.0.1:" + secondPort));
  }

  @AfterAll
  void stop() {
    agent.close();
  }

  @BeforeEach
  void useUsers() throws IOException {
    use(withUsers());
    awaitCode("200", "-u", "scraper:swordfish");
  }

  @Test
  void onlyWhoKnowsAPasswordGetsIn() {
    assertThat(code("-u", "scraper:swordfish")).isEqualTo("200");
    assertThat(code("-u", "scraper:wrong")).isEqualTo("401");
    assertThat(code("-u", "nobody:swordfish")).isEqualTo("401");
    assertThat(code("-u", "nobody:")).isEqualTo("401");
    assertThat(code()).isEqualTo("401");
    assertThat(code("-H", "Authorization: Basic %%%")).isEqualTo("401");
    assertThat(code("-H", "Authorization: Bearer abc")).isEqualTo("401");
    assertThat(curl("-u", "scraper:wrong", "-D-"))
        .containsIgnoringCase("WWW-Authenticate: Basic")
        .contains("Unauthorized.");
  }

  @Test
  void bothProtocolsAndBothAddressesAreServed() {
    assertThat(curl("-u", "scraper:swordfish", "--http2", "-w", "%{http_version}")).endsWith("2");
    assertThat(curl("-u", "scraper:swordfish", "--http1.1", "-w", "%{http_version}"))
        .endsWith("1.1");
    assertThat(curlTo("https://127.0.0.1:" + secondPort + "/-/healthy", "-u", "scraper:swordfish"))
        .contains("healthy");
    assertThat(curl("-u", "scraper:swordfish", "-D-"))
        .containsIgnoringCase("x-frame-options: deny");
  }

  @Test
  void whoSpeaksNoTlsGetsNothing() {
    assertThat(
            Command.tryRun(
                    Patience.LONGEST,
                    Map.of(),
                    List.of("curl", "-s", "-m", "5", "http://127.0.0.1:" + agent.port()))
                .output())
        .doesNotContain("mq-exporter");
  }

  @Test
  void aCertificateIsRenewedWithoutARestart() throws IOException {
    assertThat(certificateShown()).contains("CN=server");

    useCertificate("renewed");

    await().untilAsserted(() -> assertThat(certificateShown()).contains("CN=renewed"));
    useCertificate("server");
    await().untilAsserted(() -> assertThat(certificateShown()).contains("CN=server"));
  }

  @Test
  void aCertificateThatIsRemovedOrHalfWrittenLeavesTheFormerInPlace() throws IOException {
    String pem = Files.readString(folder.resolve("current.pem"));

    Files.delete(folder.resolve("current.pem"));
    awaitMetric("mq_exporter_web_config_last_reload_successful 0");
    assertThat(certificateShown()).contains("CN=server");
    assertThat(agent.logLines("current.pem: not found")).hasSize(1);

    Files.writeString(folder.resolve("current.pem"), pem.substring(0, pem.length() / 3));
    await()
        .untilAsserted(
            () -> assertThat(agent.logLines("no certificate and key that can be read")).hasSize(1));
    assertThat(certificateShown()).contains("CN=server");

    Files.writeString(folder.resolve("current.pem"), pem);
    awaitMetric("mq_exporter_web_config_last_reload_successful 1");
  }

  /** As Prometheus' own servers do: it is for clients to judge. */
  @Test
  void aCertificateThatHasExpiredIsShownAndClientsRefuseIt() throws IOException {
    useCertificate("expired");
    awaitCode("000", "-u", "scraper:swordfish");
    assertThat(code("-u", "scraper:swordfish", "--insecure")).isEqualTo("200");

    useCertificate("server");
    awaitCode("200", "-u", "scraper:swordfish");
  }

  @Test
  void aClientWhoseCertificateHasExpiredIsRefused() throws IOException {
    use(
        withUsers()
            .replace(
                "key_file: current.key",
                "key_file: current.key, client_auth_type: RequireAndVerifyClientCert,"
                    + " client_ca_file: authority.pem"));
    awaitCode("000", "-u", "scraper:swordfish");
    assertThat(
            code(
                "-u",
                "scraper:swordfish",
                "--cert",
                file("expired.pem"),
                "--key",
                file("expired.key")))
        .isEqualTo("000");
  }

  @Test
  void clientsShowACertificate() throws IOException {
    use(
        withUsers()
            .replace(
                "key_file: current.key",
                "key_file: current.key, client_auth_type: RequireAndVerifyClientCert,"
                    + " client_ca_file: authority.pem, client_allowed_sans: [localhost]"));
    String[] shown = {
      "-u", "scraper:swordfish", "--cert", file("client.pem"), "--key", file("client.key")
    };
    awaitCode("000", "-u", "scraper:swordfish");
    assertThat(code(shown)).isEqualTo("200");

    use(Files.readString(webConfig).replace("[localhost]", "[another.host]"));
    awaitCode("000", shown);
  }

  @Test
  void aBadChangeLeavesWhatIsThereAndIsSaidOnce() throws IOException {
    use("basic_auth_users: {scraper: swordfish}");
    awaitMetric("mq_exporter_web_config_last_reload_successful 0");
    assertThat(code("-u", "scraper:wrong")).isEqualTo("401");
    assertThat(agent.logLines("a bcrypt hash")).hasSize(1);

    use("basic_auth_users: {}");
    await()
        .untilAsserted(() ->
            assertThat(agent.logLines("TLS is turned on and off by a restart only")).hasSize(1));

    use(withUsers());
    awaitMetric("mq_exporter_web_config_last_reload_successful 1");
    assertThat(agent.logLines("swordfish")).isEmpty();
    assertThat(agent.logLines(HASH)).isEmpty();
  }

  @Test
  void moreThanTheRateLimitIsRefused() throws IOException {
    use(withUsers() + "rate_limit: {interval: 1h, burst: 3}\n");

    awaitCode("429", "-u", "scraper:swordfish");
  }

  @Test
  void aRealPrometheusScrapesWithCertificateAndPassword() {
    try (var prometheus =
        Prometheus.scraping(
            "web-security-prometheus",
            """
              - job_name: agent
                scheme: https
                tls_config: {ca_file: '%s', cert_file: '%s', key_file: '%s'}
                basic_auth: {username: scraper, password: swordfish}
                static_configs: [{targets: ['127.0.0.1:%d']}]
            """
                .formatted(
                    file("authority.pem"), file("client.pem"), file("client.key"), agent.port()))) {
      await().until(() -> !prometheus.query("up{job=\"agent\"} == 1").isEmpty());
    }
  }

  @Test
  void guessingPasswordsDoesNotKeepAScraperOut() throws Exception {
    assertThat(code("-u", "scraper:swordfish")).isEqualTo("200");
    List<String> guesses = new ArrayList<>(List.of("curl", "-sk", "-Z", "--parallel-max", "50"));
    for (int i = 0; i < 200; i++) {
      guesses.addAll(
          List.of("-o", "/dev/null", "-u", "scraper:" + i, "-w", "%{http_code} ", url(), "--next"));
    }
    guesses.removeLast();
    Process guessing =
        new ProcessBuilder(guesses).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    try {
      for (int i = 0; i < 5; i++) {
        assertThat(code("-u", "scraper:swordfish")).isEqualTo("200");
      }
    } finally {
      guessing.destroyForcibly().waitFor();
    }
  }

  @Test
  void aThousandIdleConnectionsDoNotKeepAScraperOut() throws IOException {
    var idle = new ArrayList<Socket>();
    try {
      for (int i = 0; i < 1_000; i++) {
        var socket = new Socket(InetAddress.getLoopbackAddress(), agent.port());
        idle.add(socket);
        socket.getOutputStream().write("GET /metr".getBytes(StandardCharsets.US_ASCII));
      }
      assertThat(code("-u", "scraper:swordfish")).isEqualTo("200");
    } finally {
      for (Socket socket : idle) {
        socket.close();
      }
    }
  }

  @Test
  void theProcessListShowsNoSecret() {
    String commands =
        agent.handle().info().commandLine().orElse("")
            + Arrays.toString(agent.handle().info().arguments().orElse(new String[0]));

    assertThat(commands).contains("--web.config.file").doesNotContain("swordfish", HASH);
    assertThat(curlTo("https://127.0.0.1:" + agent.port() + "/config", "-u", "scraper:swordfish"))
        .doesNotContain("swordfish", HASH, "PRIVATE KEY");
  }

  private String withUsers() {
    return """
    tls_server_config: {cert_file: current.pem, key_file: current.key}
    http_server_config: {headers: {X-Frame-Options: deny}}
    basic_auth_users: {scraper: '%s'}
    """
        .formatted(HASH);
  }

  private void use(String yaml) throws IOException {
    Files.writeString(webConfig, yaml);
  }

  private void useCertificate(String name) throws IOException {
    for (String end : List.of(".pem", ".key")) {
      Files.writeString(
          folder.resolve("current" + end), Files.readString(folder.resolve(name + end)));
    }
  }

  private String certificateShown() {
    return curl("-u", "scraper:swordfish", "-v")
        .lines()
        .filter(line -> line.contains("subject:"))
        .collect(joining());
  }

  private void awaitCode(String expected, String... arguments) {
    await().until(() -> code(arguments).equals(expected));
  }

  private void awaitMetric(String line) {
    await()
        .until(() ->
            curlTo("https://127.0.0.1:" + agent.port() + "/metrics", "-u", "scraper:swordfish")
                .contains(line));
  }

  private String code(String... arguments) {
    String answer =
        curl(
            Stream.concat(
                    Stream.of("-o", "/dev/null", "-w", "%{http_code}"), Arrays.stream(arguments))
                .toArray(String[]::new));
    return answer.substring(answer.length() - 3);
  }

  private String curl(String... arguments) {
    return curlTo(url(), arguments);
  }

  private String curlTo(String url, String... arguments) {
    var command =
        new ArrayList<>(List.of("curl", "-s", "-m", "10", "--cacert", file("authority.pem")));
    command.addAll(List.of(arguments));
    command.add(url);
    return Command.tryRun(Patience.LONGEST, Map.of(), command).output();
  }

  private String url() {
    return "https://127.0.0.1:" + agent.port() + "/-/healthy";
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }
}
