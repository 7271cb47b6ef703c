package io.mqexporter.app;

import static java.util.stream.Collectors.joining;

import io.mqexporter.collection.Clocks;
import io.mqexporter.collection.CollectionLoop;
import io.mqexporter.collection.LatestResults;
import io.mqexporter.collection.SeriesLimit;
import io.mqexporter.collection.Target;
import io.mqexporter.collector.Collector;
import io.mqexporter.collector.Shard;
import io.mqexporter.config.BrokerConfig;
import io.mqexporter.config.LiveConfig;
import io.mqexporter.config.TargetConfig;
import io.mqexporter.kafka.KafkaConfig;
import io.mqexporter.messaging.ClusterMemory;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A target that is collected: by one loop, or by two if it has JVMs. */
final class RunningTarget {

  private final String text;
  private final BrokerConfig broker;
  private final ClusterMemory memory;
  private final List<Target> targets = new ArrayList<>();
  private final RunningLoops loops;

  /**
   * Prepares a target; nothing runs yet.
   *
   * @param before what was collected under its name and has ended; what it remembers is kept if the
   *     cluster is the same
   */
  RunningTarget(
      TargetConfig config,
      LiveConfig live,
      Optional<RunningTarget> before,
      LatestResults results,
      Shard shard,
      Clocks clocks) {
    this.text = text(config, live);
    this.broker = config.broker();
    Duration window = Collectors.window(config);
    this.memory =
        before
            .filter(old -> old.broker.isSameClusterAs(broker) && old.hasEnded())
            .map(old -> old.memory)
            .orElseGet(() -> new ClusterMemory(window));
    memory.setWindow(window);
    var limit = new SeriesLimit(config.granularity(), config.maxSeries());
    var ofTargets = new ArrayList<CollectionLoop>();
    for (Collector collector : Collectors.of(config, live, memory, shard, clocks.wall())) {
      var target =
          new Target(collector.system(), config.name(), config.interval(), config.timeout(), limit);
      targets.add(target);
      // Only the first, which reads the cluster itself, has what is remembered.
      Consumer<Duration> clockWasSet = ofTargets.isEmpty() ? memory::shift : _ -> {};
      ofTargets.add(new CollectionLoop(collector, target, results, clocks, clockWasSet));
    }
    this.loops = new RunningLoops(ofTargets);
  }

  /** Returns whether a file says what this was made of. */
  boolean isAsIn(LiveConfig live, String name) {
    return live.config().targets().stream()
        .filter(config -> config.name().equals(name))
        .anyMatch(config -> text(config, live).equals(text));
  }

  /** Returns what the file says of a target and of the clusters that it holds copies of. */
  private static String text(TargetConfig config, LiveConfig live) {
    return Stream.concat(
            Stream.of(config.name()), config.mirrors().stream().map(KafkaConfig.Mirror::source))
        .map(live::textOf)
        .collect(joining("\n"));
  }

  /** Returns what the results of its loops are known by. */
  List<Target> targets() {
    return List.copyOf(targets);
  }

  /** Begins to collect. */
  void start(Vertx vertx) throws StartException {
    loops.start(vertx);
  }

  /** Ends collecting, and waits a while for a collection that is under way. */
  void end(Vertx vertx) {
    loops.end(vertx);
  }

  /** Tells what is under way to end. Nobody waits for that. */
  void cancel() {
    loops.cancel();
  }

  private boolean hasEnded() {
    return loops.hasEnded();
  }
}
