package io.mqexporter.rabbitmq;

import io.mqexporter.collector.CollectionException;
import io.mqexporter.collector.Deadline;
import io.mqexporter.collector.Missing;
import io.mqexporter.rabbitmq.json.DetailJson;
import io.mqexporter.rabbitmq.snapshot.Details;
import io.mqexporter.rabbitmq.snapshot.Details.Certificate;
import io.mqexporter.rabbitmq.snapshot.Details.Clients;
import io.mqexporter.rabbitmq.snapshot.Details.DeprecatedFeature;
import io.mqexporter.rabbitmq.snapshot.Details.FeatureFlag;
import io.mqexporter.rabbitmq.snapshot.Details.FederationLink;
import io.mqexporter.rabbitmq.snapshot.Details.Shovel;
import io.mqexporter.rabbitmq.snapshot.MemoryNumber;
import io.mqexporter.rabbitmq.snapshot.Node;
import io.mqexporter.rabbitmq.snapshot.Numbers;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Reads the details: one request for each node that runs and up to fourteen for the cluster. What
 * the broker does not have, because a plugin is off or the release is older, is not asked for again
 * for an hour, and is not missing.
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

  private static final String CERTIFICATES = "health/checks/certificate-expiration/100/years";
  private static final String FEATURE_FLAGS = "feature-flags";

  /** A check fails with status 503, and says then what is wrong. */
  private static final Set<Integer> CHECKED = Set.of(200, 503);

  private static final Duration ABSENCE_MEMORY = Duration.ofHours(1);

  private final ManagementHttp http;
  private final URI root;
  private final Predicate<String> wantedVhost;
  private final Clock clock;
  private final Map<String, Instant> absentUntil = new HashMap<>();

  DetailReader(ManagementHttp http, URI root, Predicate<String> wantedVhost, Clock clock) {
    this.http = http;
    this.root = root;
    this.wantedVhost = wantedVhost;
    this.clock = clock;
  }

  /** Reads the details; what does not answer by the deadline is missing in them. */
  Details read(List<Node> nodes, Deadline deadline) throws InterruptedException {
    var reading = new Reading(deadline);
    // What tells of trouble first.
    var checks = new TreeMap<String, Boolean>();
    for (String check : CHECKS) {
      reading
          .find("health check " + check, "health/checks/" + check, CHECKED, DetailJson::check)
          .ifPresent(ok -> checks.put(check.replaceFirst("/.*", ""), ok));
    }
    List<Certificate> certificates =
        reading
            .find("certificates", CERTIFICATES, CHECKED, DetailJson::certificates)
            .orElse(List.of());
    List<Shovel> shovels =
        reading.list("shovels", "shovels", json -> DetailJson.shovels(json, wantedVhost));
    List<FederationLink> federationLinks =
        reading.list(
            "federation links",
            "federation-links",
            json -> DetailJson.federationLinks(json, wantedVhost));
    var memory = new TreeMap<String, Numbers<MemoryNumber>>();
    for (Node node : nodes) {
      if (node.running().orElse(false)) {
        String path = "nodes/" + URLEncoder.encode(node.name(), StandardCharsets.UTF_8) + "/memory";
        reading
            .find("memory of " + node.name(), path, Set.of(200), DetailJson::memory)
            .ifPresent(numbers -> memory.put(node.name(), numbers));
      }
    }
    var policies =
        new ArrayList<>(
            reading.list(
                "policies", "policies", json -> DetailJson.policies(json, false, wantedVhost)));
    policies.addAll(
        reading.list(
            "operator policies",
            "operator-policies",
            json -> DetailJson.policies(json, true, wantedVhost)));
    List<FeatureFlag> featureFlags =
        reading.list("feature flags", FEATURE_FLAGS, DetailJson::featureFlags);
    List<DeprecatedFeature> deprecatedFeatures =
        reading.list(
            "deprecated features", "deprecated-features/used", DetailJson::deprecatedFeatures);
    return new Details(
        memory,
        reading.clients("connections"),
        reading.clients("channels"),
        policies,
        featureFlags,
        deprecatedFeatures,
        shovels,
        federationLinks,
        checks,
        certificates,
        reading.missing);
  }

  /** One reading of the details. */
  private final class Reading {

    private final Deadline deadline;
    private final Instant now = clock.instant();
    private final List<Missing> missing = new ArrayList<>();

    Reading(Deadline deadline) {
      this.deadline = deadline;
    }

    Map<Clients, Integer> clients(String what) throws InterruptedException {
      // The broker cannot count them by these; so it sends as little of each as it can.
      return find(
              what,
              what + "?columns=vhost,user,state",
              Set.of(200),
              json -> DetailJson.clients(json, wantedVhost))
          .orElse(Map.of());
    }

    <T> List<T> list(String what, String path, ManagementHttp.Parser<List<T>> parser)
        throws InterruptedException {
      return find(what, path, Set.of(200), parser).orElse(List.of());
    }

    <T> Optional<T> find(
        String what, String path, Set<Integer> replies, ManagementHttp.Parser<T> parser)
        throws InterruptedException {
      if (absentUntil.getOrDefault(path, Instant.MIN).isAfter(now)) {
        return Optional.empty();
      }
      try {
        // One that hangs must not cost all that come after it.
        Deadline part = Deadline.after(deadline.remaining().dividedBy(3));
        Optional<T> found = http.find(root.resolve(path), replies, none(path), parser, part);
        if (found.isEmpty()) {
          absentUntil.put(path, now.plus(ABSENCE_MEMORY));
        }
        return found;
      } catch (CollectionException e) {
        missing.add(new Missing(what, Objects.requireNonNullElse(e.getMessage(), "")));
        return Optional.empty();
      }
    }

    /** Returns with which answers the broker says that it does not have something. */
    private static Set<Integer> none(String path) {
      return switch (path) {
        // 3.10 tells administrators only. A user with no more rights than this agent asks for
        // lacks nothing.
        case FEATURE_FLAGS -> Set.of(401, 404, 406);
        // Fails where a file holds a key beside the certificate.
        case CERTIFICATES -> Set.of(404, 406, 500);
        // 3.10 knows no type of content for what it does not have.
        default -> Set.of(404, 406);
      };
    }
  }
}
