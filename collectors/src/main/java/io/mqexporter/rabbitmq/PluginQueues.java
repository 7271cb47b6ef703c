package io.mqexporter.rabbitmq;

import io.mqexporter.messaging.DestinationId;
import io.mqexporter.metric.MetricType;
import io.mqexporter.rabbitmq.PluginReading.Pages;
import io.mqexporter.rabbitmq.snapshot.Numbers;
import io.mqexporter.rabbitmq.snapshot.Queue;
import io.mqexporter.rabbitmq.snapshot.Queue.Declaration;
import io.mqexporter.rabbitmq.snapshot.Queue.Replicas;
import io.mqexporter.rabbitmq.snapshot.QueueNumber;
import io.mqexporter.relay.RelayedFamily;
import io.mqexporter.relay.RelayedFamily.Series;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Tells what queues there are of what the nodes' Prometheus plugins tell of each. */
final class PluginQueues {

  private static final String DETAILED = "rabbitmq_detailed_";
  private static final String CAPACITY = DETAILED + "queue_consumer_capacity";
  private static final String INFO = DETAILED + "queue_info";

  /** What holds for a queue wherever it is asked for: the node that it is on tells it. */
  private static final Map<String, QueueNumber> HELD = new HashMap<>();

  /** What each node counts of its own clients, wherever the queue is. */
  private static final Map<String, QueueNumber> COUNTED = new HashMap<>();

  static {
    for (RabbitMqQueueMetric metric : RabbitMqQueueMetric.values()) {
      Map<String, QueueNumber> kind = metric.type() == MetricType.COUNTER ? COUNTED : HELD;
      metric
          .number()
          .ifPresent(
              number -> kind.put(metric.metricName().replaceFirst("rabbitmq_", DETAILED), number));
    }
    COUNTED.put(DETAILED + "queue_exchange_messages_published_total", QueueNumber.PUBLISHED);
  }

  private final boolean countersKnown;

  private final Map<DestinationId, Told> queues =
      new TreeMap<>(Comparator.comparing(DestinationId::vhost).thenComparing(DestinationId::name));

  private static final class Told {
    private final EnumMap<QueueNumber, Long> numbers = new EnumMap<>(QueueNumber.class);
    private OptionalDouble capacity = OptionalDouble.empty();
    private String type = "";
    private String node = "";
  }

  private PluginQueues(boolean countersKnown) {
    this.countersKnown = countersKnown;
  }

  /**
   * Returns the queues by their ids. What a node counted that did not answer is not known, and with
   * it no sum over all nodes.
   */
  static List<Queue> of(PluginReading reading) {
    var all = new PluginQueues(reading.missing().isEmpty());
    reading.nodes().forEach(all::add);
    var queues = new ArrayList<Queue>();
    all.queues.forEach((id, told) ->
        queues.add(
            new Queue(
                id,
                Declaration.ofType(told.type),
                "",
                new Numbers<>(told.numbers),
                told.capacity,
                new Replicas(told.node, Optional.empty(), OptionalInt.empty(), OptionalInt.empty()),
                Optional.empty())));
    return queues;
  }

  private void add(String node, Pages pages) {
    for (RelayedFamily family : pages.further()) {
      for (Series series : family.series()) {
        String vhost = series.labels().get("vhost");
        String name = series.labels().get("queue");
        if (vhost != null && name != null && isAboutQueue(family.name())) {
          Told queue = queues.computeIfAbsent(new DestinationId(vhost, name), _ -> new Told());
          accept(queue, node, family.name(), series);
        }
      }
    }
  }

  private static boolean isAboutQueue(String family) {
    return HELD.containsKey(family)
        || COUNTED.containsKey(family)
        || family.equals(CAPACITY)
        || family.equals(INFO);
  }

  private void accept(Told queue, String node, String family, Series series) {
    if (family.equals(INFO)) {
      queue.type =
          series.labels().getOrDefault("queue_type", "").replaceFirst("rabbit_(.*)_queue", "$1");
    } else if (family.equals(CAPACITY)) {
      queue.capacity = OptionalDouble.of(series.value());
    } else if (HELD.containsKey(family)) {
      queue.numbers.putIfAbsent(HELD.get(family), (long) series.value());
      if (family.equals(DETAILED + "queue_messages")) {
        queue.node = node;
      }
    } else if (countersKnown) {
      queue.numbers.merge(COUNTED.get(family), (long) series.value(), Long::sum);
    }
  }
}
