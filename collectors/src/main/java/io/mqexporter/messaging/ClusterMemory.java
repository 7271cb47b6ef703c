package io.mqexporter.messaging;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What must be remembered of a cluster from one collection to the next: the end offsets of its
 * logs, the movement of its consumers and the brokers seen. What collections no longer name is
 * forgotten after the window, not at once: one answer that did not come must not make a consumer
 * look like a new one. So its size follows the cluster's. Owned by one collector and not safe for
 * use by several threads.
 */
public final class ClusterMemory {

  /** How long a broker that is gone counts as down. */
  static final Duration BROKER_MEMORY = Duration.ofHours(1);

  private static final int MAX_POINTS_A_LOG = 240;

  private final Duration window;
  private final Map<DestinationId, Map<String, OffsetHistory>> histories = new HashMap<>();
  private final Map<ConsumptionKey, Map<String, ConsumptionWatch>> watches = new HashMap<>();
  private final Map<String, Instant> brokersLastUp = new HashMap<>();

  private record ConsumptionKey(DestinationId destination, String group) {

    static ConsumptionKey of(Consumption consumption) {
      return new ConsumptionKey(consumption.destination(), consumption.group());
    }
  }

  /**
   * Creates an empty memory.
   *
   * @param window how long a consumer is watched before it is judged: ten collection intervals
   */
  public ClusterMemory(Duration window) {
    this.window = window;
  }

  /** Takes in what a collection has read. States must come in the order of their times. */
  public void observe(ClusterState state) {
    observeLogs(state);
    observeConsumptions(state);
    state.brokersUp().forEach(broker -> brokersLastUp.put(broker, state.at()));
    state.brokersDown().forEach(broker -> brokersLastUp.putIfAbsent(broker, state.at()));
    Instant forgotten = state.at().minus(BROKER_MEMORY);
    brokersLastUp.values().removeIf(lastUp -> lastUp.isBefore(forgotten));
  }

  /** Returns the brokers that the state reports as down or that were up within the last hour. */
  Set<String> brokersDown(ClusterState state) {
    var down = new HashSet<>(brokersLastUp.keySet());
    down.addAll(state.brokersDown());
    down.removeAll(state.brokersUp());
    return down;
  }

  /**
   * Returns the age of the oldest message that a consumption has yet to consume, in seconds: zero
   * when there is none, empty when it was written before the history of its log begins.
   */
  OptionalDouble lagSeconds(Consumption consumption, Instant now) {
    Map<String, OffsetHistory> logHistories =
        histories.getOrDefault(consumption.destination(), Map.of());
    double oldest = 0;
    for (LogConsumption log : consumption.logs()) {
      OptionalDouble age = lagSeconds(logHistories, log, now);
      if (age.isEmpty()) {
        return OptionalDouble.empty();
      }
      oldest = Math.max(oldest, age.getAsDouble());
    }
    return consumption.logs().isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(oldest);
  }

  /** Returns the status of the log that is worst off. */
  ConsumerStatus status(Consumption consumption, Instant now) {
    Map<String, ConsumptionWatch> logWatches =
        watches.getOrDefault(ConsumptionKey.of(consumption), Map.of());
    ConsumerStatus worst = ConsumerStatus.OK;
    for (LogConsumption log : consumption.logs()) {
      ConsumerStatus status = status(logWatches, log, consumption.members(), now);
      worst = status.compareTo(worst) > 0 ? status : worst;
    }
    return consumption.logs().isEmpty() ? ConsumerStatus.UNKNOWN : worst;
  }

  private static OptionalDouble lagSeconds(
      Map<String, OffsetHistory> logHistories, LogConsumption log, Instant now) {
    if (log.lag().isPresent() && log.lag().getAsLong() == 0) {
      return OptionalDouble.of(0);
    }
    OffsetHistory history = logHistories.get(log.log());
    if (history == null || log.lag().isEmpty() || log.position().isEmpty()) {
      return OptionalDouble.empty();
    }
    // What was deleted before it was consumed is no longer waiting.
    long unread = Math.max(log.position().getAsLong(), history.start());
    if (unread >= history.end()) {
      return OptionalDouble.of(0);
    }
    OptionalLong writtenAt = history.writtenAt(unread);
    return writtenAt.isPresent()
        ? OptionalDouble.of(Math.max(0, now.toEpochMilli() - writtenAt.getAsLong()) / 1000.0)
        : OptionalDouble.empty();
  }

  private ConsumerStatus status(
      Map<String, ConsumptionWatch> logWatches,
      LogConsumption log,
      OptionalInt members,
      Instant now) {
    ConsumptionWatch watch = logWatches.get(log.log());
    return watch == null
        ? ConsumerStatus.UNKNOWN
        : watch.status(log, members, now.toEpochMilli(), window.toMillis());
  }

  private void observeLogs(ClusterState state) {
    long now = state.at().toEpochMilli();
    for (Destination destination : state.destinations()) {
      Map<String, OffsetHistory> logHistories =
          histories.computeIfAbsent(destination.id(), _ -> new HashMap<>());
      for (LogState log : destination.logs()) {
        OffsetHistory known = logHistories.get(log.log());
        if (log.end().isPresent()) {
          OffsetHistory history = known == null ? new OffsetHistory(MAX_POINTS_A_LOG) : known;
          history.record(now, log.start(), log.end().getAsLong());
          logHistories.put(log.log(), history);
        } else if (known != null) {
          known.seen(now);
        }
      }
    }
    long forgotten = now - window.toMillis();
    histories
        .values()
        .forEach(logs -> logs.values().removeIf(history -> history.seenMillis() < forgotten));
    histories.values().removeIf(Map::isEmpty);
  }

  private void observeConsumptions(ClusterState state) {
    long now = state.at().toEpochMilli();
    for (Consumption consumption : state.consumptions()) {
      Map<String, ConsumptionWatch> logWatches =
          watches.computeIfAbsent(ConsumptionKey.of(consumption), _ -> new HashMap<>());
      for (LogConsumption log : consumption.logs()) {
        logWatches.computeIfAbsent(log.log(), _ -> new ConsumptionWatch(now)).observe(log, now);
      }
    }
    long forgotten = now - window.toMillis();
    watches
        .values()
        .forEach(logs -> logs.values().removeIf(watch -> watch.newestMillis() < forgotten));
    watches.values().removeIf(Map::isEmpty);
  }
}
