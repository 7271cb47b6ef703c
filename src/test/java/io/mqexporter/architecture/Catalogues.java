package io.mqexporter.architecture;

import io.mqexporter.collection.CollectionMetric;
import io.mqexporter.exposition.AgentMetric;
import io.mqexporter.kafka.KafkaMetric;
import io.mqexporter.messaging.MessagingMetric;
import io.mqexporter.metric.MetricDescriptor;
import io.mqexporter.rabbitmq.RabbitMqMetric;
import io.mqexporter.rocketmq.RocketMqMetric;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Every metric that the agent can expose, but for those of its own JVM and process. */
final class Catalogues {

  private Catalogues() {}

  /**
   * One catalogue.
   *
   * @param title its heading
   * @param introduction what its metrics have in common
   * @param metrics its constants
   */
  record Catalogue(String title, String introduction, List<MetricDescriptor> metrics) {

    Catalogue(String title, String introduction, MetricDescriptor[]... metrics) {
      this(title, introduction, Arrays.stream(metrics).flatMap(Arrays::stream).toList());
    }
  }

  static List<Catalogue> all() {
    return List.of(
        new Catalogue(
            "Every broker",
            "The same words for Kafka, RabbitMQ and RocketMQ. A destination is a topic or a queue;"
                + " where a broker has no consumer groups or virtual hosts, that label is absent.",
            MessagingMetric.values()),
        new Catalogue(
            "Kafka",
            "Names and labels are kafka_exporter's where the meaning is the same, so that its"
                + " dashboards go on working. What is not known has no sample here, where that"
                + " exporter shows 0 or -1.",
            KafkaMetric.values()),
        new Catalogue(
            "RabbitMQ",
            "Names are those of RabbitMQ's own Prometheus plugin where the meaning is the same.",
            RabbitMqMetric.values()),
        new Catalogue(
            "RocketMQ",
            "Names are those of RocketMQ 5's own metrics where the meaning is the same. A group that"
                + " never committed has no lag here, where the broker's tools show the whole topic.",
            RocketMqMetric.values()),
        new Catalogue(
            "The agent",
            "What the agent says about its collections and itself; besides these it exposes the"
                + " jvm_* and process_* metrics of its own process.",
            CollectionMetric.values(),
            AgentMetric.values()));
  }

  static Stream<MetricDescriptor> metrics() {
    return all().stream().flatMap(catalogue -> catalogue.metrics().stream());
  }
}
