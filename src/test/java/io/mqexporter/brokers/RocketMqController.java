package io.mqexporter.brokers;

import java.nio.file.Path;

/** A real controller of RocketMQ 5, the only one of its group, which exposes its own metrics. */
public final class RocketMqController implements AutoCloseable {

  private final RocketMqSideServer server;
  private final int port;

  private RocketMqController(RocketMqSideServer server, int port) {
    this.server = server;
    this.port = port;
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
    String configuration =
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
            .formatted(port, metricsPort, folder.resolve("store"));
    return new RocketMqController(
        RocketMqSideServer.start(
            folder,
            "org.apache.rocketmq.controller.ControllerStartup",
            "-c",
            configuration,
            metricsPort),
        port);
  }

  /** Returns {@code host:port}. */
  public String address() {
    return "127.0.0.1:" + port;
  }

  /** Returns {@code host:port} of its own metrics. */
  public String metricsAddress() {
    return server.metricsAddress();
  }

  /** Ends it at once, as {@code kill -9} does. */
  public void kill() {
    server.kill();
  }

  @Override
  public void close() {
    server.close();
  }
}
