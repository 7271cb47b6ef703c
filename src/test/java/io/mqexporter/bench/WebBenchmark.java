package io.mqexporter.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.mqexporter.brokers.KafkaBroker;
import io.mqexporter.brokers.Ports;
import io.mqexporter.brokers.Repository;
import io.mqexporter.brokers.ServerProcess;
import io.mqexporter.brokers.Sockets;
import io.mqexporter.collection.CollectionResult;
import io.mqexporter.collection.Exposed;
import io.mqexporter.collection.LatestResults;
import io.mqexporter.collection.SeriesLimit;
import io.mqexporter.collection.Target;
import io.mqexporter.config.WebConfig;
import io.mqexporter.config.WebConfigFile;
import io.mqexporter.credentials.Certificates;
import io.mqexporter.exposition.Backlogs;
import io.mqexporter.exposition.MetricsPages;
import io.mqexporter.exposition.Probes;
import io.mqexporter.http.HttpSettings;
import io.mqexporter.http.HttpVerticle;
import io.mqexporter.http.Pages;
import io.mqexporter.http.Security;
import io.mqexporter.http.SecurityObserver;
import io.mqexporter.http.ServerTls;
import io.mqexporter.kafka.KafkaMetric;
import io.mqexporter.metric.MetricFamilies;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a secured scrape costs beside a plain one, and what a reload does where nothing changes. */
final class WebBenchmark {

  /** The hash of {@code swordfish}. */
  private static final String HASH = "$2a$10$cxlbFxyhCoeFFh8NMQtwUeMnbxmHmuNkrFbZwvZuFXqkLVWwzirtK";

  private static final int SERIES = 100_000;
  private static final int TARGETS = 100;
  private static final int RELOADS = 21;

  private WebBenchmark() {}

  static void run() throws Exception {
    scrape();
    reload();
  }

  private static void scrape() throws Exception {
    Path folder = Repository.emptyRunFolder("bench-web");
    var certificates = new Certificates(folder).issue("server");
    String pem = certificates.pem("server");
    Path webConfig =
        Files.writeString(
            folder.resolve("web.yml"),
            """
            http_server_config: {http2: false}
            tls_server_config: {cert_file: server.pem, key_file: server.pem}
            basic_auth_users: {scraper: '%s'}
            """
                .formatted(HASH));
    Files.writeString(folder.resolve("server.pem"), pem);
    WebConfig config = new WebConfigFile(webConfig, ServerTls::problem).read();
    var pages = new MetricsPages(List.of(), Clock.systemUTC());
    fill(pages);
    Vertx vertx = Vertx.vertx();
    int plainPort = listen(vertx, pages, Security.OPEN);
    int securedPort = listen(vertx, pages, () -> config);
    try (HttpClient client = HttpClient.newBuilder().sslContext(certificates.trusting()).build()) {
      HttpRequest plain =
          request("http://localhost:" + plainPort).version(HttpClient.Version.HTTP_1_1).build();
      HttpRequest secured =
          request("https://localhost:" + securedPort)
              .version(HttpClient.Version.HTTP_1_1)
              .header("Accept-Encoding", "gzip")
              .header(
                  "Authorization",
                  "Basic "
                      + Base64.getEncoder().encodeToString("scraper:swordfish".getBytes(US_ASCII)))
              .build();
      Comparison.print(
          "A scrape of %,d series (%,d and %,d bytes) on a kept connection"
              .formatted(SERIES, length(client, plain), length(client, secured)),
          "plain",
          () -> length(client, plain),
          () -> length(client, secured));
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
  }

  private static void fill(MetricsPages pages) {
    var families = new MetricFamilies();
    for (int i = 0; i < SERIES; i++) {
      families.add(
          KafkaMetric.GROUP_LAG,
          i,
          "a-cluster",
          "a-group-" + i / 100,
          "a-topic-with-a-name-" + i / 10,
          Integer.toString(i % 10));
    }
    var target =
        new Target(
            "kafka", "a-cluster", Duration.ofHours(1), Duration.ofMinutes(1), SeriesLimit.NONE);
    pages.accept(
        new CollectionResult.Success(
            target, Clock.systemUTC().instant(), Duration.ZERO, SERIES, List.of()),
        new Exposed(families.toList()));
  }

  private static int listen(Vertx vertx, MetricsPages metrics, Security security) throws Exception {
    var results = new LatestResults(List.of());
    var server =
        new HttpVerticle(
            new HttpSettings(List.of(new HttpSettings.Address("127.0.0.1", 0)), "/metrics", 40),
            metrics,
            new Pages(
                () -> "",
                () -> "",
                new Probes(results, metrics),
                new Backlogs(results, Clock.systemUTC()),
                () -> true,
                Optional.empty()),
            security,
            SecurityObserver.NONE);
    vertx
        .deployVerticle(server)
        .toCompletionStage()
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS);
    return server.ports().getFirst();
  }

  private static HttpRequest.Builder request(String origin) {
    return HttpRequest.newBuilder(URI.create(origin + "/metrics")).timeout(Duration.ofSeconds(30));
  }

  private static int length(HttpClient client, HttpRequest request)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = client.send(request, BodyHandlers.ofByteArray());
    if (answer.statusCode() != 200) {
      throw new IllegalStateException("status " + answer.statusCode());
    }
    return answer.body().length;
  }

  private static void reload() throws Exception {
    try (var kafka = KafkaBroker.start("bench-reload-kafka");
        var client = HttpClient.newHttpClient()) {
      int port = Ports.free();
      Path folder = Repository.emptyRunFolder("bench-reload");
      Path file =
          Files.writeString(
              folder.resolve("mq-exporter.yaml"),
              IntStream.range(0, TARGETS)
                  .mapToObj(i ->
                      "  - {name: target-%d, kafka: {bootstrap_servers: '%s'}}%n"
                          .formatted(i, kafka.bootstrapServers()))
                  .collect(Collectors.joining("", "interval: 1h\ntimeout: 1m\ntargets:\n", "")));
      ServerProcess agent =
          ServerProcess.start(
              "agent",
              folder,
              Map.of("JAVA_HOME", System.getProperty("java.home"), "JAVA_OPTS", "-Xmx512m"),
              List.of(
                  Repository.file("exporter/target/mq-exporter").toString(),
                  "--config.file=" + file,
                  "--web.enable-lifecycle",
                  "--web.listen-address=127.0.0.1:" + port));
      try (agent) {
        URI url = URI.create("http://127.0.0.1:" + port);
        agent.awaitReady(
            Duration.ofMinutes(3),
            () -> Ports.isOpen(port) && status(client, url.resolve("/-/ready")) == 200);
        var connections = Set.copyOf(Sockets.of(kafka.handle()));
        var millis = new double[RELOADS];
        for (int i = 0; i < RELOADS; i++) {
          long start = System.nanoTime();
          int status =
              client
                  .send(
                      HttpRequest.newBuilder(url.resolve("/-/reload"))
                          .POST(HttpRequest.BodyPublishers.noBody())
                          .build(),
                      BodyHandlers.discarding())
                  .statusCode();
          millis[i] = (System.nanoTime() - start) / 1e6;
          if (status != 200) {
            throw new IllegalStateException("status " + status);
          }
        }
        var added = new HashSet<>(Sockets.of(kafka.handle()));
        added.removeAll(connections);
        Arrays.sort(millis);
        System.out.printf(
            "A reload of %d targets that do not change: %.0f ms (median of %d, the last %.0f ms);"
                + " %d new connections at the broker%n",
            TARGETS, millis[RELOADS / 2], RELOADS, millis[RELOADS - 1], added.size());
      }
    }
  }

  private static int status(HttpClient client, URI url) {
    try {
      return client
          .send(HttpRequest.newBuilder(url).build(), BodyHandlers.discarding())
          .statusCode();
    } catch (IOException e) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }
}
