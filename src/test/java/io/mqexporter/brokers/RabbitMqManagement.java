package io.mqexporter.brokers;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A broker's management API, by which it is changed. What {@code rabbitmqctl} does takes seconds a
 * command, as it starts an Erlang node for each.
 */
public final class RabbitMqManagement {

  private static final Duration TIMEOUT = Duration.ofMinutes(1);
  private static final ObjectMapper JSON = new ObjectMapper();

  private RabbitMqManagement() {}

  /** Makes a vhost in which the user of new nodes may do all. */
  public static void addVhost(RabbitMqBroker broker, String vhost) {
    put(broker, Map.of(), "vhosts", vhost);
    put(
        broker,
        Map.of("configure", ".*", "write", ".*", "read", ".*"),
        "permissions",
        vhost,
        RabbitMqBroker.USERNAME);
  }

  /** Makes or changes a user; it has no permissions in vhosts. */
  public static void putUser(RabbitMqBroker broker, String name, String password, String tags) {
    put(broker, Map.of("password", password, "tags", tags), "users", name);
  }

  /**
   * Sets a policy for queues.
   *
   * @param kind {@code policies} or {@code operator-policies}
   * @param pattern of the queues' names
   */
  public static void putPolicy(
      RabbitMqBroker broker,
      String kind,
      String vhost,
      String name,
      String pattern,
      Map<String, ?> definition) {
    put(
        broker,
        Map.of("pattern", pattern, "apply-to", "queues", "definition", definition),
        kind,
        vhost,
        name);
  }

  /**
   * Returns whether it answers: for a moment after the start it does so with an error of its own.
   */
  static boolean isReady(RabbitMqBroker broker) {
    try {
      return send(broker, "GET", BodyPublishers.noBody(), "overview").statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private static void put(RabbitMqBroker broker, Map<String, ?> body, String... path) {
    try {
      var content = BodyPublishers.ofString(JSON.writeValueAsString(body));
      HttpResponse<String> response = send(broker, "PUT", content, path);
      if (response.statusCode() / 100 != 2) {
        throw new IllegalStateException(
            "%s: %d %s".formatted(response.uri(), response.statusCode(), response.body()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static HttpResponse<String> send(
      RabbitMqBroker broker, String method, BodyPublisher body, String... path) throws IOException {
    String login = RabbitMqBroker.USERNAME + ":" + RabbitMqBroker.PASSWORD;
    try (var client = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(broker.managementUrl().resolve(path(List.of(path))))
              // To the offer of HTTP/2 it says nothing and hangs up.
              .version(HttpClient.Version.HTTP_1_1)
              .timeout(TIMEOUT)
              .header(
                  "Authorization",
                  "Basic "
                      + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)))
              .header("Content-Type", "application/json")
              .method(method, body)
              .build();
      return client.send(request, BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static URI path(List<String> segments) {
    return URI.create(
        Stream.concat(Stream.of("api"), segments.stream())
            .map(segment -> URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20"))
            .collect(Collectors.joining("/", "/", "")));
  }
}
