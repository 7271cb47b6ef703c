package io.mqexporter.brokers;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.Uuid;

/**
 * A Kafka cluster of several nodes, or of one that is set up in a special way. Topics are not
 * created by use.
 */
public final class KafkaCluster implements AutoCloseable {

  private final List<KafkaNode> nodes;

  private KafkaCluster(List<KafkaNode> nodes) {
    this.nodes = List.copyOf(nodes);
  }

  /**
   * Starts a cluster with no data on free ports, and waits until all nodes take part.
   *
   * @param name what it is called in messages; its files are below {@code target/run/<name>}
   */
  public static KafkaCluster start(String name, KafkaSetup setup) {
    Path folder = Repository.emptyRunFolder(name);
    Map<Integer, Map<String, Integer>> ports =
        IntStream.rangeClosed(1, setup.nodes())
            .boxed()
            .collect(toMap(Function.identity(), _ -> freePorts(setup)));
    List<KafkaNode> nodes = launch(name, folder, setup, ports);
    var cluster = new KafkaCluster(nodes);
    try {
      nodes.forEach(node -> node.awaitReady(nodes.size()));
    } catch (IllegalStateException e) {
      nodes.forEach(KafkaNode::kill);
      throw e;
    }
    return cluster;
  }

  /** Returns the addresses of all nodes, separated by commas. */
  public String bootstrapServers() {
    return bootstrapServers(KafkaNode.PLAINTEXT);
  }

  /** Returns the addresses of a listener on all nodes, separated by commas. */
  public String bootstrapServers(String listener) {
    return nodes.stream().map(node -> node.address(listener)).collect(joining(","));
  }

  /** Returns the addresses of the JMX ports of all nodes, in the order of their ids. */
  public List<String> jmxAddresses() {
    return nodes.stream().map(KafkaNode::jmxAddress).toList();
  }

  /** Returns a new client that changes and reads what the cluster holds. */
  public Admin admin() {
    return Admin.create(
        Map.<String, Object>of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers()));
  }

  /** Stops a node as an operator would. */
  public void stop(int id) {
    node(id).stop();
  }

  /** Returns the folder of a node. */
  public Path folder(int id) {
    return node(id).folder();
  }

  /** Ends a node at once, as {@code kill -9} does. */
  public void kill(int id) {
    node(id).kill();
  }

  /**
   * Starts a node again after it has ended, on the same ports and with the same data, and waits
   * until it takes part.
   */
  public void restart(int id) {
    node(id).relaunch();
    node(id).awaitReady(1);
  }

  /**
   * Starts all nodes again that have ended, at the same time: of all that ended one alone would
   * wait for a majority.
   */
  public void restartEnded() {
    List<KafkaNode> ended = nodes.stream().filter(node -> !node.handle().isAlive()).toList();
    ended.forEach(KafkaNode::relaunch);
    ended.forEach(node -> node.awaitReady(nodes.size()));
  }

  /** Returns the operating system's handle of a node. */
  public ProcessHandle handle(int id) {
    return node(id).handle();
  }

  /** Returns a node's second disk, where it has one. */
  public SmallDisk disk(int id) {
    return node(id).disk();
  }

  /**
   * Ends all nodes at once: the controllers could not agree on a last one's orderly end. Only the
   * first one that ever ends does so in order, which writes the archive of its classes.
   */
  @Override
  public void close() {
    if (!nodes.getFirst().isArchived()) {
      nodes.getFirst().stop();
    }
    nodes.forEach(KafkaNode::kill);
  }

  /** Launches all nodes at the same time, as they wait for each other. */
  private static List<KafkaNode> launch(
      String name, Path folder, KafkaSetup setup, Map<Integer, Map<String, Integer>> ports) {
    String clusterId = Uuid.randomUuid().toString();
    String voters =
        ports.entrySet().stream()
            .map(p ->
                "%d@127.0.0.1:%d".formatted(p.getKey(), p.getValue().get(KafkaNode.CONTROLLER)))
            .collect(joining(","));
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<KafkaNode>> launches =
          ports.entrySet().stream()
              .map(node ->
                  CompletableFuture.supplyAsync(
                      () ->
                          KafkaNode.launch(
                              node.getKey(),
                              folder(folder, name + "-" + node.getKey()),
                              setup,
                              clusterId,
                              node.getValue(),
                              voters),
                      executor))
              .toList();
      return launches.stream().map(CompletableFuture::join).toList();
    }
  }

  private KafkaNode node(int id) {
    return nodes.get(id - 1);
  }

  private static Map<String, Integer> freePorts(KafkaSetup setup) {
    return Stream.concat(
            Stream.of(KafkaNode.PLAINTEXT, KafkaNode.CONTROLLER),
            setup.listeners().keySet().stream())
        .collect(toMap(Function.identity(), _ -> Ports.free(), (a, _) -> a, TreeMap::new));
  }

  private static Path folder(Path parent, String name) {
    try {
      return Files.createDirectories(parent.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
