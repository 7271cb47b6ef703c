package io.mqexporter.app;

import io.mqexporter.collection.CollectionLoop;
import io.mqexporter.collection.LatestResults;
import io.mqexporter.collection.Target;
import io.mqexporter.collector.Collector;
import io.mqexporter.exposition.MetricsPages;
import io.mqexporter.exposition.Probes;
import io.mqexporter.exposition.ProcessMetrics;
import io.mqexporter.exposition.StatusPage;
import io.mqexporter.http.HttpSettings;
import io.mqexporter.http.HttpVerticle;
import io.mqexporter.http.Pages;
import io.mqexporter.http.Security;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.net.BindException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The running agent: an HTTP server and a collection loop for each target. */
final class Agent implements AutoCloseable {

  private static final Duration START_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(3);
  private static final Duration PROCESS_METRICS_INTERVAL = Duration.ofSeconds(5);

  private final Vertx vertx;
  private final ProcessMetrics processMetrics = new ProcessMetrics();
  private final HttpVerticle http;
  private final List<CollectionLoop> loops;

  /**
   * A target and what reads it.
   *
   * @param target what is collected
   * @param collector the reader, closed when the agent is closed
   */
  record Source(Target target, Collector collector) {}

  /** Puts the agent together; nothing runs yet. */
  Agent(
      HttpSettings settings,
      Security security,
      List<Source> sources,
      String configuration,
      Clock clock) {
    this.vertx = Vertx.vertx(vertxOptions());
    var results = new LatestResults(sources.stream().map(Source::target).toList());
    var metricsPages = new MetricsPages(About.families(), processMetrics, clock);
    results.subscribe(metricsPages::accept);
    var status = new StatusPage(results, Version.current(), settings.metricsPath(), clock);
    this.http =
        new HttpVerticle(
            settings,
            metricsPages,
            new Pages(
                status::html,
                () -> configuration,
                new Probes(results, metricsPages),
                results::isComplete),
            security,
            new About(metricsPages, clock));
    this.loops =
        sources.stream()
            .map(source -> new CollectionLoop(source.collector(), source.target(), results, clock))
            .toList();
  }

  /**
   * Listens, then starts to collect.
   *
   * @throws StartException if the address cannot be listened on
   */
  void start() throws StartException {
    await(vertx.deployVerticle(http));
    vertx.setPeriodic(PROCESS_METRICS_INTERVAL.toMillis(), _ -> processMetrics.refresh());
    var onVirtualThread = new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD);
    for (CollectionLoop loop : loops) {
      await(vertx.deployVerticle(loop, onVirtualThread));
    }
  }

  /** Returns the ports that the agent listens on, in the order of its addresses. */
  List<Integer> ports() {
    return http.ports();
  }

  /** Ends all collections and stops listening, within a few seconds whatever a broker does. */
  @Override
  public void close() {
    loops.forEach(loop -> Thread.ofVirtual().start(loop::cancel));
    try {
      vertx
          .close()
          .toCompletionStage()
          .toCompletableFuture()
          .get(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // The process ends anyway; what hangs is a broker's answer that nobody waits for any more.
      return;
    }
  }

  private static void await(Future<?> future) throws StartException {
    try {
      future
          .toCompletionStage()
          .toCompletableFuture()
          .get(START_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new StartException(reason(e), e);
    } catch (TimeoutException e) {
      throw new StartException("not started within " + START_TIMEOUT.toSeconds() + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartException("interrupted", e);
    }
  }

  private static String reason(ExecutionException failure) {
    return switch (failure.getCause()) {
      case BindException _ -> "cannot be listened on (expected: a free port of an own address)";
      case UnknownHostException _ -> "unknown host (expected: an address of this machine)";
      case null, default -> String.valueOf(failure.getMessage());
    };
  }

  private static VertxOptions vertxOptions() {
    return new VertxOptions()
        // Loading classes on a busy machine is not a blocked thread that anyone could mend.
        .setMaxEventLoopExecuteTime(TimeUnit.SECONDS.toNanos(10))
        .setEventLoopPoolSize(2)
        .setWorkerPoolSize(2)
        .setInternalBlockingPoolSize(2)
        .setFileSystemOptions(
            new FileSystemOptions()
                .setFileCachingEnabled(false)
                .setClassPathResolvingEnabled(false));
  }
}
