package io.mqexporter.exposition;

import io.mqexporter.metric.MetricFamily;
import io.mqexporter.metric.Sample;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Reads backlogs from what is exposed, so that what scales consumers and what people look at cannot
 * differ. What was left out of the exposition (granularity, budget) is not known here either.
 */
final class BacklogReader {

  /** One sample for each consumption and status, whatever else is known of it. */
  private static final String STATUS = "messaging_consumer_status";

  private static final String LAG = "messaging_consumer_lag_messages";
  private static final String LAG_SECONDS = "messaging_consumer_lag_seconds";

  /** There is one exactly where something waits that can be read. */
  private static final String LAG_SOURCE = "messaging_consumer_lag_seconds_source";

  private static final String DRAIN_SECONDS = "messaging_consumer_drain_seconds";
  private static final Set<String> PARTITIONS =
      Set.of("kafka_topic_partitions", "rocketmq_topic_read_queues");

  private final Set<Consumption> consumptions = new HashSet<>();
  private final Map<Consumption, Double> lags = new HashMap<>();
  private final Map<Consumption, Double> ages = new HashMap<>();
  private final Map<Consumption, Double> drains = new HashMap<>();
  private final Set<Consumption> waiting = new HashSet<>();
  private final Map<String, Long> partitions = new HashMap<>();

  private record Consumption(String vhost, String destination, String group) {}

  private BacklogReader() {}

  /** Returns the backlogs by group; of RabbitMQ, which has no groups, by queue. */
  static Map<String, List<Backlog>> read(List<MetricFamily> families) {
    var reader = new BacklogReader();
    families.forEach(reader::take);
    return reader.backlogs();
  }

  private void take(MetricFamily family) {
    String name = family.descriptor().metricName();
    switch (name) {
      case STATUS -> each(family, this::takeStatus);
      case LAG -> each(family, lags::put);
      case LAG_SECONDS -> each(family, ages::put);
      case LAG_SOURCE -> each(family, (consumption, _) -> waiting.add(consumption));
      case DRAIN_SECONDS -> each(family, drains::put);
      default -> {
        if (PARTITIONS.contains(name)) {
          int topic = family.descriptor().labelNames().indexOf("topic");
          for (Sample sample : family.samples()) {
            partitions.merge(sample.labelValues().get(topic), (long) sample.value(), Long::sum);
          }
        }
      }
    }
  }

  private void takeStatus(Consumption consumption, double value) {
    // Of all statuses a consumption is in one.
    if (value == 1) {
      consumptions.add(consumption);
    }
  }

  private interface Taker {
    void take(Consumption consumption, double value);
  }

  private static void each(MetricFamily family, Taker taker) {
    List<String> names = family.descriptor().labelNames();
    int vhost = names.indexOf("messaging_rabbitmq_vhost");
    int destination = names.indexOf("messaging_destination_name");
    int group = names.indexOf("messaging_consumer_group_name");
    for (Sample sample : family.samples()) {
      List<String> labels = sample.labelValues();
      taker.take(
          new Consumption(labels.get(vhost), labels.get(destination), labels.get(group)),
          sample.value());
    }
  }

  private Map<String, List<Backlog>> backlogs() {
    var backlogs = new HashMap<String, List<Backlog>>();
    for (Consumption consumption : consumptions) {
      String group =
          consumption.group().isEmpty() ? consumption.destination() : consumption.group();
      backlogs.computeIfAbsent(group, _ -> new ArrayList<>(1)).add(backlog(consumption));
    }
    return backlogs;
  }

  private Backlog backlog(Consumption consumption) {
    OptionalDouble age = value(ages, consumption);
    // Markers and aborted records lag, but are nobody's work: of these the age is known to be none.
    boolean nothingLeft = age.isPresent() && !waiting.contains(consumption);
    OptionalDouble lag = value(lags, consumption);
    Long partitionsOfTopic = partitions.get(consumption.destination());
    return new Backlog(
        consumption.vhost(),
        consumption.destination(),
        lag.isPresent()
            ? OptionalLong.of(nothingLeft ? 0 : (long) lag.getAsDouble())
            : OptionalLong.empty(),
        age,
        value(drains, consumption),
        partitionsOfTopic == null ? OptionalLong.empty() : OptionalLong.of(partitionsOfTopic));
  }

  private static OptionalDouble value(Map<Consumption, Double> values, Consumption consumption) {
    Double value = values.get(consumption);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }
}
