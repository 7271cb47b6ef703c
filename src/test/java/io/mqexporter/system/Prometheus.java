package io.mqexporter.system;

import io.mqexporter.brokers.Ports;
import io.mqexporter.brokers.Repository;
import io.mqexporter.brokers.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A Prometheus server that scrapes every second. */
final class Prometheus implements AutoCloseable {

  private final ServerProcess process;
  private final int port;

  private Prometheus(ServerProcess process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts a server and waits until it can be asked.
   *
   * @param jobs the scrape configurations, indented by two spaces
   */
  static Prometheus start(String name, String jobs) {
    Path folder = Repository.emptyRunFolder(name);
    try {
      Files.writeString(
          folder.resolve("prometheus.yml"),
          """
          global:
            scrape_interval: 1s
          scrape_configs:
          %s\
          """
              .formatted(jobs));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    int port = Ports.free();
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
    process.awaitReady(Duration.ofSeconds(30), () -> Ports.isOpen(port));
    return new Prometheus(process, port);
  }

  /** Returns the port that it listens on. */
  int port() {
    return port;
  }

  @Override
  public void close() {
    process.close();
  }
}
