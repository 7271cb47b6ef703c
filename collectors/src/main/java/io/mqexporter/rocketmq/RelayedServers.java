package io.mqexporter.rocketmq;

import io.mqexporter.metric.MetricFamilies;
import io.mqexporter.metric.MetricFamily;
import io.mqexporter.relay.RelayedFamily;
import io.mqexporter.relay.RelayedFamily.Series;
import io.mqexporter.relay.RelayedMetrics;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What brokers, proxies and controllers of RocketMQ 5 tell of themselves and nobody else: what is
 * exposed anyway stands alone, for it is known of every broker and of groups that are offline.
 */
final class RelayedServers {

  private static final String PREFIX = "rocketmq_";

  /**
   * A controller's names have no prefix, such as {@code request_total}. Its {@code role} is left
   * out: it counts from wherever it began.
   */
  private static final String CONTROLLER_PREFIX = "rocketmq_controller_";

  /** Each of its series names its place among the controllers. */
  private static final String CONTROLLER_LABEL = "peer_id";

  private RelayedServers() {}

  /**
   * Returns whether each server answered, and the families that are to be passed on.
   *
   * @param pages by address, what was told, if it was
   * @param told what is exposed anyway
   */
  static List<MetricFamily> of(
      String cluster, Map<String, Optional<List<RelayedFamily>>> pages, List<MetricFamily> told) {
    var names = new HashSet<String>();
    told.forEach(family -> names.add(family.descriptor().metricName()));
    var up = new MetricFamilies();
    var byAddress = new TreeMap<String, List<RelayedFamily>>();
    new TreeMap<>(pages)
        .forEach((address, page) -> {
          up.add(RocketMqBrokerMetric.ENDPOINT_UP, page.isPresent() ? 1 : 0, cluster, address);
          page.ifPresent(families ->
              byAddress.put(
                  address,
                  families.stream()
                      .flatMap(family -> named(family).stream())
                      .map(RelayedServers::withoutScope)
                      .toList()));
        });
    var families = new ArrayList<>(up.toList());
    families.addAll(
        RelayedMetrics.of(cluster, RocketMqLabels.ENDPOINT, byAddress, name -> isNew(name, names)));
    return families;
  }

  private static boolean isNew(String name, Set<String> told) {
    return !told.contains(name);
  }

  private static Optional<RelayedFamily> named(RelayedFamily family) {
    if (family.name().startsWith(PREFIX)) {
      return Optional.of(family);
    }
    boolean ofController =
        !family.name().equals("role")
            && family.series().stream().anyMatch(one -> one.labels().containsKey(CONTROLLER_LABEL));
    // What is left is about the library that writes the page.
    return ofController
        ? Optional.of(family.named(CONTROLLER_PREFIX + family.name()))
        : Optional.empty();
  }

  /** The library that writes the page names its parts in each series. */
  private static RelayedFamily withoutScope(RelayedFamily family) {
    return new RelayedFamily(
        family.name(),
        family.type(),
        family.help(),
        family.series().stream()
            .map(one -> {
              var labels = new TreeMap<>(one.labels());
              labels.keySet().removeIf(label -> label.startsWith("otel_scope_"));
              return new Series(one.suffix(), labels, one.value());
            })
            .toList());
  }
}
