package io.mqexporter.collector;

import io.mqexporter.metric.MetricFamily;
import io.mqexporter.metric.Sample;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Leaves out series that are not an agent's own, by what their labels say that they are about. */
final class OwnSeries {

  private static final Set<String> BROKER =
      Set.of(
          "messaging_broker_name", "broker", "broker_id", "id", "rabbitmq_node", "node", "node_id");

  /** Beside the name, of RocketMQ; alone, the name itself. */
  private static final Set<String> BROKER_ID = Set.of("broker_id");

  private static final Set<String> GROUP =
      Set.of(
          "messaging_consumer_group_name", "consumer_group", "consumergroup", "group_id", "group");

  private static final Set<String> VHOST = Set.of("messaging_rabbitmq_vhost", "vhost");

  private static final Set<String> DESTINATION =
      Set.of("messaging_destination_name", "topic", "topic_name", "queue");

  private static final Set<String> PARTITION = Set.of("partition", "partition_id");

  private OwnSeries() {}

  /**
   * Returns what is left of a family, if anything.
   *
   * @param owns whether what a series is about is the agent's own
   */
  static Optional<MetricFamily> of(MetricFamily family, Predicate<Subject> owns) {
    var subjects = new Subjects(family.descriptor().labelNames());
    List<Sample> own =
        family.samples().stream().filter(sample -> owns.test(subjects.of(sample))).toList();
    return own.isEmpty()
        ? Optional.empty()
        : Optional.of(new MetricFamily(family.descriptor(), own));
  }

  /** Tells what the samples of one family are about. */
  private static final class Subjects {

    private static final int NONE = -1;

    private final int broker;
    private final int brokerId;
    private final int group;
    private final int vhost;
    private final int destination;
    private final int partition;

    private Subjects(List<String> labels) {
      broker = position(labels, BROKER);
      brokerId = position(labels, BROKER_ID);
      group = position(labels, GROUP);
      vhost = position(labels, VHOST);
      destination = position(labels, DESTINATION);
      partition = position(labels, PARTITION);
    }

    private Subject of(Sample sample) {
      List<String> values = sample.labelValues();
      return new Subject(
          value(values, broker),
          value(values, brokerId),
          value(values, group),
          value(values, vhost),
          value(values, destination),
          value(values, partition));
    }

    private static int position(List<String> labels, Set<String> names) {
      for (int index = 0; index < labels.size(); index++) {
        if (names.contains(labels.get(index))) {
          return index;
        }
      }
      return NONE;
    }

    private static String value(List<String> values, int position) {
      return position == NONE ? "" : values.get(position);
    }
  }
}
