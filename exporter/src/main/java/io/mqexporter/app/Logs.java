package io.mqexporter.app;

import io.mqexporter.collection.Clocks;
import io.mqexporter.collection.CollectionLoop;
import io.mqexporter.collection.LatestResults;
import io.mqexporter.collection.SeriesLimit;
import io.mqexporter.collection.Target;
import io.mqexporter.collector.Settings;
import io.mqexporter.collector.Settings.Edition;
import io.mqexporter.config.Config;
import io.mqexporter.config.LiveConfig;
import io.mqexporter.config.LogsConfig;
import io.mqexporter.logs.forward.Forwarder;
import io.mqexporter.logs.forward.LogCollector;
import io.mqexporter.metric.Granularity;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;

/**
 * The forwarding of logs, if the configuration wants it, and the loop that shows how it gets on.
 * What another configuration says differently begins anew, and the rest goes on.
 */
final class Logs implements AutoCloseable {

  private final Vertx vertx;
  private final LatestResults results;
  private final Clocks clocks;
  private Optional<Forwarding> forwarding = Optional.empty();
  private Optional<Settings<LogsConfig>> settings = Optional.empty();
  private long edition;
  private List<Target> shown = List.of();
  private RunningLoops loops = new RunningLoops(List.of());

  Logs(Vertx vertx, LatestResults results, Clocks clocks) {
    this.vertx = vertx;
    this.results = results;
    this.clocks = clocks;
  }

  /**
   * Takes the state folder that a configuration names, if that is another one than before; nothing
   * else is changed yet.
   *
   * @throws StartException if the folder cannot be used: then all stays as it is
   */
  synchronized void open(LiveConfig live) throws StartException {
    Optional<LogsConfig> next = live.config().logs();
    if (next.isPresent() && forwarding.stream().noneMatch(f -> f.isIn(next.get().stateFolder()))) {
      var opened = Forwarding.open(next.get(), vertx, clocks.wall());
      forwarding.ifPresent(Forwarding::close);
      forwarding = Optional.of(opened);
    }
  }

  /** Returns what the results are known by. */
  List<Target> targets(Config config) {
    var limit = new SeriesLimit(Granularity.PARTITION, config.maxSeries());
    return config.logs().stream()
        .map(_ ->
            new Target(
                LogCollector.NAME, LogCollector.NAME, config.interval(), config.timeout(), limit))
        .toList();
  }

  /** Forwards and shows what a configuration says, and nothing else. */
  void use(LiveConfig live) throws StartException {
    List<Target> next = targets(live.config());
    boolean isShown = shown.equals(next);
    if (!isShown) {
      // First, as a collection needs what it shows; without the lock, which one under way may need.
      loops.end(vertx);
    }
    synchronized (this) {
      settings = live.logs();
      edition = -1;
      if (settings.isEmpty()) {
        forwarding.ifPresent(Forwarding::close);
        forwarding = Optional.empty();
      } else {
        current();
      }
    }
    if (!isShown) {
      loops =
          new RunningLoops(
              next.stream()
                  .map(target ->
                      new CollectionLoop(
                          new LogCollector(this::current), target, results, clocks, _ -> {}))
                  .toList());
      loops.start(vertx);
      shown = next;
    }
  }

  /** Returns what runs, with the credentials that are in their files now. */
  private synchronized Forwarder current() {
    Forwarding running = forwarding.orElseThrow();
    Edition<LogsConfig> now = settings.orElseThrow().current();
    if (now.number() != edition) {
      running.use(now.value());
      edition = now.number();
    }
    return running.forwarder();
  }

  /** Ends the forwarding within a moment. */
  @Override
  public synchronized void close() {
    forwarding.ifPresent(Forwarding::close);
  }
}
