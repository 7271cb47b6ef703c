package io.mqexporter.logs.forward;

import io.mqexporter.logs.LogSink;
import io.mqexporter.logs.LogSink.Delivered;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * A sink with the threads that take events to it, and what was counted of it. It may be replaced by
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
  private volatile List<Courier> couriers;

  SinkState(LogSink sink, Window window) {
    this.sink = sink;
    this.window = window;
    this.couriers = couriersFor(sink);
  }

  LogSink sink() {
    return sink;
  }

  void start() {
    couriers.forEach(courier -> courier.thread.start());
  }

  /** Lets another sink go on. */
  void replace(LogSink next) {
    end();
    ending = false;
    sink = next;
    window.rewind(this);
    couriers = couriersFor(next);
    start();
  }

  /** Lets go of the sink, within a moment whatever it waits for. */
  void end() {
    ending = true;
    try {
      couriers.forEach(Courier::end);
      if (!haveEnded()) {
        couriers.forEach(courier -> courier.thread.interrupt());
        boolean _ = haveEnded();
      }
    } catch (InterruptedException e) {
      couriers.forEach(courier -> courier.thread.interrupt());
      Thread.currentThread().interrupt();
    }
    couriers.forEach(courier -> courier.waitingSinceNanos = 0);
    sink.close();
  }

  SinkCounts counts() {
    long now = System.nanoTime();
    double waiting =
        couriers.stream()
            .mapToLong(courier -> courier.waitingSinceNanos)
            .filter(since -> since != 0)
            .mapToDouble(since -> (now - since) / 1e9)
            .max()
            .orElse(0);
    return new SinkCounts(
        sink.name(), acknowledged.sum(), duplicates.sum(), deadLetters.sum(), waiting);
  }

  /** Waits for all couriers together as long as one delivery may take. */
  private boolean haveEnded() throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    for (Courier courier : couriers) {
      if (courier.thread.getState() != Thread.State.NEW
          && !courier.thread.join(Duration.ofNanos(Math.max(0, end - System.nanoTime())))) {
        return false;
      }
    }
    return true;
  }

  private List<Courier> couriersFor(LogSink taken) {
    return Stream.generate(() -> new Courier(taken)).limit(taken.deliveriesAtOnce()).toList();
  }

  /** One that takes a portion at a time to the sink. */
  private final class Courier {

    private final LogSink taken;
    private final Thread thread;
    private volatile long waitingSinceNanos;

    private Courier(LogSink taken) {
      this.taken = taken;
      this.thread = Thread.ofVirtual().name("logs-" + taken.name()).unstarted(this::run);
    }

    /** Lets it end: at once if it waits for events, else when it is done with those it has. */
    private void end() {
      if (waitingSinceNanos == 0) {
        thread.interrupt();
      }
    }

    private void run() {
      try {
        while (isOn()) {
          deliver(window.await(SinkState.this));
        }
      } catch (InterruptedException e) {
        // It is taken off, or the agent ends: what it has not acknowledged is for the next one.
        return;
      } catch (RuntimeException e) {
        window.fail(e);
      }
    }

    private void deliver(Window.Portion portion) throws InterruptedException {
      // An odd number, which no start is: 0 stands for no delivery.
      waitingSinceNanos = System.nanoTime() | 1;
      Delivered delivered = taken.deliver(portion.events());
      acknowledged.add(delivered.acknowledged());
      duplicates.add(delivered.duplicates());
      deadLetters.add(delivered.deadLetters());
      if (taken.equals(sink)) {
        window.acknowledge(SinkState.this, portion);
        waitingSinceNanos = 0;
      }
    }

    private boolean isOn() {
      return !ending && taken.equals(sink);
    }
  }
}
