package io.mqexporter.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mqexporter.collection.CollectionResult;
import io.mqexporter.collection.Exposed;
import io.mqexporter.collection.SeriesLimit;
import io.mqexporter.collection.Target;
import io.mqexporter.collector.Collected;
import io.mqexporter.collector.Deadline;
import io.mqexporter.collector.Missing;
import io.mqexporter.collector.Secret;
import io.mqexporter.collector.Settings;
import io.mqexporter.metric.Granularity;
import io.mqexporter.metric.MetricFamilies;
import io.mqexporter.metric.MetricFamily;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a receiver may do that a real one does not do on demand. */
@Timeout(30)
class OtlpPushTest {

  private static final Vertx vertx = Vertx.vertx();
  private static final Instant NOW = Instant.ofEpochSecond(1_000);
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final AtomicReference<Settings.Edition<OtlpConfig>> settings = new AtomicReference<>();
  private volatile BiConsumer<HttpServerRequest, Integer> script = (request, _) -> accept(request);
  private HttpServer server;
  private OtlpPush push;

  private record Received(
      String path, Map<String, String> headers, ExportMetricsServiceRequest body) {}

  @BeforeEach
  void start() throws Exception {
    server =
        vertx
            .createHttpServer()
            .requestHandler(request ->
                request
                    .body()
                    .onSuccess(body -> {
                      boolean gzip = "gzip".equals(request.getHeader("content-encoding"));
                      received.add(
                          new Received(
                              String.valueOf(request.path()),
                              Map.of(
                                  "authorization",
                                  String.valueOf(request.getHeader("authorization")),
                                  "content-type",
                                  String.valueOf(request.getHeader("content-type"))),
                              RequestText.read(body, gzip)));
                      script.accept(request, received.size());
                    }))
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
    use(true, "Bearer first", 1 << 20, 1);
    push =
        new OtlpPush(
            settings::get,
            new OtlpPush.Self("1.2.3", "a-host"),
            () -> families(TestMetric.OWN, 1),
            vertx,
            CLOCK,
            Duration.ofMillis(5));
    push.start();
  }

  @AfterEach
  void stop() {
    push.close();
    server.close();
  }

  @AfterAll
  static void close() {
    vertx.close();
  }

  @Test
  void aResultIsPushedWithWhoSendsIt() {
    push.accept(result("orders", "kafka"), new Exposed(families(TestMetric.DEPTH, 1)));

    awaitReceived(1);
    assertThat(received.getFirst().path()).isEqualTo("/v1/metrics");
    assertThat(received.getFirst().headers())
        .containsEntry("authorization", "Bearer first")
        .containsEntry("content-type", "application/x-protobuf");
    assertThat(RequestText.resource(received.getFirst().body()))
        .isEqualTo(
            "{deployment.environment.name=test,service.instance.id=other,service.name=mq-exporter,"
                + "service.version=1.2.3} io.mqexporter 1.2.3");
    assertThat(RequestText.lines(received.getFirst().body()))
        .containsExactly("gauge queue_depth{cluster=c,queue=0} 0..1000 0.0");
    await().untilAsserted(() -> assertThat(value(OtlpMetric.ACCEPTED)).isEqualTo(1));
  }

  @Test
  void theAgentsOwnMetricsGoWithTheResultAboutThePushing() {
    push.accept(result("otlp", "otlp"), new Exposed(push.families()));

    awaitReceived(2);
    assertThat(RequestText.lines(received.get(1).body()))
        .containsExactly("counter mq_exporter_requests_total{cluster=c,queue=0} 1000..1000 0.0");
  }

  @Test
  void aTargetThatLeavesTakesItsSeriesWithIt() {
    CollectionResult result = result("orders", "kafka");
    push.accept(result, new Exposed(families(TestMetric.DEPTH, 1)));
    push.forget(result.target());

    awaitReceived(2);
    assertThat(RequestText.lines(received.get(1).body()))
        .containsExactly("gauge queue_depth{cluster=c,queue=0} 0..1000 gone");
  }

  @Test
  void whatIsNotTakenNowIsSentAgainAndOnce() {
    script =
        (request, number) -> {
          switch (number) {
            case 1 -> answer(request, 503, "later");
            case 2 -> request.response().putHeader("retry-after", "1").setStatusCode(429).end();
            case 3 -> request.connection().close();
            default -> accept(request);
          }
        };
    long startNanos = System.nanoTime();
    pushDepth();

    awaitReceived(4);
    // 429 asked for a second.
    assertThat(Duration.ofNanos(System.nanoTime() - startNanos))
        .isGreaterThan(Duration.ofSeconds(1));
    assertThat(received).extracting(Received::body).containsOnly(received.getFirst().body());
    await().untilAsserted(() -> assertThat(value(OtlpMetric.ACCEPTED)).isEqualTo(1));
    assertThat(value(OtlpMetric.WAITING)).isZero();
    assertThat(dropped()).containsExactly(0.0, 0.0, 0.0);
  }

  @Test
  void whatIsRefusedForGoodIsCountedAndTheNextGoes() {
    script =
        (request, number) -> {
          if (number == 1) {
            answer(request, 400, "no such\ttenant");
          } else {
            accept(request);
          }
        };
    pushDepth();
    await().untilAsserted(() -> assertThat(dropped()).containsExactly(0.0, 1.0, 0.0));
    assertThat(missing())
        .containsExactly(
            "http://127.0.0.1:%d: status 400: no such tenant".formatted(server.actualPort()));

    pushDepth();
    await().untilAsserted(() -> assertThat(value(OtlpMetric.ACCEPTED)).isEqualTo(1));
    assertThat(missing()).isEmpty();
    assertThat(received).hasSize(2);
  }

  @Test
  void aTokenThatTheReceiverRepeatsIsNotShown() {
    use(true, "Bearer swordfish", 1 << 20, 2);
    script = (request, _) -> answer(request, 401, "no such token: swordfish");
    pushDepth();

    await().untilAsserted(() -> assertThat(missing()).isNotEmpty());
    assertThat(missing().getFirst()).endsWith("status 401: no such token: <secret>");
  }

  @Test
  void whatIsTakenInPartIsCountedAndSaid() {
    script =
        (request, _) -> {
          var response = ExportMetricsServiceResponse.newBuilder();
          response.getPartialSuccessBuilder().setRejectedDataPoints(2).setErrorMessage("too old");
          request.response().end(Buffer.buffer(response.build().toByteArray()));
        };
    push.accept(result("orders", "kafka"), new Exposed(families(TestMetric.DEPTH, 5)));

    await().untilAsserted(() -> assertThat(dropped()).containsExactly(0.0, 0.0, 2.0));
    assertThat(value(OtlpMetric.ACCEPTED)).isEqualTo(3);
    assertThat(missing()).containsExactly("rejects data points: too old");
  }

  @Test
  void anAnswerThatIsNoMessageIsAnAnswer() {
    script = (request, _) -> answer(request, 200, "{\"partialSuccess\": {}}");
    pushDepth();

    await().untilAsserted(() -> assertThat(value(OtlpMetric.ACCEPTED)).isEqualTo(1));
    assertThat(missing()).isEmpty();
  }

  @Test
  void whatWaitsForAReceiverThatHangsIsBounded() {
    // Nothing is answered.
    script = (_, _) -> {};
    use(false, "Bearer first", 1 << 20, 2);
    for (int i = 0; i < 40; i++) {
      push.accept(result("target-" + i, "kafka"), new Exposed(families(TestMetric.DEPTH, 4_000)));
    }

    assertThat(value(OtlpMetric.QUEUE_BYTES)).isPositive().isLessThanOrEqualTo(1 << 20);
    assertThat(dropped().getFirst()).isPositive();
    await().untilAsserted(() -> assertThat(value(OtlpMetric.WAITING)).isPositive());

    script = (request, _) -> accept(request);
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> assertThat(value(OtlpMetric.ACCEPTED) + dropped().getFirst()).isEqualTo(160_000));
    assertThat(value(OtlpMetric.QUEUE_BYTES)).isZero();
  }

  @Test
  void aTokenThatIsRenewedIsShownFromThenOn() {
    pushDepth();
    awaitReceived(1);

    use(true, "Bearer second", 1 << 20, 2);
    pushDepth();

    awaitReceived(2);
    assertThat(received.get(1).headers()).containsEntry("authorization", "Bearer second");
  }

  private void use(boolean gzip, String token, int maxQueueBytes, int number) {
    settings.set(
        new Settings.Edition<>(
            new OtlpConfig(
                URI.create("http://127.0.0.1:" + server.actualPort()),
                Map.of("Authorization", new Secret(token)),
                Map.of("deployment.environment.name", "test", "service.instance.id", "other"),
                gzip,
                Duration.ofSeconds(1),
                maxQueueBytes,
                Optional.empty()),
            number));
  }

  private void pushDepth() {
    push.accept(result("orders", "kafka"), new Exposed(families(TestMetric.DEPTH, 1)));
  }

  private static CollectionResult result(String name, String system) {
    var limit = new SeriesLimit(Granularity.PARTITION, 1_000_000);
    var target = new Target(system, name, Duration.ofSeconds(1), Duration.ofSeconds(1), limit);
    return new CollectionResult.Success(target, NOW, Duration.ZERO, 1, List.of());
  }

  private static List<MetricFamily> families(TestMetric metric, int series) {
    var families = new MetricFamilies();
    for (int i = 0; i < series; i++) {
      families.add(metric, i, "c", Integer.toString(i));
    }
    return families.toList();
  }

  private void awaitReceived(int requests) {
    await().atMost(Duration.ofSeconds(10)).until(() -> received.size() >= requests);
  }

  private double value(OtlpMetric metric) {
    return values(metric).getFirst();
  }

  private List<Double> dropped() {
    return values(OtlpMetric.DROPPED);
  }

  private List<Double> values(OtlpMetric metric) {
    return push.families().stream()
        .filter(family -> family.descriptor() == metric)
        .flatMap(family -> family.samples().stream())
        .map(sample -> sample.value())
        .toList();
  }

  private List<String> missing() {
    Collected collected = new OtlpCollector(push).collect(Deadline.after(Duration.ofSeconds(1)));
    return collected.missing().stream().map(Missing::why).toList();
  }

  private static void accept(HttpServerRequest request) {
    request
        .response()
        .end(Buffer.buffer(ExportMetricsServiceResponse.getDefaultInstance().toByteArray()));
  }

  private static void answer(HttpServerRequest request, int status, String body) {
    request.response().setStatusCode(status).end(body);
  }
}
