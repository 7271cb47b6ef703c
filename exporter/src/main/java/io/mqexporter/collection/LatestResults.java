package io.mqexporter.collection;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The last result of each target: a new one replaces the one before whole. */
public final class LatestResults {

  private volatile List<Target> targets;
  private final Map<String, CollectionResult> results = new ConcurrentHashMap<>();
  private final List<BiConsumer<CollectionResult, Exposed>> subscribers =
      new CopyOnWriteArrayList<>();
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private final List<Consumer<Target>> leavers = new CopyOnWriteArrayList<>();

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

  /** Adds one that is told of each target that is no longer collected. */
  public void subscribeToLeaving(Consumer<Target> subscriber) {
    leavers.add(subscriber);
  }

  /** Replaces the targets. What was read of those that are no longer there is forgotten. */
  public void use(List<Target> newTargets) {
    lock.writeLock().lock();
    try {
      List<Target> before = targets;
      targets = List.copyOf(newTargets);
      for (Target target : before) {
        if (isUnknown(target)) {
          results.remove(target.id());
          leavers.forEach(leaver -> leaver.accept(target));
        }
      }
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** Replaces a target's result; that of one that has just left is not wanted any more. */
  public void publish(CollectionResult result, Exposed exposed) {
    // Those of several targets are published at the same time.
    lock.readLock().lock();
    try {
      if (!isUnknown(result.target())) {
        results.put(result.target().id(), result);
        subscribers.forEach(subscriber -> subscriber.accept(result, exposed));
      }
    } finally {
      lock.readLock().unlock();
    }
  }

  private boolean isUnknown(Target target) {
    return targets.stream().noneMatch(known -> known.id().equals(target.id()));
  }

  /** Returns the targets, in the order of the configuration. */
  public List<Target> targets() {
    return targets;
  }

  /** Returns the last results, in the order of the configuration, of those that have one. */
  public List<CollectionResult> results() {
    return targets.stream().flatMap(target -> Stream.ofNullable(results.get(target.id()))).toList();
  }

  /** Returns whether every target has been collected once, with whatever result. */
  public boolean isComplete() {
    return results.size() == targets.size();
  }
}
