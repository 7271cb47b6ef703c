package io.mqexporter.logs.forward;

import io.mqexporter.collector.Collected;
import io.mqexporter.collector.Collector;
import io.mqexporter.collector.Deadline;
import io.mqexporter.collector.Missing;
import io.mqexporter.logs.tail.PatternCounts;
import io.mqexporter.metric.MetricFamily;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Shows the forwarding of logs as if it were a cluster: what was counted becomes its metrics, and
 * what does not get on is missing on the agent's start page and in its own log.
 */
public final class LogCollector implements Collector {

  /** How long a sink may wait for its receiver before that is worth a word. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** What it is called, and what is said in place of a kind of broker. */
  public static final String NAME = "logs";

  private final Supplier<Forwarder> current;

  /**
   * Creates a collector.
   *
   * @param current returns what is to be shown; asked once in each collection
   */
  public LogCollector(Supplier<Forwarder> current) {
    this.current = current;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String system() {
    return NAME;
  }

  @Override
  public Collected collect(Deadline deadline) {
    Forwarder forwarder = current.get();
    List<PatternCounts> patterns = forwarder.patterns();
    List<SinkCounts> sinks = forwarder.sinks();
    var missing = new ArrayList<Missing>();
    for (PatternCounts counts : patterns) {
      if (counts.files() == 0) {
        missing.add(new Missing(counts.pattern(), "no file of that name"));
      }
    }
    for (SinkCounts sink : sinks) {
      if (sink.waitingSeconds() > PATIENCE.toSeconds()) {
        String since = "has not acknowledged for %.0f s".formatted(sink.waitingSeconds());
        missing.add(new Missing("sink " + sink.name(), since));
      }
    }
    if (!forwarder.journalProblem().isEmpty()) {
      missing.add(new Missing("journal", forwarder.journalProblem()));
    }
    return new Collected(LogMetrics.of(patterns, sinks), missing);
  }

  @Override
  public List<MetricFamily> unavailable() {
    return List.of();
  }

  @Override
  public long requestsSent() {
    return 0;
  }

  @Override
  public void close() {
    // The forwarder goes on, whoever looks at it.
  }
}
