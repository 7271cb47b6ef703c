package io.mqexporter.system;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingDouble;
import static java.util.stream.Collectors.toMap;

import io.mqexporter.brokers.KafkaReplicaTools;
import io.mqexporter.brokers.KafkaReplicaTools.Placed;
import io.mqexporter.brokers.KafkaReplicaTools.Replica;
import io.mqexporter.brokers.KafkaTools;
import io.mqexporter.brokers.KafkaTools.Committed;
import io.mqexporter.brokers.KafkaTools.State;
import io.mqexporter.kafka.KafkaMetric;
import io.mqexporter.messaging.MessagingMetric;
import io.mqexporter.metric.MetricDescriptor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a collection and Kafka's own tools do not agree on, a line for each value. Each list is
 * empty if all is well, and not made if the tool found nothing to compare.
 */
final class KafkaDifferences {

  private final KafkaTools tools;
  private final KafkaReplicaTools replicaTools;
  private final MetricValues values;

  KafkaDifferences(String bootstrapServers, MetricValues values) {
    this.tools = new KafkaTools(bootstrapServers);
    this.replicaTools = new KafkaReplicaTools(bootstrapServers);
    this.values = values;
  }

  /** Compares the offsets at which partitions begin and end. */
  List<String> offsets() {
    var differences = new ArrayList<String>();
    differences.addAll(compare(KafkaMetric.PARTITION_START, offsets("earliest")));
    differences.addAll(compare(KafkaMetric.PARTITION_END, offsets("latest")));
    return differences;
  }

  /**
   * Compares committed offsets, lag, and who was given what, of all groups.
   *
   * @param protocols which protocols they use
   */
  List<String> groups(List<String> protocols) {
    List<Committed> lines = new ArrayList<>(tools.committed());
    Map<String, State> states =
        tools.states().stream().collect(toMap(State::group, Function.identity()));
    Map<List<String>, Double> assigned =
        lines.stream()
            .filter(line -> line.committed().isPresent() && hasMembers(states, line.group()))
            .collect(toMap(KafkaDifferences::key, line -> line.assigned() ? 1.0 : 0.0));
    if (protocols.contains("streams")) {
      lines.addAll(tools.streamed());
    }
    // A tool prints a negative lag for a commit beyond the end, and another one without a commit.
    Map<List<String>, Double> lags =
        known(
            lines.stream()
                .filter(line -> line.committed().isPresent() && line.lag().orElse(-1) >= 0)
                .toList(),
            KafkaDifferences::key,
            Committed::lag);
    if (protocols.contains("share")) {
      lags.putAll(
          known(
              tools.shared(),
              line -> key(line.group(), line.topic(), line.partition()),
              KafkaTools.Shared::lag));
    }
    Map<List<String>, Double> members =
        states.values().stream()
            .collect(toMap(state -> List.of(state.group()), state -> (double) state.members()));
    var differences = new ArrayList<String>();
    differences.addAll(
        compare(
            KafkaMetric.GROUP_OFFSET, known(lines, KafkaDifferences::key, Committed::committed)));
    differences.addAll(compare(KafkaMetric.GROUP_LAG, lags));
    differences.addAll(
        differences(KafkaMetric.GROUP_PARTITION_ASSIGNED, assigned, states.keySet()));
    differences.addAll(differences(KafkaMetric.GROUP_MEMBERS, members, states.keySet()));
    differences.addAll(states(states));
    return differences;
  }

  /** Compares where partitions are, and what of them is not as it should be. */
  List<String> partitions() {
    List<Placed> all = replicaTools.partitions();
    Set<String> topics = all.stream().map(Placed::topic).collect(Collectors.toSet());
    var differences = new ArrayList<String>();
    differences.addAll(
        compare(
            KafkaMetric.PARTITION_LEADER,
            known(
                all,
                KafkaDifferences::key,
                line ->
                    line.leader().isPresent()
                        ? OptionalLong.of(line.leader().getAsInt())
                        : OptionalLong.empty())));
    differences.addAll(
        compare(
            KafkaMetric.PARTITION_REPLICAS,
            all.stream().collect(toMap(KafkaDifferences::key, p -> (double) p.replicas().size()))));
    differences.addAll(
        compare(
            KafkaMetric.PARTITION_IN_SYNC,
            all.stream().collect(toMap(KafkaDifferences::key, p -> (double) p.inSync().size()))));
    differences.addAll(
        compare(
            KafkaMetric.TOPIC_UNDER_REPLICATED,
            countByTopic(topics, replicaTools.underReplicated())));
    differences.addAll(
        compare(KafkaMetric.TOPIC_OFFLINE, countByTopic(topics, replicaTools.unavailable())));
    return differences;
  }

  /** Compares the sizes of log directories and of topics. */
  List<String> sizes() {
    List<Replica> replicas = replicaTools.replicas();
    Map<List<String>, Double> byFolder =
        replicas.stream()
            .collect(
                groupingBy(
                    replica -> List.of(Integer.toString(replica.broker()), replica.path()),
                    summingDouble(Replica::bytes)));
    var largest = new HashMap<List<String>, Long>();
    replicas.forEach(replica ->
        largest.merge(
            List.of(replica.topic(), Integer.toString(replica.partition())),
            replica.bytes(),
            Math::max));
    Map<List<String>, Double> byTopic =
        largest.entrySet().stream()
            .filter(entry -> !entry.getKey().getFirst().startsWith("__"))
            .collect(
                groupingBy(
                    entry -> List.of("", entry.getKey().getFirst()),
                    summingDouble(Map.Entry::getValue)));
    var differences = new ArrayList<String>();
    differences.addAll(compare(KafkaMetric.LOG_DIR_BYTES, byFolder));
    differences.addAll(compare(MessagingMetric.DESTINATION_SIZE, byTopic));
    return differences;
  }

  private List<String> states(Map<String, State> states) {
    Map<String, String> ours =
        values.of(KafkaMetric.GROUP_STATE, states.keySet()).keySet().stream()
            .collect(toMap(List::getFirst, List::getLast));
    return states.values().stream()
        .filter(state -> !state.state().equals(ours.get(state.group())))
        .map(state -> "state: " + ours.get(state.group()) + ", the tool: " + state)
        .toList();
  }

  private List<String> compare(MetricDescriptor metric, Map<List<String>, Double> tool) {
    if (tool.isEmpty()) {
      throw new IllegalStateException("the tool has nothing for " + metric.metricName());
    }
    return differences(metric, values.of(metric), tool);
  }

  private List<String> differences(
      MetricDescriptor metric, Map<List<String>, Double> tool, Set<String> groups) {
    return differences(metric, values.of(metric, groups), tool);
  }

  private static List<String> differences(
      MetricDescriptor metric, Map<List<String>, Double> ours, Map<List<String>, Double> tool) {
    return MetricValues.differences(ours, tool).stream()
        .map(line -> metric.metricName() + " " + line)
        .toList();
  }

  private Map<List<String>, Double> offsets(String time) {
    return tools.offsets(time).stream()
        .collect(
            toMap(
                line -> List.of(line.topic(), Integer.toString(line.partition())),
                line -> (double) line.offset()));
  }

  private static boolean hasMembers(Map<String, State> states, String group) {
    State state = states.get(group);
    return state != null && state.members() > 0;
  }

  private static Map<List<String>, Double> countByTopic(Set<String> topics, List<Placed> lines) {
    Map<String, Long> counts = lines.stream().collect(groupingBy(Placed::topic, counting()));
    return topics.stream()
        .collect(toMap(List::of, topic -> counts.getOrDefault(topic, 0L).doubleValue()));
  }

  private static List<String> key(Committed line) {
    return key(line.group(), line.topic(), line.partition());
  }

  private static List<String> key(String group, String topic, int partition) {
    return List.of(group, topic, Integer.toString(partition));
  }

  private static List<String> key(Placed line) {
    return List.of(line.topic(), Integer.toString(line.partition()));
  }

  /** Returns what lines know, by their labels. */
  private static <T> Map<List<String>, Double> known(
      List<T> lines, Function<T, List<String>> key, Function<T, OptionalLong> value) {
    return lines.stream()
        .filter(line -> value.apply(line).isPresent())
        .collect(toMap(key, line -> (double) value.apply(line).getAsLong()));
  }
}
