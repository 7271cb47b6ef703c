package io.mqexporter.brokers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.Uuid;

/**
 * A Kafka cluster of one node in a process of its own: broker and KRaft controller in one. Topics
 * are not created by use.
 */
public final class KafkaBroker implements AutoCloseable {

  /** The user that the authenticated address knows. */
  public static final String USER = "agent";

  /** Its password. */
  public static final String PASSWORD = "agent-password";

  private static final Duration FORMAT_TIMEOUT = Duration.ofSeconds(60);
  private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

  private final String name;
  private final Path folder;
  private final int port;
  private final int authenticatedPort;
  private ServerProcess process;

  private KafkaBroker(String name, Path folder, int port, int authenticatedPort) {
    this.name = name;
    this.folder = folder;
    this.port = port;
    this.authenticatedPort = authenticatedPort;
    this.process = launch();
  }

  /**
   * Starts a broker with no data on a free port, and waits until it is ready.
   *
   * @param name what it is called in messages; its files are below {@code target/run/<name>}
   */
  public static KafkaBroker start(String name) {
    return start(name, Ports.free());
  }

  /** Starts a broker with no data on a given port, and waits until it is ready. */
  public static KafkaBroker start(String name, int port) {
    return start(name, port, port);
  }

  /**
   * Starts a broker with no data that tells its clients to connect to another port of the loopback
   * address, where a proxy stands before it already.
   */
  public static KafkaBroker start(String name, int port, int advertisedPort) {
    Path folder = Repository.emptyRunFolder(name);
    int authenticatedPort = Ports.free();
    writeProperties(folder, port, advertisedPort, authenticatedPort);
    Command.run(
        FORMAT_TIMEOUT,
        Map.of(),
        java(
            "-Xmx128m",
            "kafka.tools.StorageTool",
            "format",
            "-t",
            Uuid.randomUuid().toString(),
            "-c",
            folder.resolve("server.properties").toString()));
    var broker = new KafkaBroker(name, folder, port, authenticatedPort);
    broker.awaitReady();
    return broker;
  }

  /** Returns the address that clients connect to. */
  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  /**
   * Returns the address at which clients must authenticate: by SASL PLAIN, as the user {@value
   * #USER} with the password {@value #PASSWORD}.
   */
  public String authenticatedBootstrapServers() {
    return "127.0.0.1:" + authenticatedPort;
  }

  /** Returns a new client that changes and reads what the broker holds. */
  public Admin admin() {
    return Admin.create(
        Map.<String, Object>of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers()));
  }

  /** Stops the broker as an operator would. */
  public void stop() {
    process.close();
  }

  /** Ends the broker at once, as {@code kill -9} does. */
  public void kill() {
    process.kill();
  }

  /** Starts the broker again after it has ended, on the same port and with the same data. */
  public void restart() {
    process = launch();
    awaitReady();
  }

  /** Returns the operating system's handle of the broker. */
  public ProcessHandle handle() {
    return process.handle();
  }

  @Override
  public void close() {
    stop();
  }

  private ServerProcess launch() {
    return ServerProcess.start(
        name,
        folder,
        Map.of(),
        java("-Xmx512m", "kafka.Kafka", folder.resolve("server.properties").toString()));
  }

  private void awaitReady() {
    try {
      process.awaitReady(START_TIMEOUT, () -> Ports.isOpen(port) && answers());
    } catch (IllegalStateException e) {
      process.kill();
      throw e;
    }
  }

  private boolean answers() {
    try (Admin admin = admin()) {
      return !admin.describeCluster().nodes().get(5, TimeUnit.SECONDS).isEmpty();
    } catch (ExecutionException | TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + name + " was starting", e);
    }
  }

  private static List<String> java(String heap, String... mainClassAndArguments) {
    return Stream.concat(
            Stream.of(
                ServerProcess.java(),
                heap,
                "-XX:TieredStopAtLevel=1",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-cp",
                Repository.classPathOf("kafka")),
            Stream.of(mainClassAndArguments))
        .toList();
  }

  private static void writeProperties(
      Path folder, int port, int advertisedPort, int authenticatedPort) {
    int controllerPort = Ports.free();
    String properties =
        """
        process.roles=broker,controller
        node.id=1
        listeners=PLAINTEXT://127.0.0.1:%1$d,SASL_PLAINTEXT://127.0.0.1:%5$d,CONTROLLER://127.0.0.1:%2$d
        advertised.listeners=PLAINTEXT://127.0.0.1:%4$d,SASL_PLAINTEXT://127.0.0.1:%5$d
        listener.security.protocol.map=PLAINTEXT:PLAINTEXT,SASL_PLAINTEXT:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT
        inter.broker.listener.name=PLAINTEXT
        sasl.enabled.mechanisms=PLAIN
        listener.name.sasl_plaintext.plain.sasl.jaas.config=\
        org.apache.kafka.common.security.plain.PlainLoginModule required user_%6$s="%7$s";
        controller.listener.names=CONTROLLER
        controller.quorum.voters=1@127.0.0.1:%2$d
        log.dirs=%3$s
        auto.create.topics.enable=false
        offsets.topic.num.partitions=8
        offsets.topic.replication.factor=1
        transaction.state.log.num.partitions=2
        transaction.state.log.replication.factor=1
        transaction.state.log.min.isr=1
        share.coordinator.state.topic.num.partitions=2
        share.coordinator.state.topic.replication.factor=1
        share.coordinator.state.topic.min.isr=1
        group.initial.rebalance.delay.ms=0
        group.consumer.min.heartbeat.interval.ms=500
        group.consumer.heartbeat.interval.ms=500
        group.share.min.heartbeat.interval.ms=500
        group.share.heartbeat.interval.ms=500
        log.cleaner.dedupe.buffer.size=16777216
        """
            .formatted(
                port,
                controllerPort,
                folder.resolve("data"),
                advertisedPort,
                authenticatedPort,
                USER,
                PASSWORD);
    try {
      Files.writeString(folder.resolve("server.properties"), properties);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
