package io.mqexporter.config;

import io.mqexporter.messaging.LagObjectives;
import io.mqexporter.metric.Granularity;
import io.mqexporter.otlp.OtlpConfig;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the agent is to do, as the configuration file says it.
 *
 * @param interval the time from the start of one collection to the start of the next, for targets
 *     that do not say otherwise
 * @param timeout how long a collection may take, likewise; never longer than the interval
 * @param granularity the finest families that are exposed, for targets that do not say otherwise
 * @param maxSeries how many series a target may have, likewise
 * @param lagObjectives how old messages may become before they are consumed, likewise
 * @param targets the clusters to read, in the file's order
 * @param logs which logs are forwarded where, if any are
 * @param otlp where metrics are pushed to, if they are
 * @param hiddenKeys the paths of the keys whose values came from other files, such as {@code
 *     targets[0].rabbitmq.username}: they are not shown
 */
public record Config(
    Duration interval,
    Duration timeout,
    Granularity granularity,
    int maxSeries,
    LagObjectives lagObjectives,
    List<TargetConfig> targets,
    Optional<LogsConfig> logs,
    Optional<OtlpConfig> otlp,
    Set<String> hiddenKeys) {

  /** The interval where the file says nothing. */
  public static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(15);

  /** The timeout where the file says nothing, unless the interval is shorter. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

  /** The granularity where the file says nothing: everything is exposed. */
  public static final Granularity DEFAULT_GRANULARITY = Granularity.PARTITION;

  /** The number of series where the file says nothing. */
  public static final int DEFAULT_MAX_SERIES = 100_000;

  /** Copies the collections. */
  public Config {
    targets = List.copyOf(targets);
    hiddenKeys = Set.copyOf(hiddenKeys);
  }

  /** Returns the same configuration, of which the values of some keys are not shown. */
  Config hiding(Set<String> keys) {
    return new Config(
        interval, timeout, granularity, maxSeries, lagObjectives, targets, logs, otlp, keys);
  }
}
