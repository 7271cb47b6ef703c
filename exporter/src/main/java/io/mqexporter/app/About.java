package io.mqexporter.app;

import io.mqexporter.collector.Shard;
import io.mqexporter.exposition.AgentMetric;
import io.mqexporter.exposition.MetricsPages;
import io.mqexporter.metric.MetricFamilies;
import io.mqexporter.metric.MetricFamily;
import java.time.Clock;
import java.util.List;

/** What the agent says about itself as a whole. */
final class About {

  private final MetricsPages pages;
  private final Reloads config;
  private final Reloads webConfig;
  private final Shard shard;
  private volatile List<MetricFamily> families = List.of();

  About(MetricsPages pages, Shard shard, Clock clock) {
    this.shard = shard;
    this.pages = pages;
    this.config = new Reloads(Flags.CONFIG_FILE, clock, this::show);
    this.webConfig = new Reloads(Flags.WEB_CONFIG_FILE, clock, this::show);
    show();
  }

  /** Returns how the reading of the configuration goes on. */
  Reloads config() {
    return config;
  }

  /** Returns how the reading of who is let in goes on. */
  Reloads webConfig() {
    return webConfig;
  }

  private void show() {
    var all = new MetricFamilies();
    all.add(AgentMetric.BUILD_INFO, 1, Version.current(), Runtime.version().toString());
    add(all, config, AgentMetric.CONFIG_RELOAD_SUCCESSFUL, AgentMetric.CONFIG_RELOAD_TIMESTAMP);
    add(
        all,
        webConfig,
        AgentMetric.WEB_CONFIG_RELOAD_SUCCESSFUL,
        AgentMetric.WEB_CONFIG_RELOAD_TIMESTAMP);
    if (!shard.isWhole()) {
      all.add(AgentMetric.SHARD_ORDINAL, shard.ordinal());
      all.add(AgentMetric.SHARDS, shard.total());
    }
    families = all.toList();
    pages.about(families);
  }

  /** Returns all of it as families. */
  List<MetricFamily> families() {
    return families;
  }

  private static void add(
      MetricFamilies families, Reloads reloads, AgentMetric successful, AgentMetric timestamp) {
    reloads
        .state()
        .ifPresent(state -> {
          families.add(successful, state.good() ? 1 : 0);
          families.add(timestamp, state.lastGood().toEpochMilli() / 1000.0);
        });
  }
}
