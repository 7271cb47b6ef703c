package io.mqexporter.collection;

import io.mqexporter.collector.Collected;
import io.mqexporter.collector.CollectionException;
import io.mqexporter.collector.Collector;
import io.mqexporter.collector.Deadline;
import io.mqexporter.collector.Missing;
import io.mqexporter.metric.MetricFamily;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The beat of one target: collects, publishes the result, waits for the rest of the interval.
 * Deployed on a virtual thread, which it blocks, so that collections never overlap. Each collection
 * runs on a thread of its own: one that ignores its deadline costs that thread, and the loop goes
 * on to say so at every beat until it has ended.
 */
public final class CollectionLoop extends VerticleBase {

  private static final Logger logger = LoggerFactory.getLogger(CollectionLoop.class);

  /** What a collection gets beyond its deadline to return what it has. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  /**
   * By how much a clock may drift, or be slewed, between two collections without having been set.
   */
  private static final Duration MOST_DRIFT = Duration.ofSeconds(1);

  private final Collector collector;
  private final Target target;
  private final LatestResults results;
  private final Clocks clocks;
  private final Consumer<Duration> clockWasSet;
  private final CollectionLog log;
  private final CollectionFamilies families;
  private final Pace pace;
  private Optional<Instant> lastSuccess = Optional.empty();
  private Duration wallAhead;
  private volatile Thread currentThread = Thread.ofVirtual().unstarted(() -> {});
  private volatile boolean stopping;

  private record Outcome(CollectionResult result, Exposed exposed) {}

  /**
   * Creates a loop that owns its collector and closes it in the end.
   *
   * @param clockWasSet is told by how much the machine's clock was set, while no collection is
   *     under way
   */
  public CollectionLoop(
      Collector collector,
      Target target,
      LatestResults results,
      Clocks clocks,
      Consumer<Duration> clockWasSet) {
    this.collector = collector;
    this.target = target;
    this.results = results;
    this.clocks = clocks;
    this.clockWasSet = clockWasSet;
    this.wallAhead = wallAhead();
    this.log = new CollectionLog(logger, target);
    this.families = new CollectionFamilies(target);
    this.pace = new Pace(target.interval(), target.timeout().plus(GRACE));
  }

  @Override
  public Future<?> start() {
    context.runOnContext(_ -> beat());
    return Future.succeededFuture();
  }

  @Override
  public Future<?> stop() {
    cancel();
    return Future.succeededFuture();
  }

  /** Ends the loop and a collection that is under way; may be called from any thread. */
  public void cancel() {
    stopping = true;
    currentThread.interrupt();
    collector.close();
  }

  /** Returns whether no collection is under way any more, not even one that ignores its end. */
  public boolean hasEnded() {
    return stopping && !currentThread.isAlive();
  }

  private void beat() {
    long startNanos = System.nanoTime();
    collectAndPublish(startNanos);
    if (stopping) {
      return;
    }
    long elapsedMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
    vertx.setTimer(Math.max(1, pace.interval().toMillis() - elapsedMillis), _ -> beat());
  }

  private void collectAndPublish(long startNanos) {
    Outcome outcome = collect(startNanos);
    if (!stopping) {
      log.stateOf(outcome.result());
      results.publish(outcome.result(), outcome.exposed());
    }
  }

  private Outcome collect(long startNanos) {
    if (currentThread.isAlive()) {
      return failure(startNanos, "an earlier collection has not ended yet");
    }
    followClock();
    var deadline = Deadline.after(target.timeout());
    var current = new FutureTask<>(() -> collector.collect(deadline));
    currentThread = Thread.ofVirtual().name("collect-" + target.name()).start(current);
    try {
      Collected collected =
          current.get(target.timeout().plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
      return collected(startNanos, collected);
    } catch (TimeoutException e) {
      currentThread.interrupt();
      return failure(startNanos, "did not answer within " + target.timeout().toMillis() + " ms");
    } catch (InterruptedException e) {
      currentThread.interrupt();
      Thread.currentThread().interrupt();
      return failure(startNanos, "interrupted");
    } catch (ExecutionException e) {
      return failure(startNanos, reason(e));
    }
  }

  private void followClock() {
    Duration before = wallAhead;
    wallAhead = wallAhead();
    Duration jump = wallAhead.minus(before);
    if (jump.abs().compareTo(MOST_DRIFT) > 0) {
      logger.warn(
          "{}: the machine's clock was set by {} s; what was seen before is dated anew",
          target.name(),
          jump.toSeconds());
      clockWasSet.accept(jump);
    }
  }

  private Duration wallAhead() {
    return Duration.between(clocks.steady().instant(), clocks.wall().instant());
  }

  private String reason(ExecutionException failure) {
    if (failure.getCause() instanceof CollectionException expected) {
      return String.valueOf(expected.getMessage());
    }
    if (failure.getCause() instanceof InterruptedException) {
      return "interrupted";
    }
    if (!stopping) {
      logger.error("{}: a bug in the agent ended the collection", target.name(), failure);
    }
    return "a bug in the agent ended the collection: " + failure.getMessage();
  }

  private Outcome collected(long startNanos, Collected collected) {
    Instant now = clocks.steady().instant();
    Duration took = Duration.ofNanos(System.nanoTime() - startNanos);
    List<Missing> missing = collected.missing();
    if (missing.isEmpty()) {
      lastSuccess = Optional.of(clocks.wall().instant());
      pace.took(took);
    } else {
      pace.partly(took);
    }
    var selection = Selection.of(collected.families(), target.limit());
    List<MetricFamily> exposed =
        families.of(
            selection,
            missing.size(),
            took,
            pace.interval(),
            lastSuccess,
            collector.requestsSent());
    long series = Selection.series(exposed);
    return new Outcome(
        missing.isEmpty()
            ? new CollectionResult.Success(target, now, took, series, selection.leftOut())
            : new CollectionResult.Partial(target, now, took, series, selection.leftOut(), missing),
        new Exposed(exposed, collected.nodes()));
  }

  private Outcome failure(long startNanos, String reason) {
    Duration took = Duration.ofNanos(System.nanoTime() - startNanos);
    var nothing = new Selection(collector.unavailable(), List.of());
    List<MetricFamily> exposed =
        families.of(nothing, 1, took, pace.interval(), lastSuccess, collector.requestsSent());
    return new Outcome(
        new CollectionResult.Failure(
            target, clocks.steady().instant(), took, Selection.series(exposed), reason),
        new Exposed(exposed));
  }
}
