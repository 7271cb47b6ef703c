package io.mqexporter.rabbitmq.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import io.mqexporter.rabbitmq.snapshot.Details.Certificate;
import io.mqexporter.rabbitmq.snapshot.Details.Clients;
import io.mqexporter.rabbitmq.snapshot.Details.DeprecatedFeature;
import io.mqexporter.rabbitmq.snapshot.Details.FeatureFlag;
import io.mqexporter.rabbitmq.snapshot.Details.FederationLink;
import io.mqexporter.rabbitmq.snapshot.Details.Policy;
import io.mqexporter.rabbitmq.snapshot.Details.Shovel;
import io.mqexporter.rabbitmq.snapshot.MemoryNumber;
import io.mqexporter.rabbitmq.snapshot.Numbers;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** Parses the replies that make up the details. */
public final class DetailJson {

  private static final JsonShape MEMORY = JsonShape.of().and(MemoryNumber.values());
  private static final JsonShape CLIENT = JsonShape.of("vhost", "user", "state");
  private static final JsonShape POLICY =
      JsonShape.of("vhost", "name", "pattern", "apply-to", "priority");
  private static final JsonShape FEATURE_FLAG = JsonShape.of("name", "stability", "state");
  private static final JsonShape DEPRECATED = JsonShape.of("name", "deprecation_phase");
  private static final JsonShape SHOVEL = JsonShape.of("vhost", "name", "type", "state");
  private static final JsonShape FEDERATION_LINK =
      JsonShape.of("vhost", "upstream", "exchange", "queue", "status");
  private static final JsonShape CHECK = JsonShape.of("status");

  /** As {@code rabbit_mgmt_wm_health_check_certificate_expiration} writes it, in UTC. */
  private static final DateTimeFormatter EXPIRY = DateTimeFormatter.ofPattern("u-MM-dd H:mm:ss");

  private DetailJson() {}

  /** Parses the reply of {@code /api/nodes/<name>/memory}. */
  public static Numbers<MemoryNumber> memory(JsonParser parser) throws IOException {
    return object(parser, MEMORY).numbers(MemoryNumber.class);
  }

  /** Counts the connections of {@code /api/connections}, or the channels. */
  public static Map<Clients, Integer> clients(JsonParser parser, Predicate<String> wantedVhost)
      throws IOException {
    var counts = new HashMap<Clients, Integer>();
    ManagementJson.forEach(
        parser,
        CLIENT,
        json -> {
          if (wantedVhost.test(json.text("vhost"))) {
            counts.merge(
                new Clients(json.text("vhost"), json.text("user"), json.text("state")),
                1,
                Integer::sum);
          }
        });
    return counts;
  }

  /** Parses the reply of {@code /api/policies}, or that of {@code /api/operator-policies}. */
  public static List<Policy> policies(
      JsonParser parser, boolean operator, Predicate<String> wantedVhost) throws IOException {
    return list(
        parser,
        POLICY,
        wantedVhost,
        json ->
            new Policy(
                operator,
                json.text("vhost"),
                json.text("name"),
                json.text("pattern"),
                json.text("apply-to"),
                json.whole("priority").orElse(0)));
  }

  /** Parses the reply of {@code /api/feature-flags}. */
  public static List<FeatureFlag> featureFlags(JsonParser parser) throws IOException {
    return list(
        parser,
        FEATURE_FLAG,
        _ -> true,
        json ->
            new FeatureFlag(
                json.text("name"), json.text("stability"), json.text("state").equals("enabled")));
  }

  /** Parses the reply of {@code /api/deprecated-features/used}. */
  public static List<DeprecatedFeature> deprecatedFeatures(JsonParser parser) throws IOException {
    return list(
        parser,
        DEPRECATED,
        _ -> true,
        json -> new DeprecatedFeature(json.text("name"), json.text("deprecation_phase")));
  }

  /** Parses the reply of {@code /api/shovels}. */
  public static List<Shovel> shovels(JsonParser parser, Predicate<String> wantedVhost)
      throws IOException {
    return list(
        parser,
        SHOVEL,
        wantedVhost,
        json ->
            new Shovel(
                json.text("vhost"), json.text("name"), json.text("type"), json.text("state")));
  }

  /** Parses the reply of {@code /api/federation-links}. */
  public static List<FederationLink> federationLinks(
      JsonParser parser, Predicate<String> wantedVhost) throws IOException {
    return list(
        parser,
        FEDERATION_LINK,
        wantedVhost,
        json ->
            new FederationLink(
                json.text("vhost"),
                json.text("upstream"),
                json.text("exchange"),
                json.text("queue"),
                json.text("status")));
  }

  /** Parses the reply of a health check: whether all is well. */
  public static boolean check(JsonParser parser) throws IOException {
    return isOk(object(parser, CHECK).text("status"));
  }

  /** Parses the reply of the check for certificates that expire within a time, which names them. */
  public static List<Certificate> certificates(JsonParser parser) throws IOException {
    JsonNode reply = parser.readValueAsTree();
    var certificates = new ArrayList<Certificate>();
    if (isOk(reply.path("status").asText())) {
      return certificates;
    }
    for (JsonNode listener : reply.path("expired")) {
      for (boolean authority : new boolean[] {false, true}) {
        String dates = authority ? "cacertfile_expires_on" : "certfile_expires_on";
        earliest(listener.path(dates))
            .ifPresent(notAfter ->
                certificates.add(
                    new Certificate(
                        listener.path("node").asText(),
                        listener.path("protocol").asText(),
                        listener.path("port").asLong(),
                        authority,
                        notAfter)));
      }
    }
    return certificates;
  }

  private static Optional<Instant> earliest(JsonNode dates) {
    Optional<Instant> earliest = Optional.empty();
    for (JsonNode date : dates) {
      try {
        Instant instant = LocalDateTime.parse(date.asText(), EXPIRY).toInstant(ZoneOffset.UTC);
        earliest = earliest.filter(other -> other.isBefore(instant)).or(() -> Optional.of(instant));
      } catch (DateTimeException e) {
        // A file that is no certificate: the broker writes what is wrong with it.
        return Optional.empty();
      }
    }
    return earliest;
  }

  private static boolean isOk(String status) throws IOException {
    return switch (status) {
      case "ok" -> true;
      case "failed" -> false;
      default -> throw new UnexpectedJsonException("status ok or failed");
    };
  }

  private static JsonFields object(JsonParser parser, JsonShape shape) throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new UnexpectedJsonException("an object");
    }
    return shape.read(parser);
  }

  private static <T> List<T> list(
      JsonParser parser,
      JsonShape shape,
      Predicate<String> wantedVhost,
      Function<JsonFields, T> element)
      throws IOException {
    var elements = new ArrayList<T>();
    ManagementJson.forEach(
        parser,
        shape,
        json -> {
          if (wantedVhost.test(json.text("vhost"))) {
            elements.add(element.apply(json));
          }
        });
    return elements;
  }
}
