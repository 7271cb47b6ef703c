package io.mqexporter.brokers;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The process by which Erlang nodes find each other; the nodes of a cluster share one. */
final class RabbitMqPortMapper implements AutoCloseable {

  private static final Duration START_TIMEOUT = Duration.ofMinutes(3);

  private final int port = Ports.free();
  private final ServerProcess process;

  RabbitMqPortMapper(Path folder) {
    process =
        ServerProcess.start(
            "epmd", folder, Map.of(), List.of("epmd", "-port", "" + port, "-address", "127.0.0.1"));
    process.awaitReady(START_TIMEOUT, () -> Ports.isOpen(port));
  }

  int port() {
    return port;
  }

  @Override
  public void close() {
    process.close();
  }
}
