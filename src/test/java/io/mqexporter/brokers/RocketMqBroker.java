package io.mqexporter.brokers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A real RocketMQ of one name server and one master broker, each a process of its own, on the
 * loopback address.
 */
public final class RocketMqBroker implements AutoCloseable {

  /** The cluster's name in RocketMQ's own terms. */
  public static final String CLUSTER = "test-cluster";

  /** The broker's name in RocketMQ's own terms. */
  public static final String BROKER = "broker-a";

  private static final Duration READY_TIMEOUT = Duration.ofSeconds(90);

  /** The user that may do everything where access is controlled. */
  public static final String USER = "admin";

  /** The secret of that user. */
  public static final String SECRET = "admin-secret";

  private final Path folder;
  private final int nameServerPort;
  private final int brokerPort;
  private final int replicationPort;
  private ServerProcess nameServer;
  private ServerProcess broker;

  private RocketMqBroker(Path folder, String furtherSettings) {
    this.folder = folder;
    this.nameServerPort = Ports.free();
    this.brokerPort = freeWithNeighbour();
    this.replicationPort = Ports.free();
    writeConfigurations(furtherSettings);
    nameServer = startNameServer();
    broker = startBroker();
  }

  /**
   * Starts a cluster without any data and waits until it accepts messages.
   *
   * @param name the name of its folder under {@code target/run}
   */
  public static RocketMqBroker start(String name) {
    return new RocketMqBroker(Repository.emptyRunFolder(name), "");
  }

  /**
   * Starts a cluster whose broker answers only what {@link #USER} has signed with {@link #SECRET}.
   *
   * @param name the name of its folder under {@code target/run}
   */
  public static RocketMqBroker startWithAccessControl(String name) {
    Path folder = Repository.emptyRunFolder(name);
    String providers = "org.apache.rocketmq.auth.authentication.provider";
    return new RocketMqBroker(
        folder,
        """
        authenticationEnabled=true
        authenticationProvider=%1$s.DefaultAuthenticationProvider
        authenticationMetadataProvider=%1$s.LocalAuthenticationMetadataProvider
        initAuthenticationUser={"username":"%2$s","password":"%3$s"}
        innerClientAuthenticationCredentials={"accessKey":"%2$s","secretKey":"%3$s"}
        authConfigPath=%4$s
        """
            .formatted(providers, USER, SECRET, folder.resolve("auth")));
  }

  /** Returns {@code host:port} of the name server. */
  public String nameServer() {
    return "127.0.0.1:" + nameServerPort;
  }

  /** Returns {@code host:port} of the broker. */
  public String broker() {
    return "127.0.0.1:" + brokerPort;
  }

  /** Returns the folder of data, configurations and logs. */
  public Path folder() {
    return folder;
  }

  /** Ends broker and name server as an operator would. The data stay. */
  public void stop() {
    broker.close();
    nameServer.close();
  }

  /** Ends broker and name server at once, as {@code kill -9} does. The data stay. */
  public void kill() {
    killBroker();
    nameServer.kill();
  }

  /** Ends the broker at once and leaves the name server alone. */
  public void killBroker() {
    broker.kill();
  }

  /** Starts broker and name server again, after both have ended, on the same data and ports. */
  public void restart() {
    nameServer = startNameServer();
    broker = startBroker();
  }

  /** Starts the broker again, after {@link #killBroker}, on the same data and port. */
  public void restartBroker() {
    broker = startBroker();
  }

  @Override
  public void close() {
    stop();
  }

  private ServerProcess startNameServer() {
    ServerProcess process =
        ServerProcess.start(
            "name-server",
            folder,
            environment(),
            command(
                List.of("-Xmx128m"),
                "org.apache.rocketmq.namesrv.NamesrvStartup",
                folder.resolve("name-server.conf")));
    process.awaitReady(READY_TIMEOUT, () -> Ports.isOpen(nameServerPort));
    return process;
  }

  private ServerProcess startBroker() {
    Path log = folder.resolve("broker.log");
    int before = Files.exists(log) ? read(log).length() : 0;
    ServerProcess process =
        ServerProcess.start(
            "broker",
            folder,
            environment(),
            command(
                List.of("-Xmx512m", "-XX:MaxDirectMemorySize=256m"),
                "org.apache.rocketmq.broker.BrokerStartup",
                folder.resolve("broker.conf")));
    // It opens the port before it has registered itself, and is of no use until then.
    process.awaitReady(
        READY_TIMEOUT,
        () -> Ports.isOpen(brokerPort) && read(log).indexOf("boot success", before) >= 0);
    return process;
  }

  private Map<String, String> environment() {
    return Map.of("ROCKETMQ_HOME", folder.toString());
  }

  /** Returns a command that keeps all logs, which go to the user's home, in this folder. */
  private List<String> command(List<String> memory, String mainClass, Path configuration) {
    var command =
        new ArrayList<>(
            List.of(ServerProcess.java(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(memory);
    command.addAll(
        List.of(
            "-Duser.home=" + folder,
            "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "-cp",
            Repository.classPathOf("rocketmq"),
            mainClass,
            "-c",
            configuration.toString()));
    return command;
  }

  private void writeConfigurations(String furtherSettings) {
    write("name-server.conf", "listenPort=%d%nbindAddress=127.0.0.1%n".formatted(nameServerPort));
    // The two intervals at the end: with the defaults an idle broker keeps half a core busy.
    write(
        "broker.conf",
        """
        brokerClusterName=%s
        brokerName=%s
        brokerId=0
        brokerRole=ASYNC_MASTER
        namesrvAddr=%s
        brokerIP1=127.0.0.1
        brokerIP2=127.0.0.1
        bindAddress=127.0.0.1
        listenPort=%d
        haListenPort=%d
        storePathRootDir=%s
        autoCreateTopicEnable=true
        autoCreateSubscriptionGroup=true
        defaultTopicQueueNums=4
        mappedFileSizeCommitLog=16777216
        mappedFileSizeConsumeQueue=200000
        diskMaxUsedSpaceRatio=98
        transactionOpBatchInterval=3600000
        timerFlushIntervalMs=10000
        """
                .formatted(
                    CLUSTER,
                    BROKER,
                    nameServer(),
                    brokerPort,
                    replicationPort,
                    folder.resolve("store"))
            + furtherSettings);
  }

  private void write(String file, String content) {
    try {
      Files.writeString(folder.resolve(file), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns a free port of which the one two below is free too: the broker listens on both. */
  private static int freeWithNeighbour() {
    for (int attempt = 0; attempt < 100; attempt++) {
      int port = Ports.free();
      if (!Ports.isOpen(port - 2)) {
        return port;
      }
    }
    throw new IllegalStateException("no two free ports were found");
  }
}
