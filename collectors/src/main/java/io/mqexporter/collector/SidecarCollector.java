package io.mqexporter.collector;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Leaves out of what a collector has read what one broker of the cluster does not lead, so that an
 * agent beside each broker shows each series once. What none leads that runs belongs to the first
 * of those that run. A cluster that cannot be read is said to be away by every agent that cannot
 * read it: whose that would be is then not known.
 */
public final class SidecarCollector extends PartialCollector {

  private final String broker;
  private List<String> running = List.of();

  /**
   * Creates one.
   *
   * @param collector what reads the cluster
   * @param broker the broker whose series are shown, as {@link Leaders} names it
   */
  public SidecarCollector(Collector collector, String broker) {
    super(collector);
    this.broker = broker;
  }

  /**
   * Returns what the broker leads; nothing but what is missing if it is not one of those that run.
   */
  @Override
  Collected own(Collected whole) {
    Leaders leaders = whole.leaders().get();
    if (!leaders.running().isEmpty()) {
      // Else those run that did when it was last known: none that leads may fall silent for that.
      running = leaders.running();
    }
    if (!running.contains(broker)) {
      return nothing(whole);
    }
    var nodes = new TreeMap<>(whole.nodes());
    nodes.keySet().retainAll(List.of(broker));
    Predicate<Subject> owns = owns(leaders);
    return new Collected(
        whole.families().stream().flatMap(family -> OwnSeries.of(family, owns).stream()).toList(),
        whole.missing(),
        nodes);
  }

  private Predicate<Subject> owns(Leaders leaders) {
    boolean first = running.getFirst().equals(broker);
    return subject -> {
      String leader = leaders.leader().apply(subject);
      return leader.equals(broker) || (first && !running.contains(leader));
    };
  }

  private Collected nothing(Collected whole) {
    var missing = new ArrayList<Missing>();
    missing.add(
        new Missing(
            "what broker " + broker + " leads",
            running.isEmpty()
                ? "it is not known which brokers run"
                : "it is not one of those that run: " + String.join(", ", running)));
    missing.addAll(whole.missing());
    return new Collected(List.of(), missing);
  }
}
