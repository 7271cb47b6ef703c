package io.mqexporter.collector;

import java.util.List;
import java.util.function.Function;

/**
 * Which brokers of a cluster run, and what they lead, as one collection found it.
 *
 * @param running the names of the brokers that run, the one first that answers for what none of
 *     them leads; empty if that is not known
 * @param leader finds the name of the broker that leads what a series is about; empty text if none
 *     does, or it is not known
 */
public record Leaders(List<String> running, Function<Subject, String> leader) {

  /** Nothing is known. */
  public static final Leaders UNKNOWN = new Leaders(List.of(), _ -> "");

  /** Copies the names. */
  public Leaders {
    running = List.copyOf(running);
  }
}
