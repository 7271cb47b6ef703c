package io.mqexporter.logs.forward;

import io.mqexporter.logs.LogSink;
import io.mqexporter.logs.journal.Journal;
import io.mqexporter.logs.journal.StateFolder;
import io.mqexporter.logs.tail.Batch;
import io.mqexporter.logs.tail.PatternCounts;
import io.mqexporter.logs.tail.Tailer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The loop that takes events from files to sinks: reads batches, from which each sink takes them at
 * its own pace, and moves the positions on when the last sink has acknowledged. As long as one is
 * behind, the others may be ahead by what {@link Window} holds; then the files are not read on:
 * they are the buffer, so that memory stays the same whatever the backlog. What was read and not
 * acknowledged when the agent ends is read again by the next one, and has the same ids.
 */
public final class Forwarder implements AutoCloseable {

  private static final Logger logger = LoggerFactory.getLogger(Forwarder.class);

  private static final Duration POLL_INTERVAL = Duration.ofMillis(500);
  private static final Duration RETRY_INTERVAL = Duration.ofSeconds(1);

  /** How often positions are written that moved over nothing but events that are filtered out. */
  private static final Duration QUIET_WRITES = Duration.ofSeconds(1);

  /** How long the loop may take to end. */
  private static final Duration END = Duration.ofSeconds(1);

  private final Tailer tailer;
  private final Journal journal;
  private final Window window = new Window();
  private final Thread thread;
  private volatile List<SinkState> sinks = List.of();
  private boolean isFirst = true;

  /** Whether positions have moved that are not in the journal. */
  private boolean isAhead;

  private long lastWriteNanos = System.nanoTime();
  private volatile String journalProblem = "";
  private volatile boolean stopping;

  /** Creates a forwarder that owns its tailer and sinks, and starts nothing yet. */
  public Forwarder(Tailer tailer, Journal journal, List<LogSink> sinks) {
    this.tailer = tailer;
    this.journal = journal;
    this.thread = Thread.ofVirtual().name("logs").unstarted(this::run);
    this.sinks = sinks.stream().map(this::added).toList();
  }

  /** Starts the loop. */
  public synchronized void start() {
    sinks.forEach(SinkState::start);
    thread.start();
  }

  /**
   * Replaces sinks while the forwarder runs. One that is there already goes on; one that has the
   * name of another takes its place, and gets what that has not acknowledged; one of a new name
   * begins where the others are.
   *
   * @param next all sinks, each of another name
   */
  public synchronized void use(List<LogSink> next) {
    var states = new ArrayList<SinkState>();
    for (LogSink sink : next) {
      Optional<SinkState> former = named(sink.name());
      if (former.isEmpty()) {
        SinkState state = added(sink);
        state.start();
        states.add(state);
      } else {
        if (!former.get().sink().equals(sink)) {
          former.get().replace(sink);
        }
        states.add(former.get());
      }
    }
    for (SinkState state : sinks) {
      if (!states.contains(state)) {
        window.remove(state);
        state.end();
      }
    }
    sinks = List.copyOf(states);
  }

  private Optional<SinkState> named(String name) {
    return sinks.stream().filter(state -> state.sink().name().equals(name)).findFirst();
  }

  private SinkState added(LogSink sink) {
    var state = new SinkState(sink, window);
    window.add(state);
    return state;
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
  public synchronized void close() {
    // Side by side: each may take a moment.
    List<Thread> ends = sinks.stream().map(sink -> Thread.ofVirtual().start(sink::end)).toList();
    try {
      for (Thread end : ends) {
        end.join();
      }
      stopping = true;
      window.wakeUp();
      if (thread.getState() == Thread.State.NEW) {
        tailer.close();
      } else if (!thread.join(END)) {
        thread.interrupt();
        thread.join(END);
      }
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try (tailer) {
      long nextPollNanos = System.nanoTime();
      while (!stopping) {
        if (System.nanoTime() - nextPollNanos >= 0 && window.hasRoom()) {
          boolean hasMore = poll();
          nextPollNanos = System.nanoTime() + (hasMore ? 0 : POLL_INTERVAL.toNanos());
        } else {
          long untilPoll = nextPollNanos - System.nanoTime();
          window.awaitChange(untilPoll > 0 ? Duration.ofNanos(untilPoll) : POLL_INTERVAL);
        }
        settle();
      }
      settle();
    } catch (InterruptedException e) {
      // The agent ends.
      return;
    } catch (RuntimeException | Error e) {
      logger.error("a bug in the agent ended the forwarding of logs", e);
      journalProblem = "a bug in the agent ended the forwarding of logs: " + e;
    }
  }

  /** Reads one batch. Returns whether there is more to be read at once. */
  private boolean poll() throws InterruptedException {
    Batch batch = tailer.poll();
    if (batch.isToBeAnnounced() || isFirst) {
      // Without any file, too: what is rotated from now on was not there before the first start.
      write();
      isFirst = false;
    }
    if (!window.add(batch) && !batch.isEmpty()) {
      tailer.acknowledge(batch);
      isAhead = true;
    }
    boolean isOverdue = System.nanoTime() - lastWriteNanos > QUIET_WRITES.toNanos();
    if (isAhead && (isOverdue || !batch.hasMore())) {
      write();
    }
    return batch.hasMore();
  }

  /** Moves the positions on over what every sink has acknowledged. */
  private void settle() throws InterruptedException {
    List<Batch> batches = window.settle();
    batches.forEach(tailer::acknowledge);
    if (!batches.isEmpty()) {
      write();
    }
  }

  /** Writes the journal, again and again until that succeeds: nothing is sent meanwhile. */
  private void write() throws InterruptedException {
    while (true) {
      try {
        journal.write(tailer.positions());
        isAhead = false;
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
