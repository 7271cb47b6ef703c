package io.mqexporter.system;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.mqexporter.brokers.Ports;
import io.mqexporter.brokers.Repository;
import io.mqexporter.credentials.Certificates;
import io.mqexporter.system.Http2Client.End;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * What those do who mean no good, while somebody scrapes: each scrape is answered with the whole
 * page and in time. How much slower the middle one is gets printed: attackers and agent share the
 * machine's processors.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebFaultsIT {

  /** The hash of {@code swordfish}. */
  private static final String HASH = "$2a$10$cxlbFxyhCoeFFh8NMQtwUeMnbxmHmuNkrFbZwvZuFXqkLVWwzirtK";

  private static final int SCRAPES = 21;

  private final Path folder = Repository.emptyRunFolder("web-faults");
  private final ExecutorService attackers = Executors.newVirtualThreadPerTaskExecutor();
  private HttpClient client;
  private AgentProcess agent;

  @BeforeAll
  void start() throws Exception {
    var certificates = new Certificates(folder).issue("server");
    String pem = certificates.pem("server");
    int end = pem.indexOf("-----BEGIN CERTIFICATE");
    Files.writeString(folder.resolve("server.key"), pem.substring(0, end));
    Files.writeString(folder.resolve("server.pem"), pem.substring(end));
    Path webConfig =
        Files.writeString(
            folder.resolve("web.yml"),
            """
            tls_server_config: {cert_file: server.pem, key_file: server.key}
            basic_auth_users: {scraper: '%s'}
            """
                .formatted(HASH));
    client = HttpClient.newBuilder().sslContext(certificates.trusting()).build();
    agent =
        AgentProcess.start(
            "web-faults-agent",
            "targets: [{name: none, kafka: {bootstrap_servers: '127.0.0.1:%d'}}]"
                .formatted(Ports.free()),
            Map.of(),
            List.of("--web.config.file=" + webConfig));
    await().until(() -> scrape().value("messaging_up").isPresent());
  }

  @AfterAll
  void stop() {
    attackers.shutdownNow();
    agent.close();
    client.close();
  }

  @Test
  void guessedPasswords() throws Exception {
    whileScraping(
        "guessed passwords",
        () -> {
          var request =
              request("/metrics")
                  .setHeader("Authorization", basic("scraper", "guess-" + System.nanoTime()))
                  .build();
          try (HttpClient attacker =
              HttpClient.newBuilder().sslContext(client.sslContext()).build()) {
            for (int i = 0; i < 20; i++) {
              assertThat(attacker.send(request, BodyHandlers.discarding()).statusCode())
                  .isIn(401, 429, 503);
            }
          }
        });
  }

  @Test
  void writersOfOneByteAtATime() throws Exception {
    var sockets = new ArrayList<Socket>();
    for (int i = 0; i < 200; i++) {
      sockets.add(new Socket(InetAddress.getLoopbackAddress(), agent.port()));
    }
    try {
      whileScraping(
          "writers of one byte at a time",
          () -> {
            for (Socket socket : sockets) {
              writeSlowly(socket);
            }
          });
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  @Test
  void requestsThatAreTakenBackAtOnce() throws Exception {
    whileScraping(
        "requests that are taken back at once",
        () -> {
          try (var attacker = Http2Client.connect(agent.port())) {
            Future<End> end = attackers.submit(attacker::awaitEnd);
            flood(() -> {
              for (int stream = 1; stream < 10_001; stream += 2) {
                attacker.request(stream);
                attacker.reset(stream);
              }
            });
            assertThat(end.get(30, TimeUnit.SECONDS)).isIn(End.GOAWAY, End.CLOSED);
          }
        });
  }

  @Test
  void headersWithoutAnEnd() throws Exception {
    whileScraping(
        "headers without an end",
        () -> {
          try (var attacker = Http2Client.connect(agent.port())) {
            Future<End> end = attackers.submit(attacker::awaitEnd);
            flood(() -> {
              attacker.headersWithoutEnd(1);
              for (int i = 0; i < 500; i++) {
                attacker.continuation(1, 8_000);
              }
            });
            assertThat(end.get(30, TimeUnit.SECONDS)).isIn(End.GOAWAY, End.CLOSED);
          }
        });
  }

  @Test
  void moreRequestsAtATimeThanAreAllowed() throws Exception {
    whileScraping(
        "more requests at a time than are allowed",
        () -> {
          try (var attacker = Http2Client.connect(agent.port())) {
            Future<End> end = attackers.submit(attacker::awaitEnd);
            flood(() -> {
              for (int stream = 1; stream < 10_001; stream += 2) {
                attacker.requestWithoutEnd(stream);
              }
            });
            assertThat(end.get(30, TimeUnit.SECONDS)).isIn(End.GOAWAY, End.CLOSED);
          }
        });
  }

  @Test
  void pingsWhoseAnswersNobodyReads() throws Exception {
    long before = residentMegabytes();
    whileScraping(
        "pings whose answers nobody reads",
        () -> {
          try (var attacker = Http2Client.connect(agent.port())) {
            assertThatThrownBy(
                    () -> {
                      for (int i = 0; i < 5_000; i++) {
                        attacker.pings(1_000);
                      }
                    })
                .isInstanceOf(IOException.class);
          }
        });
    assertThat(residentMegabytes() - before).isLessThan(100);
  }

  @Test
  void settingsWhoseAcknowledgementsNobodyReads() throws Exception {
    long before = residentMegabytes();
    whileScraping(
        "settings whose acknowledgements nobody reads",
        () -> {
          try (var attacker = Http2Client.connect(agent.port())) {
            assertThatThrownBy(
                    () -> {
                      for (int i = 0; i < 5_000; i++) {
                        attacker.settings(1_000);
                      }
                    })
                .isInstanceOf(IOException.class);
          }
        });
    assertThat(residentMegabytes() - before).isLessThan(100);
  }

  /** Does harm. */
  private interface Attack {
    void run() throws Exception;
  }

  private void whileScraping(String name, Attack attack) throws Exception {
    scrapes();
    double usual = median(scrapes());
    Future<?> harm =
        attackers.submit(() -> {
          attack.run();
          return "done";
        });
    var meanwhile = new ArrayList<Double>();
    do {
      meanwhile.addAll(scrapes());
    } while (!harm.isDone() && meanwhile.size() < 20 * SCRAPES);

    harm.get(60, TimeUnit.SECONDS);
    System.out.printf(
        Locale.ROOT,
        "WebFaultsIT: a scrape took %.1f ms before, %.1f during and %.1f after %s%n",
        usual,
        median(meanwhile),
        median(scrapes()),
        name);
  }

  /** Scrapes some times on one connection and returns how long each took. */
  private List<Double> scrapes() throws IOException, InterruptedException {
    var millis = new ArrayList<Double>();
    for (int i = 0; i < SCRAPES; i++) {
      long start = System.nanoTime();
      Exposition answer = scrape();
      millis.add((System.nanoTime() - start) / 1e6);
      assertThat(answer.value("messaging_up")).hasValue(0);
    }
    return millis;
  }

  private Exposition scrape() throws IOException, InterruptedException {
    HttpResponse<String> answer =
        client.send(
            request("/metrics").header("Authorization", basic("scraper", "swordfish")).build(),
            BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    return Exposition.parse(answer.body());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("https://localhost:" + agent.port() + path))
        .timeout(Duration.ofSeconds(20));
  }

  /** The server may end the connection in the middle; that is what it should do. */
  private static void flood(Attack attack) throws Exception {
    try {
      attack.run();
    } catch (SocketException | SSLException e) {
      return;
    }
  }

  private static void writeSlowly(Socket socket) throws InterruptedException {
    try {
      socket.getOutputStream().write("GET /metrics HTTP/1.1\r\n".getBytes(US_ASCII), 0, 1);
      TimeUnit.MILLISECONDS.sleep(5);
    } catch (IOException e) {
      // It has been shown the door.
      assertThat(e).isInstanceOf(SocketException.class);
    }
  }

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  private long residentMegabytes() throws IOException {
    return Arrays.stream(
                Files.readString(Path.of("/proc/" + agent.handle().pid() + "/status")).split("\n"))
            .filter(line -> line.startsWith("VmRSS:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .findFirst()
            .orElseThrow()
        / 1024;
  }

  private static String basic(String user, String password) {
    return "Basic "
        + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(US_ASCII));
  }
}
