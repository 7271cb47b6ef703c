package io.mqexporter.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mqexporter.collection.CollectionResult;
import io.mqexporter.collection.Exposed;
import io.mqexporter.collection.LatestResults;
import io.mqexporter.collection.SeriesLimit;
import io.mqexporter.collection.Target;
import io.mqexporter.exposition.Backlogs;
import io.mqexporter.exposition.MetricsPages;
import io.mqexporter.exposition.Probes;
import io.mqexporter.exposition.ProcessMetrics;
import io.mqexporter.messaging.MessagingMetric;
import io.mqexporter.metric.Granularity;
import io.mqexporter.metric.MetricDefinition;
import io.mqexporter.metric.MetricDescriptor;
import io.mqexporter.metric.MetricFamilies;
import io.mqexporter.metric.MetricFamily;
import io.mqexporter.metric.MetricType;
import io.vertx.core.Vertx;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpVerticleTest {

  private static final MetricDescriptor DEPTH =
      () ->
          new MetricDefinition(
              "queue_depth",
              MetricType.GAUGE,
              "Messages held.",
              List.of("cluster_name", "queue"),
              Granularity.DESTINATION);

  private static final int MOST_REQUESTS = 40;
  private static final Target SHOP = target("rabbitmq", "shop");
  private static final Target ORDERS = target("kafka", "orders");

  private final Vertx vertx = Vertx.vertx();
  private final AtomicBoolean ready = new AtomicBoolean();
  private volatile Optional<String> problem = Optional.empty();
  private final MetricsPages metrics = new MetricsPages(List.of(), Clock.systemUTC());
  private final LatestResults results = new LatestResults(List.of(SHOP, ORDERS));
  private final Backlogs backlogs = new Backlogs(results, Clock.systemUTC());
  private final HttpVerticle server =
      new HttpVerticle(
          new HttpSettings(
              List.of(new HttpSettings.Address("127.0.0.1", 0)), "/metrics", MOST_REQUESTS),
          metrics,
          new Pages(
              () -> "<h1>mq-exporter</h1>",
              () -> "targets: []\n",
              new Probes(results, metrics),
              backlogs,
              ready::get,
              Optional.of(() -> problem)),
          Security.OPEN,
          SecurityObserver.NONE);
  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeEach
  void start() {
    vertx.deployVerticle(server).toCompletionStage().toCompletableFuture().join();
  }

  @AfterEach
  void stop() throws ExecutionException, InterruptedException, TimeoutException {
    client.close();
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void metricsAreServedInTheFormatAskedFor() throws IOException, InterruptedException {
    metrics.about(new ProcessMetrics().read());

    HttpResponse<String> text = get("/metrics");
    assertThat(text.statusCode()).isEqualTo(200);
    assertThat(text.headers().firstValue("content-type"))
        .contains("text/plain; version=0.0.4; charset=utf-8");
    assertThat(text.body()).contains("# TYPE process_start_time_seconds gauge\n");

    HttpResponse<String> openMetrics = get("/metrics", "Accept", "application/openmetrics-text");
    assertThat(openMetrics.headers().firstValue("content-type"))
        .contains("application/openmetrics-text; version=1.0.0; charset=utf-8");
    assertThat(openMetrics.body()).endsWith("# EOF\n");
  }

  @Test
  void theConfigurationIsReadAgainWhenAskedFor() throws IOException, InterruptedException {
    HttpRequest request = request("/-/reload").POST(BodyPublishers.noBody()).build();
    assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);

    problem = Optional.of("config.yaml:1: wrong");

    HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body()).isEqualTo("config.yaml:1: wrong\n");
    assertThat(get("/-/reload").statusCode()).isEqualTo(405);
    assertThat(get("/-/reload").headers().firstValue("allow")).contains("POST, PUT");
  }

  @Test
  void aScraperThatGivesHardlyAnyTimeGetsThePage() throws IOException, InterruptedException {
    assertThat(get("/metrics", "X-Prometheus-Scrape-Timeout-Seconds", "0.001").body())
        .isEqualTo(get("/metrics").body());
  }

  @Test
  void metricsAreCompressedWhereThatIsAccepted() throws IOException, InterruptedException {
    HttpRequest request = request("/metrics").header("Accept-Encoding", "gzip").build();

    HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());

    assertThat(response.headers().firstValue("content-encoding")).contains("gzip");
    byte[] body = new GZIPInputStream(new ByteArrayInputStream(response.body())).readAllBytes();
    assertThat(new String(body, UTF_8)).isEqualTo(get("/metrics").body());
  }

  @Test
  void manyScrapesAtOnceGetTheSameBytes() throws IOException, InterruptedException {
    String expected = get("/metrics").body();

    List<String> bodies =
        IntStream.range(0, 200)
            .mapToObj(_ -> client.sendAsync(request("/metrics").build(), BodyHandlers.ofString()))
            .toList()
            .stream()
            .map(response -> response.join().body())
            .toList();

    assertThat(bodies).allMatch(expected::equals);
  }

  @Test
  void aPageThatIsLargerThanAllBuffersIsServedPlain() throws IOException, InterruptedException {
    acceptManySeries();
    HttpRequest gzip = request("/metrics").header("Accept-Encoding", "gzip").build();
    byte[] compressed = client.send(gzip, BodyHandlers.ofByteArray()).body();

    String plain = get("/metrics").body();

    assertThat(plain).hasSizeGreaterThan(10_000_000).endsWith("\n");
    assertThat(plain)
        .isEqualTo(
            new String(
                new GZIPInputStream(new ByteArrayInputStream(compressed)).readAllBytes(), UTF_8));
  }

  @Test
  void aClientThatGoesAwayInTheMiddleOfAPageLeavesTheServerAsItWas()
      throws IOException, InterruptedException {
    acceptManySeries();
    for (int i = 0; i < 20; i++) {
      try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.ports().getFirst())) {
        socket
            .getOutputStream()
            .write("GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(US_ASCII));
        assertThat(socket.getInputStream().readNBytes(100_000)).hasSize(100_000);
      }
    }
    assertThat(get("/-/healthy").statusCode()).isEqualTo(200);
    assertThat(get("/metrics").body()).hasSizeGreaterThan(10_000_000);
  }

  @Test
  void thoseWhoDoNotReadGiveWayToThoseWhoDo() throws Exception {
    acceptManySeries();
    var sockets = new ArrayList<Socket>();
    try {
      for (int i = 0; i < MOST_REQUESTS; i++) {
        sockets.add(ask("GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n"));
      }
      // The first may have to wait until the oldest of them has had its second.
      await().until(() -> get("/config").statusCode() == 200);
      for (int i = 0; i < 5; i++) {
        assertThat(get("/config").body()).isEqualTo("targets: []\n");
      }
      assertThat(get("/metrics", "Accept-Encoding", "gzip").statusCode()).isEqualTo(200);
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  @Test
  void http2WithoutTlsIsRefused() throws IOException {
    try (Socket socket = ask("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")) {
      assertThat(new String(socket.getInputStream().readAllBytes(), US_ASCII))
          .doesNotContain("mq-exporter", "200 OK");
    }
    try (Socket socket =
        ask(
            String.join(
                "\r\n",
                "GET /-/healthy HTTP/1.1",
                "Host: a",
                "Connection: Upgrade, HTTP2-Settings, close",
                "Upgrade: h2c",
                "HTTP2-Settings: AAMAAABkAAQAAP__",
                "",
                ""))) {
      assertThat(new String(socket.getInputStream().readNBytes(15), US_ASCII))
          .isEqualTo("HTTP/1.1 200 OK");
    }
  }

  private Socket ask(String request) throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), server.ports().getFirst());
    socket.setSoTimeout(10_000);
    socket.getOutputStream().write(request.getBytes(US_ASCII));
    return socket;
  }

  private void acceptManySeries() {
    var families = new MetricFamilies();
    for (int i = 0; i < 200_000; i++) {
      families.add(DEPTH, i, "a-cluster-with-a-long-name", "queue-" + i);
    }
    Target target = target("kafka", "a");
    metrics.accept(
        new CollectionResult.Success(
            target, Clock.systemUTC().instant(), Duration.ZERO, 200_000, List.of()),
        new Exposed(families.toList()));
  }

  @Test
  void aProbeShowsOneTargetOrOneOfItsNodes() throws IOException, InterruptedException {
    accept(SHOP, family("whole"), Map.of("rabbit@a", family("on a"), "rabbit@b", family("on b")));
    accept(ORDERS, family("other"), Map.of());

    assertThat(get("/probe?target=shop").body()).contains("whole").doesNotContain("on a", "other");
    HttpResponse<String> node = get("/probe?target=shop&node=rabbit%40a");
    assertThat(node.statusCode()).isEqualTo(200);
    assertThat(node.body())
        .isEqualTo(
            """
            # HELP queue_depth Messages held.
            # TYPE queue_depth gauge
            queue_depth{cluster_name="on a",queue="q"} 1
            """);
    assertThat(get("/metrics").body())
        .contains("whole", "other")
        .doesNotContain("\"on a\"", "\"on b\"");
  }

  @Test
  void aProbeOfWhatIsNotThereSaysWhatIs() throws IOException, InterruptedException {
    assertThat(get("/probe?target=shop").statusCode()).isEqualTo(503);
    assertThat(get("/probe?target=shop&node=rabbit@a").statusCode()).isEqualTo(503);
    accept(SHOP, family("whole"), Map.of("rabbit@a", family("on a")));

    HttpResponse<String> target = get("/probe?target=shp");
    assertThat(target.statusCode()).isEqualTo(404);
    assertThat(target.body())
        .isEqualTo("target shp: not in the configuration (expected: [orders, shop])\n");
    HttpResponse<String> node = get("/probe?target=shop&node=rabbit@b");
    assertThat(node.statusCode()).isEqualTo(404);
    assertThat(node.body())
        .isEqualTo("target shop, node rabbit@b: not there (expected: [rabbit@a])\n");
  }

  @Test
  void whatCanBeProbedIsListedForPrometheus() throws IOException, InterruptedException {
    accept(SHOP, family("whole"), Map.of("rabbit@a", family("on a")));
    String agent = "127.0.0.1:" + server.ports().getFirst();

    HttpResponse<String> targets = get("/sd");
    assertThat(targets.headers().firstValue("content-type")).contains("application/json");
    assertThat(targets.body())
        .isEqualTo(
            "[{\"targets\":[\"%1$s\"],\"labels\":{\"__metrics_path__\":\"/probe\",\"__param_target\":\"orders\",\"instance\":\"orders\"}},{\"targets\":[\"%1$s\"],\"labels\":{\"__metrics_path__\":\"/probe\",\"__param_target\":\"shop\",\"instance\":\"shop\"}}]"
                .formatted(agent));
    assertThat(get("/sd?nodes=true").body())
        .isEqualTo(
            "[{\"targets\":[\"%s\"],\"labels\":{\"__metrics_path__\":\"/probe\",\"__param_target\":\"shop\",\"instance\":\"shop/rabbit@a\",\"__param_node\":\"rabbit@a\"}}]"
                .formatted(agent));
  }

  @Test
  void howMuchWaitsForAGroupIsToldOrThatItIsNotKnown() throws IOException, InterruptedException {
    String unknown = "{\"error\":\"cluster orders: nothing was read lately\",\"stale\":true}";
    assertThat(get("/api/v1/scaling/orders/billing").body()).isEqualTo(unknown);
    assertThat(get("/api/v1/scaling/orders/billing").statusCode()).isEqualTo(503);

    var families = new MetricFamilies();
    String[] labels = {"kafka", "orders", "", "invoices", "billing/a b"};
    families.add(
        MessagingMetric.CONSUMER_STATUS, 1, "kafka", "orders", "", "invoices", labels[4], "ok");
    families.add(MessagingMetric.CONSUMER_LAG, 7, labels);
    families.add(MessagingMetric.CONSUMER_DRAIN, Double.POSITIVE_INFINITY, labels);
    backlogs.accept(
        new CollectionResult.Success(
            ORDERS, Clock.systemUTC().instant(), Duration.ZERO, 1, List.of()),
        new Exposed(families.toList()));

    HttpResponse<String> known = get("/api/v1/scaling/orders/billing%2Fa%20b?destination=invoices");
    assertThat(known.statusCode()).isEqualTo(200);
    assertThat(known.headers().firstValue("content-type")).contains("application/json");
    assertThat(known.body())
        .startsWith("{\"cluster\":\"orders\",\"group\":\"billing/a b\",\"lag\":7,\"stale\":false,");
    assertThat(get("/api/v1/scaling/orders/other").statusCode()).isEqualTo(404);
    assertThat(get("/api/v1/scaling/orders").body())
        .isEqualTo(
            "{\"error\":\"/api/v1/scaling/orders (expected: /api/v1/scaling/<cluster>/<group>)\"}");
    assertThat(statusOf("GET /api/v1/scaling/orders/%zz HTTP/1.1\r\nHost: a"))
        .isEqualTo("400 Bad Request");
  }

  private void accept(
      Target target, List<MetricFamily> families, Map<String, List<MetricFamily>> nodes) {
    metrics.accept(
        new CollectionResult.Success(
            target, Clock.systemUTC().instant(), Duration.ZERO, 1, List.of()),
        new Exposed(families, new TreeMap<>(nodes)));
  }

  private static List<MetricFamily> family(String cluster) {
    var families = new MetricFamilies();
    families.add(DEPTH, 1, cluster, "q");
    return families.toList();
  }

  private static Target target(String system, String name) {
    return new Target(
        system, name, Duration.ofMinutes(10), Duration.ofSeconds(5), SeriesLimit.NONE);
  }

  @Test
  void headTellsTheLengthAndSendsNothing() throws IOException, InterruptedException {
    HttpRequest head = request("/metrics").method("HEAD", BodyPublishers.noBody()).build();

    HttpResponse<String> response = client.send(head, BodyHandlers.ofString());

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEmpty();
    assertThat(response.headers().firstValueAsLong("content-length").orElseThrow())
        .isEqualTo(get("/metrics").body().length());
  }

  @Test
  void anUnknownPathIsNotFound() throws IOException, InterruptedException {
    assertThat(get("/metricsx").statusCode()).isEqualTo(404);
    assertThat(get("/-/nothing?x=/metrics").statusCode()).isEqualTo(404);
  }

  @Test
  void otherMethodsAreRefusedAndTheAllowedOnesNamed() throws IOException, InterruptedException {
    HttpRequest post = request("/metrics").POST(BodyPublishers.ofString("x")).build();

    HttpResponse<String> response = client.send(post, BodyHandlers.ofString());

    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("allow")).contains("GET, HEAD");
    assertThat(response.headers().firstValue("connection")).contains("close");
  }

  @Test
  void aBodyIsRefusedUnread() throws IOException, InterruptedException {
    HttpRequest get =
        request("/metrics").method("GET", BodyPublishers.ofByteArray(new byte[100])).build();

    assertThat(client.send(get, BodyHandlers.ofString()).statusCode()).isEqualTo(413);
  }

  @Test
  void headersAndRequestLineAreBounded() throws IOException {
    assertThat(statusOf("GET /metrics HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(20_000)))
        .isEqualTo("431 Request Header Fields Too Large");
    assertThat(statusOf("GET /" + "x".repeat(20_000) + " HTTP/1.1\r\nHost: a"))
        .isEqualTo("414 Request-URI Too Long");
  }

  @Test
  void readyOnceEveryTargetWasCollected() throws IOException, InterruptedException {
    assertThat(get("/-/ready").statusCode()).isEqualTo(503);
    assertThat(get("/-/healthy").statusCode()).isEqualTo(200);

    ready.set(true);

    assertThat(get("/-/ready").statusCode()).isEqualTo(200);
  }

  @Test
  void startPageAndConfigurationAreShown() throws IOException, InterruptedException {
    assertThat(get("/").body()).isEqualTo("<h1>mq-exporter</h1>");
    assertThat(get("/").headers().firstValue("content-type")).contains("text/html; charset=utf-8");
    assertThat(get("/config").body()).isEqualTo("targets: []\n");
  }

  private String statusOf(String head) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.ports().getFirst())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write((head + "\r\n\r\n").getBytes(US_ASCII));
      var line = new StringBuilder();
      for (int c = socket.getInputStream().read();
          c != '\r' && c != -1;
          c = socket.getInputStream().read()) {
        line.append((char) c);
      }
      return line.substring("HTTP/1.1 ".length());
    }
  }

  private HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = request(path);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(
        URI.create("http://127.0.0.1:" + server.ports().getFirst() + path));
  }
}
