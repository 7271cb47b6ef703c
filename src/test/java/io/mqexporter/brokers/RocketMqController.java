package io.mqexporter.brokers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A real controller of RocketMQ 5, the only one of its group, which exposes its own metrics. */
public final class RocketMqController implements AutoCloseable {

  private static final Duration READY_TIMEOUT = Duration.ofSeconds(60);

  private final ServerProcess process;
  private final int port;
  private final int metricsPort;

  private RocketMqController(ServerProcess process, int port, int metricsPort) {
    this.process = process;
    this.port = port;
    this.metricsPort = metricsPort;
  }

  /**
   * Starts a controller and waits until it tells its metrics.
   *
   * @param name the name of its folder under {@code target/run}
   */
  public static RocketMqController start(String name) {
    Path folder = Repository.emptyRunFolder(name);
    int port = Ports.free();
    int metricsPort = Ports.free();
    Path configuration = folder.resolve("controller.conf");
    try {
      Files.writeString(
          configuration,
          """
          controllerDLegerGroup=group
          controllerDLegerPeers=n0-127.0.0.1:%1$d
          controllerDLegerSelfId=n0
          controllerStorePath=%3$s
          listenPort=%1$d
          bindAddress=127.0.0.1
          metricsExporterType=PROM
          metricsPromExporterPort=%2$d
          metricsPromExporterHost=127.0.0.1
          """
              .formatted(port, metricsPort, folder.resolve("store")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    RocketMqNode.quieten(folder);
    ServerProcess process =
        ServerProcess.start(
            "controller",
            folder,
            Map.of("ROCKETMQ_HOME", folder.toString()),
            List.of(
                ServerProcess.java(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-Duser.home=" + folder,
                "-cp",
                RocketMqRelease.CURRENT.classPath(),
                "org.apache.rocketmq.controller.ControllerStartup",
                "-c",
                configuration.toString()));
    process.awaitReady(READY_TIMEOUT, () -> Ports.isOpen(metricsPort));
    return new RocketMqController(process, port, metricsPort);
  }

  /** Returns {@code host:port}. */
  public String address() {
    return "127.0.0.1:" + port;
  }

  /** Returns {@code host:port} of its own metrics. */
  public String metricsAddress() {
    return "127.0.0.1:" + metricsPort;
  }

  /** Ends it at once, as {@code kill -9} does. */
  public void kill() {
    process.kill();
  }

  @Override
  public void close() {
    process.close();
  }
}
