package io.mqexporter.jmx;

import io.mqexporter.collector.Deadline;
import java.io.IOException;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Does the same on several virtual threads, which end at the deadline at the latest. */
final class Parallel {

  private Parallel() {}

  /** What each of the threads does. */
  @FunctionalInterface
  interface Work {
    void run() throws IOException;
  }

  /**
   * Waits until all have done it; the first failure, or the deadline, ends it for all.
   *
   * @throws TimeoutException if they have not done it until the deadline
   */
  static void run(int workers, Work work, Deadline deadline)
      throws IOException, TimeoutException, InterruptedException {
    Callable<Boolean> worker =
        () -> {
          work.run();
          return true;
        };
    ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    try {
      var running = new ArrayList<Future<Boolean>>();
      for (int i = 0; i < workers; i++) {
        running.add(executor.submit(worker));
      }
      for (Future<Boolean> each : running) {
        each.get(deadline.remaining().toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException broken -> throw broken;
        case RuntimeException failed -> throw failed;
        case null, default -> throw new IllegalStateException(e.getCause());
      }
    } finally {
      // A virtual thread that waits for an answer wakes up, and its socket is closed.
      executor.shutdownNow();
    }
  }
}
