package io.mqexporter.app;

import io.mqexporter.collection.LatestResults;
import io.mqexporter.config.ConfigText;
import io.mqexporter.config.LiveConfig;
import io.mqexporter.exposition.Backlogs;
import io.mqexporter.exposition.MetricsPages;
import io.mqexporter.exposition.Probes;
import io.mqexporter.exposition.ProcessMetrics;
import io.mqexporter.exposition.StatusPage;
import io.mqexporter.http.HttpSettings;
import io.mqexporter.http.HttpVerticle;
import io.mqexporter.http.Pages;
import io.mqexporter.http.Security;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** The running agent: an HTTP server and the targets. */
final class Agent implements AutoCloseable {

  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(3);
  private static final Duration PROCESS_METRICS_INTERVAL = Duration.ofSeconds(5);

  private final Vertx vertx;
  private final ProcessMetrics processMetrics = new ProcessMetrics();
  private final MetricsPages metricsPages;
  private final HttpVerticle http;
  private final Logs logs;
  private final RunningTargets targets;
  private final About about;
  private volatile String configuration = "";

  /**
   * Puts the agent together; nothing runs yet.
   *
   * @param vertx from {@link #vertx()}; closed when the agent is closed
   * @param reload reads the configuration file again and says what is wrong with it; empty if
   *     nobody may ask for that over HTTP
   */
  Agent(
      Vertx vertx,
      HttpSettings settings,
      Security security,
      Optional<Supplier<Optional<String>>> reload,
      Clock clock) {
    this.vertx = vertx;
    var results = new LatestResults(List.of());
    this.metricsPages = new MetricsPages(List.of(), clock);
    metricsPages.process(processMetrics.read());
    this.about = new About(metricsPages, clock);
    results.subscribe(metricsPages::accept);
    results.subscribeToLeaving(metricsPages::forget);
    var backlogs = new Backlogs(results, clock);
    results.subscribe(backlogs::accept);
    results.subscribeToLeaving(backlogs::forget);
    var status = new StatusPage(results, Version.current(), settings.metricsPath(), clock);
    this.http =
        new HttpVerticle(
            settings,
            metricsPages,
            new Pages(
                status::html,
                () -> configuration,
                new Probes(results, metricsPages),
                backlogs,
                results::isComplete,
                reload),
            security,
            about.webConfig());
    this.logs = new Logs(vertx, results, clock);
    this.targets = new RunningTargets(vertx, results, clock);
  }

  /**
   * Takes what only one agent may have: the state folder of the logs.
   *
   * @throws StartException if it cannot be used
   */
  void prepare(LiveConfig config) throws StartException {
    logs.open(config);
  }

  /**
   * Listens, then starts to collect.
   *
   * @throws StartException if the address cannot be listened on
   */
  void start(LiveConfig config) throws StartException {
    Waiting.await(vertx.deployVerticle(http));
    vertx.setPeriodic(
        PROCESS_METRICS_INTERVAL.toMillis(), _ -> metricsPages.process(processMetrics.read()));
    use(config);
    about.config().succeeded();
  }

  /** Collects and forwards what a configuration says, and nothing else. */
  void use(LiveConfig config) throws StartException {
    logs.open(config);
    targets.use(config, logs.targets(config.config()));
    logs.use(config);
    configuration = ConfigText.of(config.config());
  }

  /** Returns who is told how reading the configuration file goes on. */
  Reloads config() {
    return about.config();
  }

  /** Returns the ports that the agent listens on, in the order of its addresses. */
  List<Integer> ports() {
    return http.ports();
  }

  /** Ends all collections and stops listening, within a few seconds whatever a broker does. */
  @Override
  public void close() {
    targets.cancel();
    Thread end = Thread.ofVirtual().start(logs::close);
    try {
      vertx
          .close()
          .toCompletionStage()
          .toCompletableFuture()
          .get(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
      end.join(STOP_TIMEOUT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // The process ends anyway; what hangs is a broker's answer that nobody waits for any more.
      return;
    }
  }

  /** Returns what runs all of the agent's servers, clients and loops. */
  static Vertx vertx() {
    return Vertx.vertx(vertxOptions());
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
