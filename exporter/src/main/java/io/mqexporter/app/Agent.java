package io.mqexporter.app;

import io.mqexporter.collection.Clocks;
import io.mqexporter.collection.CollectionLoop;
import io.mqexporter.collection.LatestResults;
import io.mqexporter.collection.SeriesLimit;
import io.mqexporter.collection.Target;
import io.mqexporter.collector.Shard;
import io.mqexporter.config.Config;
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
import io.mqexporter.metric.Granularity;
import io.mqexporter.metric.MetricFamily;
import io.mqexporter.otlp.OtlpCollector;
import io.mqexporter.otlp.OtlpPush;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The running agent: an HTTP server and the targets. */
final class Agent implements AutoCloseable {

  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(3);
  private static final Duration PROCESS_METRICS_INTERVAL = Duration.ofSeconds(5);

  private final Vertx vertx;
  private final ProcessMetrics processMetrics = new ProcessMetrics();
  private final MetricsPages metricsPages;
  private final HttpVerticle http;
  private final LatestResults results = new LatestResults(List.of());
  private final Clocks clocks;
  private final Logs logs;
  private final RunningTargets targets;
  private final About about;
  private List<Target> ofPushing = List.of();
  private RunningLoops pushing = new RunningLoops(List.of());
  private volatile String configuration = "";

  /**
   * Puts the agent together; nothing runs yet.
   *
   * @param vertx from {@link #vertx()}; closed when the agent is closed
   * @param reload reads the configuration file again and says what is wrong with it; empty if
   *     nobody may ask for that over HTTP
   * @param shard the share of the targets that is collected
   */
  Agent(
      Vertx vertx,
      HttpSettings settings,
      Security security,
      Optional<Supplier<Optional<String>>> reload,
      Shard shard,
      Clocks clocks) {
    this.vertx = vertx;
    this.clocks = clocks;
    this.metricsPages = new MetricsPages(List.of(), clocks.steady());
    metricsPages.process(processMetrics.read());
    this.about = new About(metricsPages, shard, clocks.wall());
    results.subscribe(metricsPages::accept);
    results.subscribeToLeaving(metricsPages::forget);
    var backlogs = new Backlogs(results, clocks.steady());
    results.subscribe(backlogs::accept);
    results.subscribeToLeaving(backlogs::forget);
    var status =
        new StatusPage(results, Version.current(), settings.metricsPath(), clocks.steady());
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
    this.logs = new Logs(vertx, results, clocks);
    this.targets = new RunningTargets(vertx, results, shard, clocks);
  }

  /**
   * Takes what only one agent may have: the state folder of the logs.
   *
   * @throws StartException if that, or the configuration beside the flags, cannot be used
   */
  void prepare(LiveConfig config) throws StartException {
    targets.check(config);
    logs.open(config);
  }

  /** Lets results be pushed, and shows how that gets on; before the agent is started. */
  void add(OtlpPush push, Config config) {
    results.subscribe(push::accept);
    results.subscribeToLeaving(push::forget);
    var collector = new OtlpCollector(push);
    var limit = new SeriesLimit(Granularity.PARTITION, config.maxSeries());
    var target =
        new Target(
            collector.system(), collector.name(), config.interval(), config.timeout(), limit);
    ofPushing = List.of(target);
    pushing =
        new RunningLoops(List.of(new CollectionLoop(collector, target, results, clocks, _ -> {})));
  }

  /** Returns what the agent says about itself as a whole, its process included. */
  List<MetricFamily> families() {
    return Stream.concat(about.families().stream(), processMetrics.read().stream()).toList();
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
    pushing.start(vertx);
    about.config().succeeded();
  }

  /** Collects and forwards what a configuration says, and nothing else. */
  void use(LiveConfig config) throws StartException {
    prepare(config);
    targets.use(
        config, Stream.concat(logs.targets(config.config()).stream(), ofPushing.stream()).toList());
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
    pushing.cancel();
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
