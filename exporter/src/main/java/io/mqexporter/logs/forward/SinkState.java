package io.mqexporter.logs.forward;

import io.mqexporter.logs.LogEvent;
import io.mqexporter.logs.LogSink;
import io.mqexporter.logs.LogSink.Delivered;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** A sink, and what was counted of it. */
final class SinkState {

  private final LogSink sink;
  private final LongAdder acknowledged = new LongAdder();
  private final LongAdder duplicates = new LongAdder();
  private final LongAdder deadLetters = new LongAdder();
  private volatile long waitingSinceNanos;

  SinkState(LogSink sink) {
    this.sink = sink;
  }

  Delivered deliver(List<LogEvent> events) throws InterruptedException {
    // An odd number, which no start is: 0 stands for no delivery.
    waitingSinceNanos = System.nanoTime() | 1;
    Delivered delivered = sink.deliver(events);
    waitingSinceNanos = 0;
    acknowledged.add(delivered.acknowledged());
    duplicates.add(delivered.duplicates());
    deadLetters.add(delivered.deadLetters());
    return delivered;
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

  void close() {
    sink.close();
  }
}
