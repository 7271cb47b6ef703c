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
 * A Kafka cluster of one node in a process of its own: broker and KRaft controller in one, without
 * any security. Topics are not created by use.
 */
public final class KafkaBroker implements AutoCloseable {

  private static final Duration FORMAT_TIMEOUT = Duration.ofSeconds(60);
  private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

  private final String name;
  private final Path folder;
  private final int port;
  private ServerProcess process;

  private KafkaBroker(String name, Path folder, int port) {
    this.name = name;
    this.folder = folder;
    this.port = port;
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
    writeProperties(folder, port, advertisedPort);
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
    var broker = new KafkaBroker(name, folder, port);
    broker.awaitReady();
    return broker;
  }

  /** Returns the address that clients connect to. */
  public String bootstrapServers() {
    return "127.0.0.1:" + port;
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

  private static void writeProperties(Path folder, int port, int advertisedPort) {
    int controllerPort = Ports.free();
    String properties =
        """
        process.roles=broker,controller
        node.id=1
        listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
        advertised.listeners=PLAINTEXT://127.0.0.1:%4$d
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
        log.cleaner.dedupe.buffer.size=16777216
        """
            .formatted(port, controllerPort, folder.resolve("data"), advertisedPort);
    try {
      Files.writeString(folder.resolve("server.properties"), properties);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
