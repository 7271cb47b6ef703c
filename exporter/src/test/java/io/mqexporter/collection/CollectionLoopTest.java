package io.mqexporter.collection;

import static io.mqexporter.collection.TestFamilies.family;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.mqexporter.collector.Collected;
import io.mqexporter.collector.CollectionException;
import io.mqexporter.collector.Missing;
import io.mqexporter.metric.Granularity;
import io.mqexporter.metric.MetricFamily;
import io.mqexporter.metric.Sample;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CollectionLoopTest {

  private static final Target TARGET =
      new Target(
          "kafka",
          "orders",
          Duration.ofMillis(50),
          Duration.ofMillis(100),
          new SeriesLimit(Granularity.PARTITION, 2));

  private final Vertx vertx = Vertx.vertx();
  private final FakeCollector collector = new FakeCollector();
  private final LatestResults results = new LatestResults(List.of(TARGET));
  private final List<String> reasons = new CopyOnWriteArrayList<>();
  private volatile List<MetricFamily> exposed = List.of();
  private final AtomicReference<Duration> wallAhead = new AtomicReference<>(Duration.ZERO);
  private final InstantSource wallTime = () -> Instant.now().plus(wallAhead.get());
  private final Clock wall = wallTime.withZone(ZoneOffset.UTC);
  private final List<Duration> jumps = new CopyOnWriteArrayList<>();
  private final CollectionLoop loop =
      new CollectionLoop(
          collector, TARGET, results, new Clocks(wall, Clock.systemUTC()), jumps::add);

  @AfterEach
  void close() throws ExecutionException, InterruptedException, TimeoutException {
    loop.cancel();
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void collectsAgainAndAgain() {
    start();

    await().until(() -> collector.calls.get() >= 3);
    assertThat(results.results()).singleElement().isInstanceOf(CollectionResult.Success.class);
    assertThat(results.isComplete()).isTrue();
  }

  @Test
  void aFailureIsAResultAndTheNextSuccessReplacesIt() {
    collector.behaviour =
        _ -> {
          throw new CollectionException("orders:9092: connection refused");
        };
    start();
    awaitResult(CollectionResult.Failure.class);
    assertThat(results.results())
        .extracting(result -> ((CollectionResult.Failure) result).reason())
        .containsExactly("orders:9092: connection refused");

    collector.behaviour = _ -> new Collected(List.of(), List.of());
    awaitResult(CollectionResult.Success.class);
  }

  @Test
  void aClockThatIsSetIsToldOnceAndMakesNoResultOlder() {
    start();
    await().until(() -> collector.calls.get() >= 3);
    assertThat(jumps).isEmpty();

    wallAhead.set(Duration.ofHours(-1));
    await().until(() -> !jumps.isEmpty());
    int calls = collector.calls.get();
    await().until(() -> collector.calls.get() >= calls + 3);

    assertThat(jumps)
        .singleElement()
        .satisfies(jump -> assertThat(jump).isCloseTo(Duration.ofHours(-1), Duration.ofSeconds(1)));
    assertThat(results.results().getFirst().expiresAt())
        .isCloseTo(Instant.now(), within(5, ChronoUnit.SECONDS));
    assertThat(samples(CollectionMetric.COLLECTION_LAST_SUCCESS).getFirst().value())
        .isCloseTo(wall.millis() / 1000.0, within(5.0));
  }

  @Test
  void whatIsMissingMakesTheResultPartial() {
    var missing = List.of(new Missing("groups of broker 3", "connection refused"));
    collector.behaviour = _ -> new Collected(List.of(), missing);
    start();

    awaitResult(CollectionResult.Partial.class);
    assertThat(results.results())
        .extracting(result -> ((CollectionResult.Partial) result).missing())
        .containsExactly(missing);
  }

  @Test
  void whatIsLeftOutIsCountedAndNotExposed() {
    collector.behaviour =
        _ ->
            new Collected(
                List.of(
                    family("fine", Granularity.PARTITION, 3),
                    family("coarse", Granularity.DESTINATION, 2)),
                List.of());
    start();
    await().until(() -> collector.calls.get() >= 3);

    CollectionResult result = results.results().getFirst();
    assertThat(result.leftOut()).extracting(LeftOut::describe).containsExactly("3 series of fine");
    assertThat(exposed)
        .extracting(family -> family.descriptor().metricName())
        .contains("coarse")
        .doesNotContain("fine");
    assertThat(samples(CollectionMetric.SERIES)).extracting(Sample::value).containsExactly(2.0);
    assertThat(samples(CollectionMetric.SERIES_DROPPED))
        .satisfiesExactly(
            sample ->
                assertThat(sample)
                    .isEqualTo(new Sample(List.of("kafka", "orders", "granularity"), 0)),
            sample -> {
              assertThat(sample.labelValues()).containsExactly("kafka", "orders", "budget");
              assertThat(sample.value()).isGreaterThanOrEqualTo(6).matches(value -> value % 3 == 0);
            });
  }

  @Test
  void aBugInACollectorDoesNotEndTheLoop() {
    collector.behaviour =
        _ -> {
          throw new IllegalStateException("a bug made for this test");
        };
    start();

    awaitResult(CollectionResult.Failure.class);
    await().until(() -> collector.calls.get() >= 3);
  }

  @Test
  void aCollectionThatIgnoresDeadlineAndInterruptIsReportedAndNeverOverlapped() {
    var release = new CountDownLatch(1);
    collector.behaviour =
        _ -> {
          awaitUninterruptibly(release);
          return new Collected(List.of(), List.of());
        };
    start();

    awaitFailure("did not answer within 100 ms");
    awaitFailure("an earlier collection has not ended yet");
    assertThat(collector.calls).hasValue(1);

    collector.behaviour = _ -> new Collected(List.of(), List.of());
    release.countDown();
    awaitResult(CollectionResult.Success.class);
    assertThat(collector.mostRunning).hasValue(1);
  }

  @Test
  void cancelEndsACollectionThatIsUnderWay() {
    var started = new CountDownLatch(1);
    var interrupted = new CountDownLatch(1);
    collector.behaviour =
        _ -> {
          started.countDown();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            interrupted.countDown();
            throw e;
          }
          return new Collected(List.of(), List.of());
        };
    start();
    await().until(() -> started.getCount() == 0);

    loop.cancel();

    await().until(() -> interrupted.getCount() == 0 && collector.closed);
  }

  private void start() {
    results.subscribe((result, newlyExposed) -> {
      exposed = newlyExposed.families();
      if (result instanceof CollectionResult.Failure failure) {
        reasons.add(failure.reason());
      }
    });
    vertx
        .deployVerticle(
            loop, new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD))
        .toCompletionStage()
        .toCompletableFuture()
        .join();
  }

  private List<Sample> samples(CollectionMetric metric) {
    return exposed.stream()
        .filter(family -> family.descriptor() == metric)
        .flatMap(family -> family.samples().stream())
        .toList();
  }

  private void awaitResult(Class<? extends CollectionResult> type) {
    await().until(() -> results.results().stream().anyMatch(type::isInstance));
  }

  private void awaitFailure(String reason) {
    await().until(() -> reasons.contains(reason));
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    while (latch.getCount() > 0) {
      try {
        latch.await();
      } catch (InterruptedException _) {
        // Ignored on purpose: this stands for a client that cannot be interrupted.
      }
    }
  }
}
