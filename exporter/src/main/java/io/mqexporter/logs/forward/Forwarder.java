package io.mqexporter.logs.forward;

import io.mqexporter.logs.LogEvent;
import io.mqexporter.logs.LogSink;
import io.mqexporter.logs.LogSink.Delivered;
import io.mqexporter.logs.journal.Journal;
import io.mqexporter.logs.journal.StateFolder;
import io.mqexporter.logs.tail.Batch;
import io.mqexporter.logs.tail.PatternCounts;
import io.mqexporter.logs.tail.Tailer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The loop that takes events from files to sinks: reads a batch, gives it to every sink, and moves
 * the positions on when the last of them has acknowledged it. Meanwhile the files are not read on:
 * they are the buffer, so that memory stays the same whatever the backlog. What was read and not
 * acknowledged when the agent ends is read again by the next one, and has the same ids.
 */
public final class Forwarder implements AutoCloseable {

  private static final Logger logger = LoggerFactory.getLogger(Forwarder.class);

  private static final Duration POLL_INTERVAL = Duration.ofMillis(500);
  private static final Duration RETRY_INTERVAL = Duration.ofSeconds(1);

  /** How often positions are written that moved over nothing but events that are filtered out. */
  private static final Duration QUIET_WRITES = Duration.ofSeconds(1);

  private final Tailer tailer;
  private final StateFolder folder;
  private final Journal journal;
  private final List<SinkState> sinks;
  private final Thread thread;
  private boolean isFirst = true;
  private long lastWriteNanos = System.nanoTime();
  private volatile String journalProblem = "";
  private volatile boolean stopping;

  /** Creates a forwarder that owns its parts, and starts nothing yet. */
  public Forwarder(Tailer tailer, StateFolder folder, List<LogSink> sinks) {
    this.tailer = tailer;
    this.folder = folder;
    this.journal = folder.journal();
    this.sinks = sinks.stream().map(SinkState::new).toList();
    this.thread = Thread.ofVirtual().name("logs").unstarted(this::run);
  }

  /** Starts the loop. */
  public void start() {
    thread.start();
  }

  /** Returns what was counted of the files, for each pattern. */
  public List<PatternCounts> patterns() {
    return tailer.counts();
  }

  /** Returns what was counted of the sinks. */
  public List<SinkCounts> sinks() {
    return sinks.stream().map(SinkState::counts).toList();
  }

  /** Returns in one line why positions cannot be written; empty while they can. */
  public String journalProblem() {
    return journalProblem;
  }

  /** Ends the loop within a moment, whatever a sink waits for. */
  @Override
  public void close() {
    stopping = true;
    thread.interrupt();
    try {
      thread.join(Duration.ofSeconds(2));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try (folder;
        tailer) {
      while (!stopping) {
        if (!forward()) {
          Thread.sleep(POLL_INTERVAL);
        }
      }
    } catch (InterruptedException e) {
      // The agent ends.
      return;
    } catch (RuntimeException e) {
      logger.error("a bug in the agent ended the forwarding of logs", e);
      journalProblem = "a bug in the agent ended the forwarding of logs: " + e;
    } finally {
      sinks.forEach(SinkState::close);
    }
  }

  /** Forwards one batch. Returns whether there is more to do at once. */
  private boolean forward() throws InterruptedException {
    Batch batch = tailer.poll();
    if (batch.isToBeAnnounced() || isFirst) {
      // Without any file, too: what is rotated from now on was not there before the first start.
      write();
      isFirst = false;
    }
    List<LogEvent> events = batch.events();
    if (!events.isEmpty()) {
      deliver(events);
    }
    boolean isAhead = tailer.isAhead();
    tailer.acknowledge();
    boolean isOverdue = System.nanoTime() - lastWriteNanos > QUIET_WRITES.toNanos();
    if (!events.isEmpty() || (isAhead && (isOverdue || !batch.hasMore()))) {
      write();
    }
    return batch.hasMore();
  }

  private void deliver(List<LogEvent> events) throws InterruptedException {
    if (sinks.size() == 1) {
      sinks.getFirst().deliver(events);
      return;
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Delivered>> deliveries =
          sinks.stream().map(sink -> threads.submit(() -> sink.deliver(events))).toList();
      try {
        for (Future<Delivered> delivery : deliveries) {
          delivery.get();
        }
      } catch (InterruptedException e) {
        threads.shutdownNow();
        throw e;
      } catch (ExecutionException e) {
        threads.shutdownNow();
        throw new IllegalStateException("a sink failed instead of waiting", e.getCause());
      }
    }
  }

  /** Writes the journal, again and again until that succeeds: nothing is sent meanwhile. */
  private void write() throws InterruptedException {
    while (true) {
      try {
        journal.write(tailer.positions());
        lastWriteNanos = System.nanoTime();
        if (!journalProblem.isEmpty()) {
          journalProblem = "";
          logger.info("logs: the journal can be written again; forwarding goes on");
        }
        return;
      } catch (IOException e) {
        String reason = StateFolder.reason(e);
        if (!reason.equals(journalProblem)) {
          journalProblem = reason;
          logger.error(
              "logs: {}: cannot be written: {}; forwarding stands still until it can",
              journal.file(),
              reason);
        }
        Thread.sleep(RETRY_INTERVAL);
      }
    }
  }
}
