package io.mqexporter.brokers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.Node;

/** One node of a Kafka cluster in a process of its own: broker and KRaft controller in one. */
final class KafkaNode {

  /** The listener that asks for nothing, which the nodes use among themselves too. */
  static final String PLAINTEXT = "PLAINTEXT";

  /** The listener of the controller. */
  static final String CONTROLLER = "CONTROLLER";

  /** The folder of a node's second disk, where it has one. */
  static final String DISK = "disk";

  private static final String SERVER = "kafka.Kafka";
  private static final Duration START_TIMEOUT = Duration.ofMinutes(3);

  private final int id;
  private final Path folder;
  private final KafkaSetup setup;
  private final Map<String, Integer> ports;
  private final JmxPort jmx = JmxPort.free();
  private ServerProcess process;

  private KafkaNode(int id, Path folder, KafkaSetup setup, Map<String, Integer> ports) {
    this.id = id;
    this.folder = folder;
    this.setup = setup;
    this.ports = Map.copyOf(ports);
    this.process = launch();
  }

  /**
   * Formats a node that has no data and launches it; it may not be ready yet.
   *
   * @param folder an empty folder for all that it writes
   * @param clusterId the id that all nodes of a cluster share
   * @param ports its ports by the names of the listeners
   * @param voters the controllers of the cluster, as {@code id@host:port}, separated by commas
   */
  static KafkaNode launch(
      int id,
      Path folder,
      KafkaSetup setup,
      String clusterId,
      Map<String, Integer> ports,
      String voters) {
    Map<String, String> properties = new TreeMap<>(KafkaProperties.usual(setup));
    properties.putAll(KafkaProperties.ofNode(id, folder, setup, ports, voters));
    setup
        .properties()
        .forEach(
            (key, value) -> properties.put(key, value.replace("${folder}", folder.toString())));
    try {
      Files.write(
          folder.resolve("server.properties"),
          properties.entrySet().stream().map(p -> p.getKey() + "=" + p.getValue()).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    KafkaFormat.format(
        setup,
        clusterId,
        id,
        folder.resolve("server.properties"),
        Stream.of(Objects.requireNonNull(properties.get("log.dirs")).split(","))
            .map(Path::of)
            .toList());
    return new KafkaNode(id, folder, setup, ports);
  }

  Path folder() {
    return folder;
  }

  /** Returns the address of a listener. */
  String address(String listener) {
    return "127.0.0.1:" + Objects.requireNonNull(ports.get(listener), listener);
  }

  /** Returns the address of the JMX port. */
  String jmxAddress() {
    return jmx.address();
  }

  /** Returns whether another that ended before has left an archive of its classes. */
  boolean isArchived() {
    return JavaCommand.isArchived(setup.release().classPath(), SERVER);
  }

  void stop() {
    process.close();
  }

  void kill() {
    process.kill();
  }

  /** Launches the node again after it has ended, on the same ports and with the same data. */
  void relaunch() {
    process = launch();
  }

  SmallDisk disk() {
    return new SmallDisk(handle(), folder.resolve(DISK));
  }

  ProcessHandle handle() {
    return process.handle();
  }

  /**
   * Waits until the node answers and knows that it and enough others take part.
   *
   * @param nodes how many must take part
   */
  void awaitReady(int nodes) {
    int port = Objects.requireNonNull(ports.get(PLAINTEXT));
    try {
      process.awaitReady(START_TIMEOUT, () -> Ports.isOpen(port) && takesPart(nodes));
    } catch (IllegalStateException e) {
      process.kill();
      throw e;
    }
  }

  private boolean takesPart(int nodes) {
    try (Admin admin =
        Admin.create(
            Map.<String, Object>of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, address(PLAINTEXT)))) {
      List<Integer> ids =
          admin.describeCluster().nodes().get(5, TimeUnit.SECONDS).stream().map(Node::id).toList();
      return ids.contains(id) && ids.size() >= nodes;
    } catch (ExecutionException | TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a node was starting", e);
    }
  }

  private ServerProcess launch() {
    return ServerProcess.start(
        folder.getFileName().toString(),
        folder,
        Map.of(),
        SmallDisk.around(
            JavaCommand.of(
                options(setup.withJavaOptions(javaOptions()), "-Xmx512m"),
                setup.release().classPath(),
                SERVER,
                List.of(folder.resolve("server.properties").toString())),
            folder.resolve(DISK),
            setup.diskMegabytes()));
  }

  private String[] javaOptions() {
    return Stream.concat(setup.javaOptions().stream(), jmx.options().stream())
        .toArray(String[]::new);
  }

  private static List<String> options(KafkaSetup setup, String heap) {
    var options = new ArrayList<>(List.of(heap, "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn"));
    options.addAll(setup.javaOptions());
    return options;
  }
}
