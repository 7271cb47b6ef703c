package io.mqexporter.logs.forward;

import io.mqexporter.logs.LogEvent;
import io.mqexporter.logs.LogSink;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;

/** A sink that keeps events, and acknowledges as many batches as it is allowed to. */
final class KeptEvents implements LogSink {

  private final String name;
  private final Semaphore allowed;
  private final List<LogEvent> events = new ArrayList<>();
  private boolean isClosed;

  KeptEvents(String name, int allowedBatches) {
    this.name = name;
    this.allowed = new Semaphore(allowedBatches);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Delivered deliver(List<LogEvent> batch) throws InterruptedException {
    synchronized (this) {
      events.addAll(batch);
    }
    allowed.acquire();
    return new Delivered(batch.size(), 0, 0);
  }

  void allow(int batches) {
    allowed.release(batches);
  }

  synchronized List<String> messages() {
    return events.stream().map(LogEvent::message).toList();
  }

  synchronized long characters() {
    return events.stream().mapToLong(event -> event.message().length()).sum();
  }

  synchronized boolean isClosed() {
    return isClosed;
  }

  @Override
  public synchronized void close() {
    isClosed = true;
  }
}
