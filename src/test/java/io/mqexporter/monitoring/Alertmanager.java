package io.mqexporter.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import io.mqexporter.alerts.Alerts;
import io.mqexporter.brokers.Ports;
import io.mqexporter.brokers.Repository;
import io.mqexporter.brokers.ServerProcess;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A real Alertmanager with the shipped inhibitions. */
public final class Alertmanager implements AutoCloseable {

  private static final Duration READY_TIMEOUT = Duration.ofMinutes(3);

  private final ServerProcess process;
  private final URI url;
  private final JsonApi api = new JsonApi();

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
    var alerts = new ArrayList<JsonNode>();
    api.get(url.resolve("/api/v2/alerts?active=true&inhibited=true")).forEach(alerts::add);
    return alerts;
  }

  @Override
  public void close() {
    api.close();
    process.close();
  }
}
