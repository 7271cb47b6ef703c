package io.mqexporter.app;

import io.mqexporter.exposition.AgentMetric;
import io.mqexporter.exposition.MetricsPages;
import io.mqexporter.http.SecurityObserver;
import io.mqexporter.metric.MetricFamilies;
import io.mqexporter.metric.MetricFamily;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the agent says about itself as a whole, on the page and in its log. */
final class About implements SecurityObserver {

  private static final Logger logger = LoggerFactory.getLogger(About.class);

  private final MetricsPages pages;
  private final Clock clock;
  private Instant lastGood = Instant.EPOCH;

  About(MetricsPages pages, Clock clock) {
    this.pages = pages;
    this.clock = clock;
  }

  /** Returns what never changes. */
  static List<MetricFamily> families() {
    return build().toList();
  }

  @Override
  public void succeeded() {
    boolean first = lastGood.equals(Instant.EPOCH);
    lastGood = clock.instant();
    show(true);
    if (!first) {
      logger.info("the file of {} has changed and holds", Flags.WEB_CONFIG_FILE);
    }
  }

  @Override
  public void failed(String problem) {
    show(false);
    logger.warn(
        "the file of {} has changed, the former settings stay: {}", Flags.WEB_CONFIG_FILE, problem);
  }

  private void show(boolean good) {
    MetricFamilies families = build();
    families.add(AgentMetric.WEB_CONFIG_RELOAD_SUCCESSFUL, good ? 1 : 0);
    families.add(AgentMetric.WEB_CONFIG_RELOAD_TIMESTAMP, lastGood.toEpochMilli() / 1000.0);
    pages.about(families.toList());
  }

  private static MetricFamilies build() {
    var families = new MetricFamilies();
    families.add(AgentMetric.BUILD_INFO, 1, Version.current(), Runtime.version().toString());
    return families;
  }
}
