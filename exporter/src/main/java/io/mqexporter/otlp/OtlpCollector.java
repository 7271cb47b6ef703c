package io.mqexporter.otlp;

import io.mqexporter.collector.Collected;
import io.mqexporter.collector.Collector;
import io.mqexporter.collector.Deadline;
import io.mqexporter.collector.Missing;
import io.mqexporter.metric.MetricFamily;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Shows the pushing as if it were a cluster: what was counted, and what does not get on. */
public final class OtlpCollector implements Collector {

  /** How long the receiver may be away before that is worth a word. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final OtlpPush push;

  /** Creates a collector that ends the pushing. */
  public OtlpCollector(OtlpPush push) {
    this.push = push;
  }

  @Override
  public String name() {
    return OtlpPush.NAME;
  }

  @Override
  public String system() {
    return OtlpPush.NAME;
  }

  @Override
  public Collected collect(Deadline deadline) {
    var missing = new ArrayList<Missing>();
    if (push.away().compareTo(PATIENCE) > 0) {
      missing.add(
          new Missing("receiver", "has taken nothing for %d s".formatted(push.away().toSeconds())));
    }
    if (!push.problem().isEmpty()) {
      missing.add(new Missing("receiver", push.problem()));
    }
    return new Collected(push.families(), missing);
  }

  @Override
  public List<MetricFamily> unavailable() {
    return List.of();
  }

  @Override
  public long requestsSent() {
    return push.requestsSent();
  }

  @Override
  public void close() {
    push.close();
  }
}
