package io.mqexporter.system;

import static org.awaitility.Awaitility.await;

import io.mqexporter.collector.Collected;
import io.mqexporter.collector.CollectionException;
import io.mqexporter.collector.Collector;
import io.mqexporter.collector.Deadline;
import io.mqexporter.collector.Missing;
import io.mqexporter.rocketmq.RocketMqCollector;
import io.mqexporter.rocketmq.RocketMqConfig;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/**
 * One collection of a RocketMQ cluster.
 *
 * @param collected what it found
 * @param requests how many requests it sent
 */
record RocketMqPass(Collected collected, long requests) {

  private static final Duration TIMEOUT = Duration.ofMinutes(1);

  /** Returns a collector of the cluster behind name servers, which have semicolons between them. */
  static RocketMqCollector collector(String nameServers) {
    var config = new RocketMqConfig(List.of(nameServers.split(";", -1)), Optional.empty());
    return new RocketMqCollector("rocketmq", config, Duration.ofMinutes(5), Clock.systemUTC());
  }

  /** Collects once. */
  static RocketMqPass of(Collector collector) throws CollectionException, InterruptedException {
    long before = collector.requestsSent();
    Collected collected = collector.collect(Deadline.after(TIMEOUT));
    return new RocketMqPass(collected, collector.requestsSent() - before);
  }

  /** Collects until what is found is as wanted. */
  static RocketMqPass until(Collector collector, Predicate<RocketMqPass> wanted) {
    var last = new AtomicReference<RocketMqPass>();
    await()
        .pollInterval(Duration.ofMillis(500))
        .until(() -> {
          last.set(of(collector));
          return wanted.test(last.get());
        });
    return last.get();
  }

  /** Does the same, through collections that fail. */
  static RocketMqPass untilRead(Collector collector, Predicate<RocketMqPass> wanted) {
    await()
        .ignoreException(CollectionException.class)
        .until(() -> {
          of(collector);
          return true;
        });
    return until(collector, wanted);
  }

  MetricValues values() {
    return new MetricValues(collected.families());
  }

  /** Returns what is missing as {@code what: why}. */
  List<String> missing() {
    return collected.missing().stream().map(RocketMqPass::line).toList();
  }

  private static String line(Missing missing) {
    return missing.what() + ": " + missing.why();
  }
}
