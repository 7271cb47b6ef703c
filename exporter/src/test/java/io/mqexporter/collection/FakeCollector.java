package io.mqexporter.collection;

import io.mqexporter.collector.Collected;
import io.mqexporter.collector.CollectionException;
import io.mqexporter.collector.Collector;
import io.mqexporter.collector.Deadline;
import io.mqexporter.metric.MetricFamily;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A collector that does what a test tells it to. */
final class FakeCollector implements Collector {

  /** What one call of {@code collect} does. */
  interface Behaviour {
    Collected collect(Deadline deadline) throws CollectionException, InterruptedException;
  }

  volatile Behaviour behaviour = _ -> new Collected(List.of(), List.of());
  volatile boolean closed;
  final AtomicInteger running = new AtomicInteger();
  final AtomicInteger mostRunning = new AtomicInteger();
  final AtomicInteger calls = new AtomicInteger();

  @Override
  public String name() {
    return "orders";
  }

  @Override
  public String system() {
    return "kafka";
  }

  @Override
  public Collected collect(Deadline deadline) throws CollectionException, InterruptedException {
    calls.incrementAndGet();
    int now = running.incrementAndGet();
    mostRunning.accumulateAndGet(now, Math::max);
    try {
      return behaviour.collect(deadline);
    } finally {
      running.decrementAndGet();
    }
  }

  @Override
  public List<MetricFamily> unavailable() {
    return List.of();
  }

  @Override
  public long requestsSent() {
    return calls.get();
  }

  @Override
  public void close() {
    closed = true;
  }
}
