package io.mqexporter.kafka;

import io.mqexporter.collector.Deadline;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.kafka.common.KafkaFuture;

/**
 * What the brokers have answered to one batched call until a deadline, key by key: a key that fails
 * or hangs costs only itself.
 *
 * @param values the answers
 * @param failures why there is none
 */
record Answers<K, V>(Map<K, V> values, Map<K, Throwable> failures) {

  private static final int LOOK_MILLIS = 10;

  /** Waits for the answer to each key, at most until the deadline. */
  static <K, V> Answers<K, V> await(
      Collection<K> keys, Function<K, KafkaFuture<V>> futures, Deadline deadline)
      throws InterruptedException {
    var values = HashMap.<K, V>newHashMap(keys.size());
    var failures = new LinkedHashMap<K, Throwable>();
    for (K key : keys) {
      try {
        values.put(key, await(futures.apply(key), deadline));
      } catch (NoAnswerException e) {
        failures.put(key, e.failure());
      }
    }
    return new Answers<>(values, failures);
  }

  /**
   * Waits for the answer to each key as above, as long as the client gets any further with them.
   */
  static <K, V> Answers<K, V> await(
      Collection<K> keys,
      Function<K, KafkaFuture<V>> futures,
      Deadline deadline,
      Persistence persistence)
      throws InterruptedException {
    Persistence.Watch watch = persistence.watch();
    for (K key : keys) {
      KafkaFuture<V> future = futures.apply(key);
      while (!future.isDone() && !deadline.hasPassed()) {
        awaitShortly(future, deadline);
        watch.check(() -> keys.stream().filter(k -> futures.apply(k).isDone()).count());
      }
    }
    return await(keys, futures, deadline);
  }

  /**
   * Waits for the answer to each key as above.
   *
   * @param all the same answers in one; where none is missing, no key need be looked up, which the
   *     client does slowly where there are many with similar names
   */
  static <K, V> Answers<K, V> await(
      KafkaFuture<Map<K, V>> all,
      Collection<K> keys,
      Function<K, KafkaFuture<V>> futures,
      Deadline deadline,
      Persistence persistence)
      throws InterruptedException {
    Persistence.Watch watch = persistence.watch();
    while (!all.isDone() && !deadline.hasPassed()) {
      awaitShortly(all, deadline);
      watch.check(() -> keys.stream().filter(key -> futures.apply(key).isDone()).count());
    }
    try {
      return new Answers<>(await(all, deadline), Map.of());
    } catch (NoAnswerException _) {
      return await(keys, futures, deadline);
    }
  }

  private static void awaitShortly(KafkaFuture<?> future, Deadline deadline)
      throws InterruptedException {
    try {
      future.get(Math.min(LOOK_MILLIS, deadline.remainingMillis()), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      // Whoever waits for all of them will see.
      return;
    }
  }

  /** Waits for one answer, at most until the deadline. */
  static <V> V await(KafkaFuture<V> future, Deadline deadline)
      throws NoAnswerException, InterruptedException {
    try {
      return future.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw new NoAnswerException(Objects.requireNonNull(e.getCause()));
    } catch (TimeoutException e) {
      throw new NoAnswerException(e);
    }
  }
}
