package io.mqexporter.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mqexporter.brokers.Ports;
import io.mqexporter.brokers.Repository;
import io.mqexporter.brokers.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A real Prometheus that scrapes agents and evaluates the shipped rules, all every second or so.
 */
public final class Prometheus implements AutoCloseable {

  private static final Duration READY_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ServerProcess process;
  private final URI url;
  private final HttpClient client = HttpClient.newHttpClient();

  private Prometheus(ServerProcess process, URI url) {
    this.process = process;
    this.url = url;
  }

  /**
   * What one is to do.
   *
   * @param name the name of its folder under {@code target/run}
   * @param port where it listens
   * @param agentPort where the agent listens that it scrapes
   * @param alertmanagerPort where it sends alerts to; 0 if nowhere
   * @param interval how often it scrapes and evaluates
   * @param factor what the durations of the rules are divided by
   */
  public record Setup(
      String name, int port, int agentPort, int alertmanagerPort, Duration interval, int factor) {}

  /** Starts one and waits until it answers. */
  public static Prometheus start(Setup setup) {
    Path folder = Repository.emptyRunFolder(setup.name());
    ScaledRules.write(folder, setup.factor());
    String alerting =
        setup.alertmanagerPort() == 0
            ? ""
            : """
            alerting:
              alertmanagers:
                - static_configs:
                    - targets: ['127.0.0.1:%d']
            """
                .formatted(setup.alertmanagerPort());
    write(
        folder.resolve("prometheus.yml"),
        """
        global:
          scrape_interval: %1$dms
          scrape_timeout: %1$dms
          evaluation_interval: %1$dms
        rule_files: [messaging.yaml, kafka.yaml, rabbitmq.yaml, rocketmq.yaml, agent.yaml]
        scrape_configs:
          - job_name: mq-exporter
            static_configs:
              - targets: ['127.0.0.1:%2$d']
        """
                .formatted(setup.interval().toMillis(), setup.agentPort())
            + alerting);
    ServerProcess process =
        ServerProcess.start(
            "prometheus",
            folder,
            Map.of(),
            List.of(
                "prometheus",
                "--config.file=prometheus.yml",
                "--storage.tsdb.path=data",
                "--web.listen-address=127.0.0.1:" + setup.port()));
    process.awaitReady(READY_TIMEOUT, () -> Ports.isOpen(setup.port()));
    return new Prometheus(process, URI.create("http://127.0.0.1:" + setup.port()));
  }

  /** Returns what a Prometheus that somebody else started answers to a path. */
  public static JsonNode queryAt(URI url, String path) {
    try (var client = HttpClient.newHttpClient()) {
      return get(client, url.resolve(path));
    }
  }

  /** Returns where it is reached. */
  public URI url() {
    return url;
  }

  /**
   * Returns the series that an expression selects now.
   *
   * @throws IllegalStateException if Prometheus does not take it
   */
  public JsonNode query(String expression) {
    return get(client, url.resolve("/api/v1/query?query=" + encoded(expression)))
        .path("data")
        .path("result");
  }

  /** Returns the path that asks for an expression's values over the time until now. */
  static String rangePath(String expression, Instant now, Duration range, Duration step) {
    return "/api/v1/query_range?query=%s&start=%d&end=%d&step=%d"
        .formatted(
            encoded(expression),
            now.minus(range).getEpochSecond(),
            now.getEpochSecond(),
            step.toSeconds());
  }

  /** Returns the alerts that fire. */
  public List<String> firing() {
    return query("count by (alertname) (ALERTS{alertstate=\"firing\"})")
        .findValuesAsText("alertname");
  }

  /** Returns all alerts that fire or are about to, as its API tells. */
  public JsonNode alerts() {
    return get(client, url.resolve("/api/v1/alerts")).path("data").path("alerts");
  }

  @Override
  public void close() {
    client.close();
    process.close();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static JsonNode get(HttpClient client, URI uri) {
    try {
      HttpResponse<String> response =
          client.send(
              HttpRequest.newBuilder(uri).timeout(TIMEOUT).build(), BodyHandlers.ofString());
      JsonNode body = JSON.readTree(response.body());
      if (!body.path("status").asText().equals("success")) {
        throw new IllegalStateException(uri + ": " + response.body());
      }
      return body;
    } catch (IOException e) {
      throw new UncheckedIOException(uri + ": " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
