package io.mqexporter.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mqexporter.alerts.Alerts;
import io.mqexporter.brokers.Ports;
import io.mqexporter.brokers.Repository;
import io.mqexporter.brokers.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A real Alertmanager with the shipped inhibitions. */
public final class Alertmanager implements AutoCloseable {

  private static final Duration READY_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ServerProcess process;
  private final URI url;
  private final HttpClient client = HttpClient.newHttpClient();

  private Alertmanager(ServerProcess process, URI url) {
    this.process = process;
    this.url = url;
  }

  /**
   * Starts one and waits until it listens.
   *
   * @param name the name of its folder under {@code target/run}
   */
  public static Alertmanager start(String name, int port) {
    Path folder = Repository.emptyRunFolder(name);
    ServerProcess process =
        ServerProcess.start(
            "alertmanager",
            folder,
            Map.of(),
            List.of(
                "prometheus-alertmanager",
                "--config.file=" + Alerts.FOLDER.resolve("alertmanager.yml"),
                "--storage.path=data",
                "--cluster.listen-address=",
                "--web.listen-address=127.0.0.1:" + port));
    process.awaitReady(READY_TIMEOUT, () -> Ports.isOpen(port));
    return new Alertmanager(process, URI.create("http://127.0.0.1:" + port));
  }

  /** Returns where it is reached. */
  public URI url() {
    return url;
  }

  /** Returns the alerts that fire, those that are inhibited included. */
  public List<JsonNode> alerts() {
    try {
      var request =
          HttpRequest.newBuilder(url.resolve("/api/v2/alerts?active=true&inhibited=true"))
              .timeout(TIMEOUT)
              .build();
      var alerts = new ArrayList<JsonNode>();
      JSON.readTree(client.send(request, BodyHandlers.ofString()).body()).forEach(alerts::add);
      return alerts;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public void close() {
    client.close();
    process.close();
  }
}
