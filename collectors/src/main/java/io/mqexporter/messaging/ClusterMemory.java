package io.mqexporter.messaging;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
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

  private volatile Duration window;
  private final Map<DestinationId, DestinationMemory> destinations = new HashMap<>();

  /**
   * By destination and group. Names that are counted up have hashes that add up to few different
   * sums, so a key made of both would be slow.
   */
  private final Map<DestinationId, Map<String, ConsumptionMemory>> consumptions = new HashMap<>();

  private final Map<String, Instant> brokersLastUp = new HashMap<>();

  /**
   * Creates an empty memory.
   *
   * @param window how long a consumer is watched before it is judged: ten collection intervals
   */
  public ClusterMemory(Duration window) {
    this.window = window;
  }

  /** Watches consumers for another time from now on. */
  public void setWindow(Duration newWindow) {
    window = newWindow;
  }

  /**
   * Dates anew what was seen, because the machine's clock was set. How long ago that was stays as
   * it is.
   *
   * @param jump by how much the clock was set forward, or back
   */
  public void shift(Duration jump) {
    long millis = jump.toMillis();
    destinations.values().forEach(memory -> memory.shift(millis));
    consumptions
        .values()
        .forEach(groups -> groups.values().forEach(memory -> memory.shift(millis)));
    brokersLastUp.replaceAll((_, lastUp) -> lastUp.plus(jump));
  }

  /** Takes in what a collection has read. States must come in the order of their times. */
  public void observe(ClusterState state) {
    observeDestinations(state.destinations(), state.at());
    observeConsumers(state);
  }

  /**
   * Takes in a part of what a collection has read, for a collector that then asks {@link
   * #writtenAt} what it knows, before {@link #observeConsumers} takes in the rest.
   */
  public void observeDestinations(List<Destination> read, Instant at) {
    long now = at.toEpochMilli();
    for (Destination destination : read) {
      if (destinations
          .computeIfAbsent(destination.id(), _ -> new DestinationMemory())
          .observe(destination, now)) {
        consumptions.remove(destination.id());
      }
    }
    destinations.values().removeIf(memory -> memory.forget(now - window.toMillis()));
  }

  /** Takes in what a collection has read of brokers and consumers. */
  public void observeConsumers(ClusterState state) {
    long now = state.at().toEpochMilli();
    // Each has a memory of its own, so all processors can take part.
    state.consumptions().stream()
        .map(consumption -> new Remembered(consumption, memoryFor(consumption)))
        .toList()
        .parallelStream()
        .forEach(one -> one.memory().observe(one.consumption(), now, window.toMillis()));
    consumptions
        .values()
        .forEach(groups -> groups.values().removeIf(m -> m.forget(now - window.toMillis())));
    consumptions.values().removeIf(Map::isEmpty);
    state.brokersUp().forEach(broker -> brokersLastUp.put(broker, state.at()));
    state.brokersDown().forEach(broker -> brokersLastUp.putIfAbsent(broker, state.at()));
    Instant forgotten = state.at().minus(BROKER_MEMORY);
    brokersLastUp.values().removeIf(lastUp -> lastUp.isBefore(forgotten));
  }

  /**
   * Returns when the message at an offset of a log was written, in milliseconds since the epoch;
   * empty when that was before the first observation or after the last one.
   */
  public OptionalLong writtenAt(DestinationId destination, String log, long offset) {
    return history(destination, log)
        .map(history -> history.writtenAt(offset))
        .orElse(OptionalLong.empty());
  }

  /**
   * Returns between which observations the message at an offset of a log was written; empty when it
   * was not yet written at the last one.
   */
  public Optional<WrittenWithin> writtenWithin(DestinationId destination, String log, long offset) {
    return history(destination, log).flatMap(history -> history.writtenWithin(offset));
  }

  /** Returns the position that a group had on a log when it was last observed. */
  public OptionalLong position(DestinationId destination, String group, String log) {
    return memory(destination, group)
        .map(memory -> memory.progress(log))
        .orElse(OptionalLong.empty());
  }

  /** Returns how often another destination was found under a name, while it was remembered. */
  public long recreations(DestinationId destination) {
    DestinationMemory memory = destinations.get(destination);
    return memory == null ? 0 : memory.recreations();
  }

  /** Returns how often the end of a log was found to have gone back, while it was remembered. */
  public long truncations(DestinationId destination) {
    DestinationMemory memory = destinations.get(destination);
    return memory == null ? 0 : memory.truncations();
  }

  /** Returns the brokers that the state reports as down or that were up within the last hour. */
  Set<String> brokersDown(ClusterState state) {
    var down = new HashSet<>(brokersLastUp.keySet());
    down.addAll(state.brokersDown());
    down.removeAll(state.brokersUp());
    return down;
  }

  /**
   * Returns the age of the oldest message that a consumption has yet to consume; empty when it was
   * written before the history of its log begins and was not looked at.
   */
  Optional<LagAge> lagAge(Consumption consumption, Instant now) {
    LagAge oldest = LagAge.NONE;
    for (LogConsumption log : consumption.logs()) {
      Optional<LagAge> age = lagAge(consumption.destination(), log, now.toEpochMilli());
      if (age.isEmpty()) {
        return age;
      }
      oldest = oldest.or(age.get());
    }
    return consumption.logs().isEmpty() ? Optional.empty() : Optional.of(oldest);
  }

  /**
   * Returns how old the oldest message is that a consumption has yet to consume, in seconds: 0 if
   * there is none, empty if it is not known.
   */
  public OptionalDouble lagSeconds(Consumption consumption, Instant now) {
    return lagAge(consumption, now)
        .map(age -> OptionalDouble.of(age.seconds()))
        .orElse(OptionalDouble.empty());
  }

  /** Returns the status of the log that was worst off when a consumption was last observed. */
  public ConsumerStatus status(Consumption consumption) {
    return of(consumption).status();
  }

  /** Returns the status of one of a consumption's logs. */
  public ConsumerStatus status(Consumption consumption, LogConsumption log, Instant now) {
    return memory(consumption)
        .map(memory ->
            memory.status(log, consumption.members(), now.toEpochMilli(), window.toMillis()))
        .orElse(ConsumerStatus.UNKNOWN);
  }

  /** Returns what is remembered of a consumption, which is perhaps nothing. */
  ConsumptionMemory of(Consumption consumption) {
    return memory(consumption).orElseGet(ConsumptionMemory::new);
  }

  /** A consumption and what is remembered of it. */
  private record Remembered(Consumption consumption, ConsumptionMemory memory) {}

  private ConsumptionMemory memoryFor(Consumption consumption) {
    return consumptions
        .computeIfAbsent(consumption.destination(), _ -> HashMap.newHashMap(1))
        .computeIfAbsent(consumption.group(), _ -> new ConsumptionMemory());
  }

  private Optional<ConsumptionMemory> memory(Consumption consumption) {
    return memory(consumption.destination(), consumption.group());
  }

  private Optional<ConsumptionMemory> memory(DestinationId destination, String group) {
    return Optional.ofNullable(consumptions.getOrDefault(destination, Map.of()).get(group));
  }

  private Optional<LagAge> lagAge(DestinationId destination, LogConsumption log, long nowMillis) {
    if (log.readableLag().isPresent() && log.readableLag().getAsLong() == 0) {
      return Optional.of(LagAge.NONE);
    }
    if (log.unread() instanceof Unread.Since(Instant writtenAt)) {
      return Optional.of(LagAge.since(writtenAt.toEpochMilli(), nowMillis, LagAge.Source.RECORD));
    }
    Optional<OffsetHistory> history = history(destination, log.log());
    if (history.isEmpty() || log.lag().isEmpty() || log.position().isEmpty()) {
      return Optional.empty();
    }
    // What was deleted before it was consumed is no longer waiting.
    long unread = Math.max(log.position().getAsLong(), history.get().start());
    if (unread >= history.get().end()) {
      return Optional.of(LagAge.NONE);
    }
    OptionalLong writtenAt = history.get().writtenAt(unread);
    return writtenAt.isPresent()
        ? Optional.of(LagAge.since(writtenAt.getAsLong(), nowMillis, LagAge.Source.HISTORY))
        : Optional.empty();
  }

  private Optional<OffsetHistory> history(DestinationId destination, String log) {
    DestinationMemory memory = destinations.get(destination);
    return memory == null ? Optional.empty() : memory.history(log);
  }
}
