package io.mqexporter.app;

import io.mqexporter.collection.Clocks;
import io.mqexporter.collection.LatestResults;
import io.mqexporter.collection.Target;
import io.mqexporter.collector.Shard;
import io.mqexporter.config.LiveConfig;
import io.mqexporter.config.TargetConfig;
import io.vertx.core.Vertx;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The targets that are collected. Another configuration leaves those alone of which it says the
 * same, and lets those that it changes keep what they remember where the cluster is still the same.
 */
final class RunningTargets {

  private final Vertx vertx;
  private final LatestResults results;
  private final Shard shard;
  private final Clocks clocks;
  private Map<String, RunningTarget> running = Map.of();

  /** Creates them without any. */
  RunningTargets(Vertx vertx, LatestResults results, Shard shard, Clocks clocks) {
    this.vertx = vertx;
    this.results = results;
    this.shard = shard;
    this.clocks = clocks;
  }

  /**
   * Checks a configuration before it is used.
   *
   * @throws StartException if a cluster would be cut twice, by names and by brokers
   */
  void check(LiveConfig live) throws StartException {
    for (TargetConfig config : live.config().targets()) {
      if (config.sidecarOf().isPresent() && !shard.isWhole()) {
        throw new StartException(
            "%s: %d (expected: 1, as target %s has sidecar_of)"
                .formatted(Flags.TOTAL_SHARDS, shard.total(), config.name()));
      }
    }
  }

  /**
   * Collects what a configuration says, and nothing else. Waits until that is under way.
   *
   * @param others what has results besides
   */
  synchronized void use(LiveConfig live, List<Target> others) throws StartException {
    var kept = new LinkedHashMap<>(running);
    kept.entrySet().removeIf(entry -> !entry.getValue().isAsIn(live, entry.getKey()));
    var ended = new LinkedHashMap<>(running);
    ended.keySet().removeAll(kept.keySet());
    ended.values().forEach(target -> target.end(vertx));
    var next = new LinkedHashMap<String, RunningTarget>();
    var begun = new LinkedHashMap<String, RunningTarget>();
    for (TargetConfig config : live.config().targets()) {
      String name = config.name();
      RunningTarget target = kept.get(name);
      if (target == null) {
        var before = Optional.ofNullable(ended.get(name));
        target = new RunningTarget(config, live, before, results, shard, clocks);
        begun.put(name, target);
      }
      next.put(name, target);
    }
    running = next;
    results.use(
        Stream.concat(
                next.values().stream().flatMap(target -> target.targets().stream()),
                others.stream())
            .toList());
    for (RunningTarget target : begun.values()) {
      target.start(vertx);
    }
  }

  /** Tells all collections to end. Nobody waits for that. */
  void cancel() {
    Map<String, RunningTarget> current;
    synchronized (this) {
      current = running;
    }
    current.values().forEach(RunningTarget::cancel);
  }
}
