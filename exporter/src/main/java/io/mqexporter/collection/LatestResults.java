package io.mqexporter.collection;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/** The last result of each target: a new one replaces the one before whole. */
public final class LatestResults {

  private final List<Target> targets;
  private final Map<String, CollectionResult> results = new ConcurrentHashMap<>();
  private final List<BiConsumer<CollectionResult, Exposed>> subscribers =
      new CopyOnWriteArrayList<>();

  /** Creates an empty collection of results for targets that differ. */
  public LatestResults(List<Target> targets) {
    this.targets = List.copyOf(targets);
  }

  /**
   * Adds one that is told of each new result, on the thread that publishes it, and given what is
   * exposed of it; that is not kept here.
   */
  public void subscribe(BiConsumer<CollectionResult, Exposed> subscriber) {
    subscribers.add(subscriber);
  }

  /** Replaces a target's result. */
  public void publish(CollectionResult result, Exposed exposed) {
    results.put(result.target().id(), result);
    subscribers.forEach(subscriber -> subscriber.accept(result, exposed));
  }

  /** Returns the targets, in the order of the configuration. */
  public List<Target> targets() {
    return targets;
  }

  /** Returns the last results, in the order of the configuration, of those that have one. */
  public List<CollectionResult> results() {
    return targets.stream().map(Target::id).filter(results::containsKey).map(results::get).toList();
  }

  /** Returns whether every target has been collected once, with whatever result. */
  public boolean isComplete() {
    return results.size() == targets.size();
  }
}
