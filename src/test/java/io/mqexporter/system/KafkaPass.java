package io.mqexporter.system;

import static org.awaitility.Awaitility.await;

import io.mqexporter.brokers.KafkaCluster;
import io.mqexporter.collector.Collected;
import io.mqexporter.collector.CollectionException;
import io.mqexporter.collector.Collector;
import io.mqexporter.collector.Deadline;
import io.mqexporter.collector.Missing;
import io.mqexporter.collector.NameFilter;
import io.mqexporter.kafka.KafkaCollector;
import io.mqexporter.kafka.KafkaConfig;
import io.mqexporter.kafka.KafkaConfig.Effort;
import io.mqexporter.kafka.vocabulary.Vocabulary;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One collection of a Kafka cluster.
 *
 * @param collected what it found
 * @param requests how many requests were sent for it
 * @param time how long it took
 */
record KafkaPass(Collected collected, long requests, Duration time) {

  /** How long a collection may take. */
  static final Duration TIMEOUT = Duration.ofSeconds(10);

  private static final Effort EFFORT = new Effort(200, 4 << 20, Duration.ZERO);

  /** Returns a collector of all that can be read, which reads all of it each time. */
  static KafkaCollector collector(KafkaCluster cluster) {
    return collector(cluster, NameFilter.ALL, NameFilter.ALL);
  }

  /** Returns a collector of some topics and some groups, which reads all of them each time. */
  static KafkaCollector collector(KafkaCluster cluster, NameFilter topics, NameFilter groups) {
    return collector(config(cluster).reading(topics, groups));
  }

  /** Returns a collector that also speaks other vocabularies. */
  static KafkaCollector collector(KafkaCluster cluster, List<Vocabulary> vocabularies) {
    return collector(config(cluster).speaking(vocabularies));
  }

  private static KafkaConfig config(KafkaCluster cluster) {
    return new KafkaConfig(
            cluster.bootstrapServers(), Map.of(), KafkaConfig.DEFAULT_DEAD_LETTER_TOPICS)
        .with(EFFORT);
  }

  private static KafkaCollector collector(KafkaConfig config) {
    return new KafkaCollector("system-test", config, Duration.ofMinutes(5), Clock.systemUTC());
  }

  /** Collects once. */
  static KafkaPass of(Collector collector) throws CollectionException, InterruptedException {
    long sent = collector.requestsSent();
    long start = System.nanoTime();
    Collected collected = collector.collect(Deadline.after(TIMEOUT));
    return new KafkaPass(
        collected, collector.requestsSent() - sent, Duration.ofNanos(System.nanoTime() - start));
  }

  /** Collects until nothing is missing: what is new is not known to all brokers at once. */
  static KafkaPass whole(Collector collector) {
    return await()
        .pollInSameThread()
        .ignoreException(CollectionException.class)
        .until(() -> of(collector), pass -> pass.missing().isEmpty());
  }

  /** Returns what was found by labels. */
  MetricValues values() {
    return new MetricValues(collected.families());
  }

  /** Returns what is missing, in words. */
  List<String> missing() {
    return collected.missing().stream().map(Missing::what).toList();
  }
}
