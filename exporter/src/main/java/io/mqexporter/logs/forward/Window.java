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

  /** How far each sink is. */
  private final Map<SinkState, Progress> sinks = new HashMap<>();

  /** How many batches all sinks have acknowledged. */
  private long settled;

  private int bytes;
  private boolean isChanged;
  private Optional<RuntimeException> failure = Optional.empty();

  /**
   * Events for a sink.
   *
   * @param start how many batches there were before these, of all that there ever were
   * @param end how many there were with them
   */
  record Portion(List<LogEvent> events, long start, long end) {}

  /** How many batches a sink has taken and acknowledged, of all that there ever were. */
  private static final class Progress {

    private long acknowledged;
    private long taken;

    /** The ends of portions acknowledged before those in front of them, by their starts. */
    private final Map<Long, Long> early = new HashMap<>();

    private Progress(long start) {
      acknowledged = start;
      taken = start;
    }

    private void acknowledge(Portion portion) {
      early.put(portion.start(), portion.end());
      for (Long end = early.remove(acknowledged); end != null; end = early.remove(acknowledged)) {
        acknowledged = end;
      }
    }
  }

  /** Adds a sink, which begins with the first batch that is there. */
  synchronized void add(SinkState sink) {
    sinks.put(sink, new Progress(settled));
    changed();
  }

  /** Lets a sink take once more what it has taken and not acknowledged. */
  synchronized void rewind(SinkState sink) {
    sinks.computeIfPresent(sink, (_, progress) -> new Progress(progress.acknowledged));
  }

  /** Takes a sink off: nobody waits for it any more. */
  synchronized void remove(SinkState sink) {
    sinks.remove(sink);
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
   * Returns whether more is to be read: a sink has taken all there is, and those that are behind it
   * are not too far behind.
   */
  synchronized boolean hasRoom() {
    long end = settled + batches.size();
    return batches.size() < 2
        || (bytes < MAX_BYTES && sinks.values().stream().anyMatch(sink -> sink.taken == end));
  }

  /**
   * Waits until there are events that a sink has not taken yet, and returns as many of them as make
   * a batch.
   */
  synchronized Portion await(SinkState sink) throws InterruptedException {
    Progress progress = sinks.get(sink);
    // One that was taken off has nothing to do any more.
    while (progress == null || progress.taken >= settled + batches.size()) {
      wait();
      progress = sinks.get(sink);
    }
    long start = progress.taken;
    var events = new ArrayList<LogEvent>();
    int size = 0;
    for (Batch batch : batches.stream().skip(start - settled).toList()) {
      boolean fits =
          events.size() + batch.size() <= Batch.MAX_EVENTS
              && size + batch.bytes() <= Batch.MAX_BYTES;
      if (!events.isEmpty() && !fits) {
        break;
      }
      events.addAll(batch.events());
      size += batch.bytes();
      progress.taken++;
    }
    changed();
    return new Portion(events, start, progress.taken);
  }

  /** Takes note of what a sink has acknowledged. One that was taken off has nothing to say. */
  synchronized void acknowledge(SinkState sink, Portion portion) {
    Progress progress = sinks.get(sink);
    if (progress != null) {
      progress.acknowledge(portion);
      changed();
    }
  }

  /** Ends what waits for a change, now and from now on, because of a bug in a sink. */
  synchronized void fail(RuntimeException bug) {
    failure = Optional.of(bug);
    changed();
  }

  /** Takes off the batches that all sinks have acknowledged, and returns them. */
  synchronized List<Batch> settle() {
    var taken = new ArrayList<Batch>();
    long end = sinks.values().stream().mapToLong(sink -> sink.acknowledged).min().orElse(settled);
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

  /** Lets whoever waits for a change look again. */
  synchronized void wakeUp() {
    changed();
  }

  private void changed() {
    isChanged = true;
    notifyAll();
  }
}
