package io.mqexporter.bench;

import io.mqexporter.brokers.Ports;
import io.mqexporter.brokers.ProcessMemory;
import io.mqexporter.brokers.Repository;
import io.mqexporter.brokers.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** The packaged agent with a folder of logs, at first an empty one. */
final class LogAgent implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofMinutes(5);

  private final Path logs;
  private final ServerProcess process;
  private final long idleBytes;

  /**
   * Starts it and waits until it has nothing to do.
   *
   * @param folder its own, which is empty
   * @param level from which level on events are forwarded
   * @param sink where to, as the configuration has it
   */
  LogAgent(Path folder, String level, String sink) throws IOException {
    logs = Files.createDirectories(folder.resolve("log"));
    Path state = folder.resolve("state");
    Path file = folder.resolve("mq-exporter.yaml");
    Files.writeString(
        file,
        """
        targets:
          - {name: orders, interval: 1h, kafka: {bootstrap_servers: '127.0.0.1:1'}}
        logs:
          state_folder: %s
          sources:
            - {target: orders, paths: '%s/*.log', time_zone: UTC, level: %s}
          sinks:
            - %s
        """
            .formatted(state, logs, level, sink));
    process =
        ServerProcess.start(
            "agent",
            folder,
            Map.of("JAVA_HOME", System.getProperty("java.home")),
            List.of(
                Repository.file("exporter/target/mq-exporter").toString(),
                "--config.file=" + file,
                "--web.listen-address=127.0.0.1:" + Ports.free()));
    process.awaitReady(TIMEOUT, () -> Files.exists(state.resolve("journal")));
    idleBytes = ProcessMemory.NOW.bytes(process.handle());
  }

  /** Gives it a log at once, and returns how many seconds it took until all was done. */
  double forward(Path log, BooleanSupplier isDone) throws IOException {
    long start = System.nanoTime();
    Files.move(log, logs.resolve(log.getFileName()), StandardCopyOption.ATOMIC_MOVE);
    process.awaitReady(TIMEOUT, isDone);
    return (System.nanoTime() - start) / 1e9;
  }

  /** Returns how much its memory has grown at most since it had nothing to do, in MB. */
  long grownMegabytes() {
    return (ProcessMemory.MOST.bytes(process.handle()) - idleBytes) / 1_000_000;
  }

  @Override
  public void close() {
    process.close();
  }
}
