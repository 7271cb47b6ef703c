package io.mqexporter.brokers;

import java.nio.file.Path;

/** A real proxy of RocketMQ 5, in front of a whole cluster, which exposes its own metrics. */
public final class RocketMqProxy implements AutoCloseable {

  /** What it calls itself. */
  public static final String NAME = "proxy";

  private final RocketMqSideServer server;

  private RocketMqProxy(RocketMqSideServer server) {
    this.server = server;
  }

  /**
   * Starts a proxy of a running cluster and waits until it tells its metrics.
   *
   * @param name the name of its folder under {@code target/run}
   */
  public static RocketMqProxy start(String name, RocketMqCluster cluster) {
    Path folder = Repository.emptyRunFolder(name);
    int metricsPort = Ports.free();
    String configuration =
        """
        {
          "rocketMQClusterName": "%1$s",
          "proxyClusterName": "%1$s",
          "proxyName": "%2$s",
          "proxyMode": "CLUSTER",
          "namesrvAddr": "%3$s",
          "localServeAddr": "127.0.0.1",
          "grpcServerPort": %4$d,
          "remotingListenPort": %5$d,
          "metricsExporterType": "PROM",
          "metricsPromExporterPort": %6$d,
          "metricsPromExporterHost": "127.0.0.1"
        }
        """
            .formatted(
                RocketMqCluster.CLUSTER,
                NAME,
                cluster.nameServers(),
                Ports.free(),
                Ports.free(),
                metricsPort);
    return new RocketMqProxy(
        RocketMqSideServer.start(
            folder, "org.apache.rocketmq.proxy.ProxyStartup", "-pc", configuration, metricsPort));
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
