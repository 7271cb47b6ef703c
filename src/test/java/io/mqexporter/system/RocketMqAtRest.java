package io.mqexporter.system;

import io.mqexporter.collector.Collected;
import io.mqexporter.collector.CollectionException;
import io.mqexporter.collector.Collector;
import io.mqexporter.collector.Deadline;
import io.mqexporter.messaging.MessagingMetric;
import io.mqexporter.metric.MetricDescriptor;
import io.mqexporter.rocketmq.RocketMqBrokerMetric;
import io.mqexporter.rocketmq.RocketMqMetric;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/**
 * A collection that found the same as the one before it.
 *
 * @param collected what it found
 * @param requests how many requests it sent
 * @param time how long it took
 */
record RocketMqAtRest(Collected collected, long requests, Duration time) {

  private static final Duration PAUSE = Duration.ofSeconds(3);
  private static final Duration TIMEOUT = Duration.ofMinutes(3);

  private static final List<MetricDescriptor> MOVING =
      List.of(
          RocketMqBrokerMetric.STORAGE_MAX_OFFSET,
          RocketMqMetric.TOPIC_MAX_OFFSET,
          RocketMqMetric.CONSUMER_COMMITTED,
          RocketMqMetric.CONSUMER_INFLIGHT,
          MessagingMetric.CONSUMER_MEMBERS);

  /**
   * Collects until nothing moves any more.
   *
   * @param fetching the groups that will have fetched all of a topic by then
   */
  static RocketMqAtRest await(Collector collector, List<String> fetching, String topic)
      throws CollectionException, InterruptedException {
    var last = new AtomicReference<>(collect(collector));
    Awaitility.await()
        .pollDelay(PAUSE)
        .pollInterval(PAUSE)
        .until(() -> {
          RocketMqAtRest next = collect(collector);
          return last.getAndSet(next).moving().equals(next.moving())
              && fetching.stream().allMatch(group -> next.hasFetchedAll(group, topic));
        });
    return last.get();
  }

  /** Returns what was found by labels. */
  MetricValues values() {
    return new MetricValues(collected.families());
  }

  private static RocketMqAtRest collect(Collector collector)
      throws CollectionException, InterruptedException {
    long sent = collector.requestsSent();
    long start = System.nanoTime();
    Collected collected = collector.collect(Deadline.after(TIMEOUT));
    return new RocketMqAtRest(
        collected, collector.requestsSent() - sent, Duration.ofNanos(System.nanoTime() - start));
  }

  private Map<MetricDescriptor, Map<List<String>, Double>> moving() {
    return MOVING.stream().collect(Collectors.toMap(metric -> metric, values()::of));
  }

  private boolean hasFetchedAll(String group, String topic) {
    return values()
        .value(RocketMqMetric.CONSUMER_INFLIGHT, group, topic)
        .equals(values().value(RocketMqMetric.CONSUMER_LAG, group, topic));
  }
}
