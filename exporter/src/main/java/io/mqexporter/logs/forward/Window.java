package io.mqexporter.logs.forward;

import io.mqexporter.logs.LogEvent;
import io.mqexporter.logs.tail.Batch;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The batches that some sink has not acknowledged yet, in their order. Each sink takes them at its
 * own pace: a quick one may be ahead of a slow one by as much as fits in here.
 */
final class Window {

  /** How much of what a slow sink has not acknowledged is kept for it. */
  static final int MAX_BYTES = 16 << 20;

  private final Deque<Batch> batches = new ArrayDeque<>();

  /** For each sink, how many batches it has acknowledged, of all that there ever were. */
  private final Map<SinkState, Long> acknowledged = new HashMap<>();

  /** How many batches all sinks have acknowledged. */
  private long settled;

  private int bytes;
  private boolean isChanged;
  private Optional<RuntimeException> failure = Optional.empty();

  /**
   * Events for a sink.
   *
   * @param end how many batches it has acknowledged when it has acknowledged these
   */
  record Portion(List<LogEvent> events, long end) {}

  /** Adds a sink, which begins with the first batch that is there. */
  synchronized void add(SinkState sink) {
    acknowledged.put(sink, settled);
    changed();
  }

  /** Takes a sink off: nobody waits for it any more. */
  synchronized void remove(SinkState sink) {
    acknowledged.remove(sink);
    changed();
  }

  /**
   * Adds a batch. What has no events counts as read with the batch before it.
   *
   * @return false if no sink has to acknowledge anything before this batch is dealt with
   */
  synchronized boolean add(Batch batch) {
    if (batch.events().isEmpty()) {
      if (!batches.isEmpty()) {
        batches.getLast().absorb(batch);
      }
      return !batches.isEmpty();
    }
    batches.add(batch);
    bytes += batch.bytes();
    notifyAll();
    return true;
  }

  /**
   * Returns whether more is to be read: a sink has nothing more to do than what it is at, and those
   * that are behind it are not too far behind.
   */
  synchronized boolean hasRoom() {
    long end = settled + batches.size();
    return batches.size() < 2
        || (bytes < MAX_BYTES && acknowledged.values().stream().anyMatch(done -> end - done < 2));
  }

  /**
   * Waits until there are events that a sink has not acknowledged, and returns as many of them as
   * make a batch.
   */
  synchronized Portion await(SinkState sink) throws InterruptedException {
    while (done(sink) >= settled + batches.size()) {
      wait();
    }
    long end = done(sink);
    var events = new ArrayList<LogEvent>();
    int size = 0;
    for (Batch batch : batches.stream().skip(end - settled).toList()) {
      boolean fits =
          events.size() + batch.size() <= Batch.MAX_EVENTS
              && size + batch.bytes() <= Batch.MAX_BYTES;
      if (!events.isEmpty() && !fits) {
        break;
      }
      events.addAll(batch.events());
      size += batch.bytes();
      end++;
    }
    return new Portion(events, end);
  }

  /** Takes note of what a sink has acknowledged. One that was taken off has nothing to say. */
  synchronized void acknowledge(SinkState sink, long end) {
    acknowledged.replace(sink, end);
    changed();
  }

  /** Ends what waits for a change, now and from now on, because of a bug in a sink. */
  synchronized void fail(RuntimeException bug) {
    failure = Optional.of(bug);
    changed();
  }

  /** Takes off the batches that all sinks have acknowledged, and returns them. */
  synchronized List<Batch> settle() {
    var taken = new ArrayList<Batch>();
    long end = acknowledged.values().stream().mapToLong(done -> done).min().orElse(settled);
    while (settled < end) {
      Batch batch = batches.removeFirst();
      bytes -= batch.bytes();
      settled++;
      taken.add(batch);
    }
    return taken;
  }

  /**
   * Waits until a sink has acknowledged something, or for so long.
   *
   * @throws IllegalStateException if a sink has failed
   */
  synchronized void awaitChange(Duration atMost) throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    long left = atMost.toNanos();
    while (!isChanged && left > 0) {
      wait(TimeUnit.NANOSECONDS.toMillis(left) + 1);
      left = end - System.nanoTime();
    }
    isChanged = false;
    if (failure.isPresent()) {
      throw new IllegalStateException("a sink failed instead of waiting", failure.get());
    }
  }

  /** One that was taken off has nothing to do any more. */
  private long done(SinkState sink) {
    return acknowledged.getOrDefault(sink, Long.MAX_VALUE);
  }

  /** Lets whoever waits for a change look again. */
  synchronized void wakeUp() {
    changed();
  }

  private void changed() {
    isChanged = true;
    notifyAll();
  }
}
