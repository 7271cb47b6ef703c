package io.mqexporter.monitoring;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import io.mqexporter.brokers.Ports;
import io.mqexporter.brokers.Repository;
import io.mqexporter.brokers.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
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

  private static final Duration READY_TIMEOUT = Duration.ofMinutes(3);

  private final ServerProcess process;
  private final URI url;
  private final JsonApi api = new JsonApi();

  private Prometheus(ServerProcess process, URI url) {
    this.process = process;
    this.url = url;
  }

  /**
   * What one is to do.
   *
   * @param name the name of its folder under {@code target/run}
   * @param port where it listens
   * @param agentPorts where the agents listen that it scrapes
   * @param alertmanagerPort where it sends alerts to; 0 if nowhere
   * @param interval how often it scrapes and evaluates
   * @param factor what the durations of the rules are divided by
   */
  public record Setup(
      String name,
      int port,
      List<Integer> agentPorts,
      int alertmanagerPort,
      Duration interval,
      int factor) {}

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
    String targets =
        setup.agentPorts().stream().map("'127.0.0.1:%d'"::formatted).collect(joining(", "));
    return start(
        folder,
        setup.port(),
        """
        global:
          scrape_interval: %1$dms
          scrape_timeout: %1$dms
          evaluation_interval: %1$dms
        rule_files: [messaging.yaml, kafka.yaml, rabbitmq.yaml, rocketmq.yaml, agent.yaml]
        scrape_configs:
          - job_name: mq-exporter
            static_configs:
              - targets: [%2$s]
        """
                .formatted(setup.interval().toMillis(), targets)
            + alerting);
  }

  /**
   * Starts one that has no rules and scrapes every second.
   *
   * @param name the name of its folder under {@code target/run}
   * @param jobs the scrape configurations, indented by two spaces
   */
  public static Prometheus scraping(String name, String jobs) {
    return start(
        Repository.emptyRunFolder(name),
        Ports.free(),
        """
        global:
          scrape_interval: 1s
        scrape_configs:
        %s\
        """
            .formatted(jobs));
  }

  private static Prometheus start(Path folder, int port, String configuration) {
    write(folder.resolve("prometheus.yml"), configuration);
    ServerProcess process =
        ServerProcess.start(
            "prometheus",
            folder,
            Map.of(),
            List.of(
                "prometheus",
                "--config.file=prometheus.yml",
                "--storage.tsdb.path=data",
                "--web.listen-address=127.0.0.1:" + port));
    var prometheus = new Prometheus(process, URI.create("http://127.0.0.1:" + port));
    // It listens before it has read its storage, and refuses queries until then.
    process.awaitReady(
        READY_TIMEOUT, () -> prometheus.api.isReady(prometheus.url.resolve("/-/ready")));
    return prometheus;
  }

  /** Returns what a Prometheus that somebody else started answers to a path. */
  public static JsonNode queryAt(URI url, String path) {
    try (var api = new JsonApi()) {
      return get(api, url.resolve(path));
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
    return get(api, url.resolve("/api/v1/query?query=" + encoded(expression)))
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
    return get(api, url.resolve("/api/v1/alerts")).path("data").path("alerts");
  }

  @Override
  public void close() {
    api.close();
    process.close();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static JsonNode get(JsonApi api, URI uri) {
    JsonNode body = api.get(uri);
    if (!body.path("status").asText().equals("success")) {
      throw new IllegalStateException(uri + ": " + body);
    }
    return body;
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
