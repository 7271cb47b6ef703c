package io.mqexporter.app;

import io.mqexporter.collection.CollectionLoop;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Loops that begin and end together. */
final class RunningLoops {

  /** How long a collection that is interrupted may take to end before nobody waits for it. */
  private static final Duration END_TIMEOUT = Duration.ofSeconds(3);

  private final List<CollectionLoop> loops;
  private final List<String> deployments = new ArrayList<>();

  RunningLoops(List<CollectionLoop> loops) {
    this.loops = List.copyOf(loops);
  }

  /** Begins to collect. */
  void start(Vertx vertx) throws StartException {
    var onVirtualThread = new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD);
    for (CollectionLoop loop : loops) {
      deployments.add(Waiting.await(vertx.deployVerticle(loop, onVirtualThread)));
    }
  }

  /** Ends collecting, and waits a while for a collection that is under way. */
  void end(Vertx vertx) {
    cancel();
    Future<?> ended = Future.join(deployments.stream().map(vertx::undeploy).toList());
    try {
      ended
          .toCompletionStage()
          .toCompletableFuture()
          .get(END_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // It has been told to end, and what it may still read is not wanted any more.
      return;
    }
  }

  /** Tells what is under way to end. Nobody waits for that. */
  void cancel() {
    loops.forEach(loop -> Thread.ofVirtual().start(loop::cancel));
  }

  /** Returns whether nothing is under way any more. */
  boolean hasEnded() {
    return loops.stream().allMatch(CollectionLoop::hasEnded);
  }
}
