package io.mqexporter.rabbitmq.snapshot;

import io.mqexporter.collector.Missing;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What hardly changes or costs the broker much, and is read less often. Of what could not be read
 * there is no element.
 *
 * @param memory what each node uses memory for
 * @param connections how many connections there are of a kind
 * @param channels how many channels there are of a kind
 * @param policies the policies and operator policies
 * @param featureFlags the feature flags
 * @param deprecatedFeatures the deprecated features that are in use
 * @param shovels the shovels
 * @param federationLinks the links of federation
 * @param checks what the broker says of its own health, by the name of the check
 * @param certificates the certificates of the node that was asked
 * @param missing what could not be read
 */
public record Details(
    SortedMap<String, Numbers<MemoryNumber>> memory,
    Map<Clients, Integer> connections,
    Map<Clients, Integer> channels,
    List<Policy> policies,
    List<FeatureFlag> featureFlags,
    List<DeprecatedFeature> deprecatedFeatures,
    List<Shovel> shovels,
    List<FederationLink> federationLinks,
    SortedMap<String, Boolean> checks,
    List<Certificate> certificates,
    List<Missing> missing) {

  /** Nothing has been read. */
  public static final Details NONE =
      new Details(
          Collections.emptySortedMap(),
          Map.of(),
          Map.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          Collections.emptySortedMap(),
          List.of(),
          List.of());

  /** Copies all collections. */
  public Details {
    memory = Collections.unmodifiableSortedMap(new TreeMap<>(memory));
    connections = Collections.unmodifiableMap(new TreeMap<>(connections));
    channels = Collections.unmodifiableMap(new TreeMap<>(channels));
    policies = List.copyOf(policies);
    featureFlags = List.copyOf(featureFlags);
    deprecatedFeatures = List.copyOf(deprecatedFeatures);
    shovels = List.copyOf(shovels);
    federationLinks = List.copyOf(federationLinks);
    checks = Collections.unmodifiableSortedMap(new TreeMap<>(checks));
    certificates = List.copyOf(certificates);
    missing = List.copyOf(missing);
  }

  /** A kind of connections or channels: those of one user in one vhost that are in one state. */
  public record Clients(String vhost, String user, String state) implements Comparable<Clients> {

    @Override
    public int compareTo(Clients other) {
      int byVhost = vhost.compareTo(other.vhost);
      int byUser = byVhost != 0 ? byVhost : user.compareTo(other.user);
      return byUser != 0 ? byUser : state.compareTo(other.state);
    }
  }

  /**
   * A policy.
   *
   * @param operator whether it is an operator policy
   */
  public record Policy(
      boolean operator, String vhost, String name, String pattern, String applyTo, long priority) {}

  /** A feature flag. */
  public record FeatureFlag(String name, String stability, boolean enabled) {}

  /** A deprecated feature that is in use, and how far its removal has got. */
  public record DeprecatedFeature(String name, String phase) {}

  /** A shovel, and whether it is {@code static} or {@code dynamic}. */
  public record Shovel(String vhost, String name, String type, String state) {}

  /** A link of federation; of exchange and queue one is empty. */
  public record FederationLink(
      String vhost, String upstream, String exchange, String queue, String state) {}

  /**
   * A certificate that a listener shows, or that it checks its clients by.
   *
   * @param authority whether it is one of the authorities
   * @param notAfter when it expires; the first one of several in its file
   */
  public record Certificate(
      String node, String protocol, long port, boolean authority, Instant notAfter) {}
}
