package io.mqexporter.messaging;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How old the oldest message that a consumer has yet to consume may become. It is exposed beside
 * the age itself, so that alert rules compare the two and hold no threshold of their own.
 *
 * @param lagObjectives the objectives, of which the first that matches a consumer holds
 */
public record LagObjectives(List<LagObjective> lagObjectives) {

  /** No consumer has an objective. */
  public static final LagObjectives NONE = new LagObjectives(List.of());

  /** What holds where nothing is said: five minutes for every consumer. */
  public static final LagObjectives DEFAULT =
      new LagObjectives(List.of(new LagObjective(Pattern.compile(".*"), Duration.ofMinutes(5))));

  /** Copies the list. */
  public LagObjectives {
    lagObjectives = List.copyOf(lagObjectives);
  }

  /**
   * The objective of some consumers.
   *
   * @param consumers what the whole name of a consumer group must match; that of the queue where
   *     there are no groups
   * @param objective the age; zero if these consumers have none
   */
  public record LagObjective(Pattern consumers, Duration objective) {}

  /** Returns the objective of a consumption; empty if it has none. */
  Optional<Duration> of(Consumption consumption) {
    String name =
        consumption.group().isEmpty() ? consumption.destination().name() : consumption.group();
    return lagObjectives.stream()
        .filter(objective -> objective.consumers().matcher(name).matches())
        .findFirst()
        .map(LagObjective::objective)
        .filter(Duration::isPositive);
  }
}
