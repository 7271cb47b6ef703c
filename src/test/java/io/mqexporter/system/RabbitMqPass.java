package io.mqexporter.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mqexporter.brokers.RabbitMqBroker;
import io.mqexporter.collector.Collected;
import io.mqexporter.collector.CollectionException;
import io.mqexporter.collector.Deadline;
import io.mqexporter.collector.NameFilter;
import io.mqexporter.collector.Secret;
import io.mqexporter.metric.Sample;
import io.mqexporter.rabbitmq.RabbitMqCollector;
import io.mqexporter.rabbitmq.RabbitMqConfig;
import io.mqexporter.rabbitmq.RabbitMqConfig.QueueStatistics;
import io.mqexporter.rabbitmq.RabbitMqConfig.Source;
import io.mqexporter.rabbitmq.relay.RaftNames;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** What one collection of a RabbitMQ cluster tells. */
final class RabbitMqPass {

  private static final Duration NOTICED = Duration.ofSeconds(60);

  private RabbitMqPass() {}

  /** Returns a collector that reads all at each collection. */
  static RabbitMqCollector collector(List<URI> managementUrls, Source... sources) {
    var config =
        new RabbitMqConfig(
            managementUrls,
            new RabbitMqConfig.Access(
                RabbitMqBroker.USERNAME, new Secret(RabbitMqBroker.PASSWORD), Optional.empty()),
            NameFilter.ALL,
            NameFilter.ALL,
            new RabbitMqConfig.Effort(Duration.ZERO, QueueStatistics.FULL),
            new RabbitMqConfig.Sources(
                Set.of(sources),
                List.of(),
                List.of("exchange_metrics", "stream_consumer_metrics"),
                RaftNames.OWN),
            List.of());
    return new RabbitMqCollector("pass", config, Duration.ofMinutes(5), Clock.systemUTC());
  }

  static Collected collect(RabbitMqCollector collector) throws Exception {
    return collector.collect(Deadline.after(Duration.ofMinutes(1)));
  }

  /** Returns the value of the first series with these labels. */
  static OptionalDouble value(Collected collected, String metric, String... labels) {
    return samples(collected, metric, labels).stream().mapToDouble(Sample::value).findFirst();
  }

  /** Returns the series of a metric with these labels. */
  static List<Sample> samples(Collected collected, String metric, String... labels) {
    return collected.families().stream()
        .filter(family -> family.descriptor().metricName().equals(metric))
        .flatMap(family -> family.samples().stream())
        .filter(sample -> sample.labelValues().containsAll(List.of(labels)))
        .toList();
  }

  /** Collects until a series has this value, also if a collection fails before. */
  static void awaitValue(
      RabbitMqCollector collector, double expected, String metric, String... labels) {
    await()
        .atMost(NOTICED)
        .pollInterval(Duration.ofSeconds(1))
        .ignoreExceptionsInstanceOf(CollectionException.class)
        .untilAsserted(
            () -> assertThat(value(collect(collector), metric, labels)).hasValue(expected));
  }
}
