package io.mqexporter.rabbitmq;

import io.mqexporter.metric.MetricFamilies;
import io.mqexporter.metric.MetricFamily;
import io.mqexporter.rabbitmq.snapshot.Details;
import io.mqexporter.rabbitmq.snapshot.Details.Clients;
import io.mqexporter.rabbitmq.snapshot.Details.Policy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Renders the details as the {@code rabbitmq_*} families that come from them. */
final class DetailMetrics {

  private final String cluster;
  private final MetricFamilies families = new MetricFamilies();

  private DetailMetrics(String cluster) {
    this.cluster = cluster;
  }

  /** Returns the families of a cluster. */
  static List<MetricFamily> of(String cluster, Details details) {
    var metrics = new DetailMetrics(cluster);
    metrics.addNodes(details);
    metrics.addClients(RabbitMqMetric.USER_CONNECTIONS, details.connections());
    metrics.addClients(RabbitMqMetric.USER_CHANNELS, details.channels());
    metrics.addLinks(details);
    metrics.addPolicies(details.policies());
    metrics.addFeatures(details);
    return metrics.families.toList();
  }

  private void addNodes(Details details) {
    details
        .checks()
        .forEach((check, ok) ->
            families.add(RabbitMqMetric.HEALTH_CHECK_OK, ok ? 1 : 0, cluster, check));
    for (Details.Certificate certificate : details.certificates()) {
      families.add(
          RabbitMqMetric.CERTIFICATE_EXPIRY,
          certificate.notAfter().getEpochSecond(),
          cluster,
          certificate.node(),
          certificate.protocol(),
          String.valueOf(certificate.port()),
          certificate.authority() ? "authority" : "own");
    }
    details
        .memory()
        .forEach((node, numbers) -> {
          for (RabbitMqMemoryMetric metric : RabbitMqMemoryMetric.values()) {
            families.add(metric, numbers.get(metric.number()), cluster, node);
          }
        });
  }

  private void addClients(RabbitMqMetric metric, Map<Clients, Integer> counts) {
    counts.forEach((clients, count) ->
        families.add(metric, count, cluster, clients.vhost(), clients.user(), clients.state()));
  }

  private void addLinks(Details details) {
    // Each may be listed once for every node that runs a part of it.
    var states = new LinkedHashMap<List<String>, RabbitMqMetric>();
    for (Details.Shovel shovel : details.shovels()) {
      states.put(
          List.of(cluster, shovel.vhost(), shovel.name(), shovel.type(), shovel.state()),
          RabbitMqMetric.SHOVEL_STATE);
    }
    for (Details.FederationLink link : details.federationLinks()) {
      states.put(
          List.of(
              cluster, link.vhost(), link.upstream(), link.exchange(), link.queue(), link.state()),
          RabbitMqMetric.FEDERATION_LINK_STATE);
    }
    var sorted = new ArrayList<>(states.entrySet());
    sorted.sort(Comparator.comparing(state -> String.join("\0", state.getKey())));
    sorted.forEach(
        state -> families.add(state.getValue(), 1, state.getKey().toArray(String[]::new)));
  }

  private void addPolicies(List<Policy> policies) {
    for (Policy policy : policies) {
      families.add(
          policy.operator()
              ? RabbitMqMetric.OPERATOR_POLICY_PRIORITY
              : RabbitMqMetric.POLICY_PRIORITY,
          policy.priority(),
          cluster,
          policy.vhost(),
          policy.name(),
          policy.pattern(),
          policy.applyTo());
    }
  }

  private void addFeatures(Details details) {
    for (Details.FeatureFlag flag : details.featureFlags()) {
      families.add(
          RabbitMqMetric.FEATURE_FLAG_ENABLED,
          flag.enabled() ? 1 : 0,
          cluster,
          flag.name(),
          flag.stability());
    }
    for (Details.DeprecatedFeature feature : details.deprecatedFeatures()) {
      families.add(
          RabbitMqMetric.DEPRECATED_FEATURE_USED, 1, cluster, feature.name(), feature.phase());
    }
  }
}
