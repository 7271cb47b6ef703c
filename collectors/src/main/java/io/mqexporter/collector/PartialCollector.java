package io.mqexporter.collector;

import io.mqexporter.metric.MetricFamily;
import java.util.List;

/** Shows a part of what another collector reads. */
abstract sealed class PartialCollector implements Collector
    permits ShardedCollector, SidecarCollector {

  private final Collector whole;

  PartialCollector(Collector whole) {
    this.whole = whole;
  }

  @Override
  public final String name() {
    return whole.name();
  }

  @Override
  public final String system() {
    return whole.system();
  }

  @Override
  public final Collected collect(Deadline deadline)
      throws CollectionException, InterruptedException {
    return own(whole.collect(deadline));
  }

  @Override
  public List<MetricFamily> unavailable() {
    return whole.unavailable();
  }

  @Override
  public final List<BrokerAddress> brokers() {
    return whole.brokers();
  }

  @Override
  public final long requestsSent() {
    return whole.requestsSent();
  }

  @Override
  public final void close() {
    whole.close();
  }

  /** Returns the part of what was read that is shown. */
  abstract Collected own(Collected all);
}
