package io.mqexporter.brokers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A server of RocketMQ 5 beside name servers and brokers, which tells metrics of its own. */
final class RocketMqSideServer implements AutoCloseable {

  private static final Duration READY_TIMEOUT = Duration.ofMinutes(3);

  private final ServerProcess process;
  private final int metricsPort;

  private RocketMqSideServer(ServerProcess process, int metricsPort) {
    this.process = process;
    this.metricsPort = metricsPort;
  }

  /**
   * Starts one and waits until it tells its metrics.
   *
   * @param folder an empty folder for what it writes
   * @param option the option by which it is given its configuration
   * @param configuration the content of that file
   * @param metricsPort the port that the configuration gives to its metrics
   */
  static RocketMqSideServer start(
      Path folder, String mainClass, String option, String configuration, int metricsPort) {
    Path file = folder.resolve("server.conf");
    try {
      Files.writeString(file, configuration);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    RocketMqNode.quieten(folder);
    var command =
        new ArrayList<>(
            List.of(
                ServerProcess.java(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-Duser.home=" + folder,
                "-cp",
                RocketMqRelease.CURRENT.classPath()));
    command.addAll(List.of(mainClass, option, file.toString()));
    String home = folder.toString();
    ServerProcess process =
        ServerProcess.start(
            "server", folder, Map.of("ROCKETMQ_HOME", home, "RMQ_PROXY_HOME", home), command);
    process.awaitReady(READY_TIMEOUT, () -> Ports.isOpen(metricsPort));
    return new RocketMqSideServer(process, metricsPort);
  }

  /** Returns {@code host:port} of its own metrics. */
  String metricsAddress() {
    return "127.0.0.1:" + metricsPort;
  }

  /** Ends it at once, as {@code kill -9} does. */
  void kill() {
    process.kill();
  }

  @Override
  public void close() {
    kill();
  }
}
