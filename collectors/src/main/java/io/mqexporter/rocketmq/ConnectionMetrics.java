package io.mqexporter.rocketmq;

import io.mqexporter.metric.MetricFamilies;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.BrokerContents;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.Client;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.Details;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.GroupClients;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Renders how many clients of which kind are connected; one counts once, at how many brokers ever.
 */
record ConnectionMetrics(String cluster, MetricFamilies families) {

  private record Kind(String language, String version, String mode) implements Comparable<Kind> {

    private static final Comparator<Kind> ORDER =
        Comparator.comparing(Kind::language).thenComparing(Kind::version).thenComparing(Kind::mode);

    static Kind of(Client client, String mode) {
      return new Kind(client.language(), client.version(), mode);
    }

    @Override
    public int compareTo(Kind other) {
      return ORDER.compare(this, other);
    }
  }

  /**
   * Adds the clients of a consumer group.
   *
   * @param pops whether the group pops its messages; its clients say that they push
   */
  void addConsumers(String group, Map<String, GroupClients> byBroker, boolean pops) {
    var kinds = new HashMap<String, Kind>();
    byBroker
        .values()
        .forEach(told ->
            told.clients()
                .forEach((identifier, client) ->
                    kinds.put(identifier, Kind.of(client, pops ? "pop" : told.mode().orElse("")))));
    count(kinds)
        .forEach((kind, count) ->
            families.add(
                RocketMqMetric.CONSUMER_CONNECTIONS,
                count,
                cluster,
                group,
                kind.language(),
                kind.version(),
                kind.mode()));
  }

  /** Adds the clients of all producer groups, if every broker told them. */
  void addProducers(List<BrokerContents> brokers) {
    if (!brokers.stream().map(BrokerContents::details).allMatch(d -> d.producers().isPresent())) {
      return;
    }
    var groups = new TreeMap<String, Map<String, Kind>>();
    brokers.stream()
        .map(BrokerContents::details)
        .map(Details::producers)
        .flatMap(producers -> producers.orElseThrow().entrySet().stream())
        .forEach(group ->
            group
                .getValue()
                .forEach((identifier, client) ->
                    groups
                        .computeIfAbsent(group.getKey(), _ -> new HashMap<>())
                        .put(identifier, Kind.of(client, ""))));
    groups.forEach((group, kinds) ->
        count(kinds)
            .forEach((kind, count) ->
                families.add(
                    RocketMqMetric.PRODUCER_CONNECTIONS,
                    count,
                    cluster,
                    group,
                    kind.language(),
                    kind.version())));
  }

  private static Map<Kind, Integer> count(Map<String, Kind> kinds) {
    var counts = new TreeMap<Kind, Integer>();
    kinds.values().forEach(kind -> counts.merge(kind, 1, Integer::sum));
    return counts;
  }
}
