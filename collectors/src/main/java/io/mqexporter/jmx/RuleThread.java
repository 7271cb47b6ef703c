package io.mqexporter.jmx;

import io.mqexporter.collector.Deadline;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The thread on which rules are applied to one JVM. A regular expression that takes for ever cannot
 * be ended; on a virtual thread it would hold one of the few that all others share. So it costs one
 * thread of its own, and no second one is started before it has ended.
 */
final class RuleThread {

  private final String address;
  private final RuleReader rules;
  private FutureTask<RuleReading> task = new FutureTask<>(() -> RuleReading.NONE);
  private FutureTask<RuleReading> running = task;
  private boolean anotherJvm;

  RuleThread(String address, RuleReader rules) {
    this.address = address;
    this.rules = rules;
    running.run();
  }

  /**
   * Begins to read.
   *
   * @param another whether it may be another JVM than at the last time
   * @param anew whether its MBeans are listed anew
   */
  void start(BeanReader reader, boolean another, boolean anew, Deadline deadline) {
    anotherJvm |= another;
    if (!running.isDone()) {
      task = new FutureTask<>(() -> RuleReading.failed("an earlier turn has not ended yet"));
      task.run();
      return;
    }
    if (anotherJvm) {
      rules.forget();
      anotherJvm = false;
    }
    running = new FutureTask<>(() -> rules.read(reader, anew, deadline));
    task = running;
    Thread.ofPlatform().daemon().name("jmx-rules-" + address).start(running);
  }

  /** Returns what came of it until the time is up. */
  RuleReading await(Deadline deadline) throws InterruptedException {
    try {
      return task.get(deadline.remaining().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return RuleReading.failed("did not come to an end in time");
    } catch (ExecutionException e) {
      return RuleReading.failed(
          switch (e.getCause()) {
            case TimeoutException _ -> "did not answer in time";
            case IllegalStateException failed -> String.valueOf(failed.getMessage());
            case null -> "failed";
            case Throwable cause -> JmxReason.of(cause);
          });
    }
  }
}
