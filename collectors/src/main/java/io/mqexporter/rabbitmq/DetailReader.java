package io.mqexporter.rabbitmq;

import io.mqexporter.collector.CollectionException;
import io.mqexporter.collector.Deadline;
import io.mqexporter.collector.Missing;
import io.mqexporter.collector.SlowBeat;
import io.mqexporter.rabbitmq.json.DetailJson;
import io.mqexporter.rabbitmq.snapshot.Details;
import io.mqexporter.rabbitmq.snapshot.Details.Certificate;
import io.mqexporter.rabbitmq.snapshot.Details.Clients;
import io.mqexporter.rabbitmq.snapshot.Details.DeprecatedFeature;
import io.mqexporter.rabbitmq.snapshot.Details.FeatureFlag;
import io.mqexporter.rabbitmq.snapshot.Details.FederationLink;
import io.mqexporter.rabbitmq.snapshot.Details.Policy;
import io.mqexporter.rabbitmq.snapshot.Details.Shovel;
import io.mqexporter.rabbitmq.snapshot.MemoryNumber;
import io.mqexporter.rabbitmq.snapshot.Node;
import io.mqexporter.rabbitmq.snapshot.Numbers;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Reads the details: one request for each node that runs and up to fourteen for the cluster, each
 * on a beat of its own. What the broker does not have, because a plugin is off or the release is
 * older, is not asked for again for an hour, and is not missing.
 */
final class DetailReader {

  /** Checks that say more than what is read anyway; the last two are there since RabbitMQ 4.1. */
  private static final List<String> CHECKS =
      List.of(
          "alarms",
          "virtual-hosts",
          "node-is-quorum-critical",
          "quorum-queues-without-elected-leaders/all-vhosts",
          "ready-to-serve-clients");

  /** A check fails with status 503, and says then what is wrong. */
  private static final Set<Integer> CHECKED = Set.of(200, 503);

  private static final Set<Integer> FOUND = Set.of(200);

  /** 3.10 knows no type of content for what it does not have. */
  private static final Set<Integer> ABSENT = Set.of(404, 406);

  private static final Duration ABSENCE_MEMORY = Duration.ofHours(1);

  private final ManagementHttp http;
  private final Duration interval;

  private final Map<String, Part<Boolean>> checks = new TreeMap<>();
  private final Part<List<Certificate>> certificates;
  private final Part<List<Shovel>> shovels;
  private final Part<List<FederationLink>> federationLinks;
  private final Part<List<Policy>> policies;
  private final Part<List<Policy>> operatorPolicies;
  private final Part<List<FeatureFlag>> featureFlags;
  private final Part<List<DeprecatedFeature>> deprecatedFeatures;
  private final Part<Map<Clients, Integer>> connections;
  private final Part<Map<Clients, Integer>> channels;
  private final Map<String, Part<Numbers<MemoryNumber>>> memory = new TreeMap<>();

  DetailReader(ManagementHttp http, Predicate<String> wantedVhost, Duration interval) {
    this.http = http;
    this.interval = interval;
    for (String check : CHECKS) {
      checks.put(
          check.replaceFirst("/.*", ""),
          new Part<>(
              "health check " + check,
              "health/checks/" + check,
              CHECKED,
              ABSENT,
              DetailJson::check));
    }
    certificates =
        new Part<>(
            "certificates",
            "health/checks/certificate-expiration/100/years",
            CHECKED,
            // Fails where a file holds a key beside the certificate.
            Set.of(404, 406, 500),
            DetailJson::certificates);
    shovels = new Part<>("shovels", "shovels", json -> DetailJson.shovels(json, wantedVhost));
    federationLinks =
        new Part<>(
            "federation links",
            "federation-links",
            json -> DetailJson.federationLinks(json, wantedVhost));
    policies =
        new Part<>("policies", "policies", json -> DetailJson.policies(json, false, wantedVhost));
    operatorPolicies =
        new Part<>(
            "operator policies",
            "operator-policies",
            json -> DetailJson.policies(json, true, wantedVhost));
    featureFlags =
        new Part<>(
            "feature flags",
            "feature-flags",
            FOUND,
            // 3.10 tells administrators only. A user with no more rights than this agent asks for
            // lacks nothing.
            Set.of(401, 404, 406),
            DetailJson::featureFlags);
    deprecatedFeatures =
        new Part<>(
            "deprecated features", "deprecated-features/used", DetailJson::deprecatedFeatures);
    // The broker cannot count them by these; so it sends as little of each as it can.
    connections =
        new Part<>(
            "connections",
            "connections?columns=vhost,user,state",
            json -> DetailJson.clients(json, wantedVhost));
    channels =
        new Part<>(
            "channels",
            "channels?columns=vhost,user,state",
            json -> DetailJson.clients(json, wantedVhost));
  }

  /**
   * Reads those of the details that are due.
   *
   * @param root the address of the API, which is asked
   * @return all details; of what does not answer by the deadline there is nothing but a gap
   */
  Details read(URI root, List<Node> nodes, Instant now, Deadline deadline)
      throws InterruptedException {
    follow(nodes);
    List<Part<?>> parts =
        // What tells of trouble first.
        Stream.of(
                checks.values().stream(),
                Stream.of(certificates, shovels, federationLinks),
                memory.values().stream(),
                Stream.of(
                    policies,
                    operatorPolicies,
                    featureFlags,
                    deprecatedFeatures,
                    connections,
                    channels))
            .<Part<?>>flatMap(some -> some)
            .toList();
    for (Part<?> part : parts) {
      part.read(root, now, deadline);
    }
    var allPolicies = new ArrayList<>(policies.value.orElse(List.of()));
    allPolicies.addAll(operatorPolicies.value.orElse(List.of()));
    return new Details(
        values(memory),
        connections.value.orElse(Map.of()),
        channels.value.orElse(Map.of()),
        allPolicies,
        featureFlags.value.orElse(List.of()),
        deprecatedFeatures.value.orElse(List.of()),
        shovels.value.orElse(List.of()),
        federationLinks.value.orElse(List.of()),
        values(checks),
        certificates.value.orElse(List.of()),
        parts.stream().flatMap(part -> part.missing.stream()).toList());
  }

  private void follow(List<Node> nodes) {
    List<String> running =
        nodes.stream().filter(node -> node.running().orElse(false)).map(Node::name).toList();
    memory.keySet().retainAll(running);
    for (String node : running) {
      String path = "nodes/" + URLEncoder.encode(node, StandardCharsets.UTF_8) + "/memory";
      memory.computeIfAbsent(
          node, name -> new Part<>("memory of " + name, path, DetailJson::memory));
    }
  }

  private static <T> SortedMap<String, T> values(Map<String, Part<T>> parts) {
    var values = new TreeMap<String, T>();
    parts.forEach((name, part) -> part.value.ifPresent(value -> values.put(name, value)));
    return values;
  }

  /** What one request returns, as it was read last. */
  private final class Part<T> {

    private final String what;
    private final String path;
    private final Set<Integer> replies;
    private final Set<Integer> none;
    private final ManagementHttp.Parser<T> parser;
    private final SlowBeat beat = new SlowBeat();
    private Optional<T> value = Optional.empty();
    private Optional<Missing> missing = Optional.empty();

    Part(String what, String path, ManagementHttp.Parser<T> parser) {
      this(what, path, FOUND, ABSENT, parser);
    }

    /**
     * Creates a part that has not been read.
     *
     * @param replies the statuses of a reply that is to be read
     * @param none the statuses that say that the broker does not have it
     */
    Part(
        String what,
        String path,
        Set<Integer> replies,
        Set<Integer> none,
        ManagementHttp.Parser<T> parser) {
      this.what = what;
      this.path = path;
      this.replies = replies;
      this.none = none;
      this.parser = parser;
    }

    void read(URI root, Instant now, Deadline deadline) throws InterruptedException {
      if (!beat.isDue(now)) {
        return;
      }
      value = Optional.empty();
      missing = Optional.empty();
      try {
        // One that hangs must not cost all that come after it.
        Deadline share = Deadline.after(deadline.remaining().dividedBy(3));
        value = http.find(root.resolve(path), replies, none, parser, share);
        beat.succeeded(now, value.isPresent() ? interval : ABSENCE_MEMORY);
      } catch (CollectionException e) {
        missing = Optional.of(new Missing(what, Objects.requireNonNullElse(e.getMessage(), "")));
        beat.failed(now, interval);
      }
    }
  }
}
