package io.mqexporter.logs.forward;

import io.mqexporter.logs.LogSink;
import io.mqexporter.logs.LogSink.Delivered;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/**
 * A sink with the thread that takes events to it, and what was counted of it. It may be replaced by
 * another of the same name, which goes on where the former was.
 */
final class SinkState {

  /** How long a delivery that is under way may take, and again as long once it is interrupted. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Window window;
  private final LongAdder acknowledged = new LongAdder();
  private final LongAdder duplicates = new LongAdder();
  private final LongAdder deadLetters = new LongAdder();
  private volatile LogSink sink;
  private volatile boolean ending;
  private volatile long waitingSinceNanos;
  private Thread thread;

  SinkState(LogSink sink, Window window) {
    this.sink = sink;
    this.window = window;
    this.thread = threadFor(sink);
  }

  LogSink sink() {
    return sink;
  }

  void start() {
    thread.start();
  }

  /** Lets another sink go on. */
  void replace(LogSink next) {
    end();
    ending = false;
    sink = next;
    thread = threadFor(next);
    thread.start();
  }

  /** Lets go of the sink, within a moment whatever it waits for. */
  void end() {
    ending = true;
    try {
      if (thread.getState() != Thread.State.NEW) {
        if (waitingSinceNanos == 0) {
          thread.interrupt();
        }
        if (!thread.join(PATIENCE)) {
          thread.interrupt();
          thread.join(PATIENCE);
        }
      }
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
    waitingSinceNanos = 0;
    sink.close();
  }

  SinkCounts counts() {
    long since = waitingSinceNanos;
    return new SinkCounts(
        sink.name(),
        acknowledged.sum(),
        duplicates.sum(),
        deadLetters.sum(),
        since == 0 ? 0 : (System.nanoTime() - since) / 1e9);
  }

  private Thread threadFor(LogSink taken) {
    return Thread.ofVirtual().name("logs-" + taken.name()).unstarted(() -> run(taken));
  }

  private void run(LogSink taken) {
    try {
      while (isOn(taken)) {
        deliver(taken, window.await(this));
      }
    } catch (InterruptedException e) {
      // It is taken off, or the agent ends: what it has not acknowledged is for the next one.
      return;
    } catch (RuntimeException e) {
      window.fail(e);
    }
  }

  private void deliver(LogSink taken, Window.Portion portion) throws InterruptedException {
    // An odd number, which no start is: 0 stands for no delivery.
    waitingSinceNanos = System.nanoTime() | 1;
    Delivered delivered = taken.deliver(portion.events());
    acknowledged.add(delivered.acknowledged());
    duplicates.add(delivered.duplicates());
    deadLetters.add(delivered.deadLetters());
    if (taken.equals(sink)) {
      window.acknowledge(this, portion.end());
      waitingSinceNanos = 0;
    }
  }

  private boolean isOn(LogSink taken) {
    return !ending && taken.equals(sink);
  }
}
