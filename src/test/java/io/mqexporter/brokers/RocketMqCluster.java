package io.mqexporter.brokers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A real RocketMQ cluster, each name server and broker a process, on the loopback address. */
public final class RocketMqCluster implements AutoCloseable {

  /** The cluster's name in RocketMQ's own terms. */
  public static final String CLUSTER = "test-cluster";

  /** The name of the first master, which its slaves share. */
  public static final String FIRST = "broker-a";

  private final RocketMqSetup setup;
  private final Path folder;
  private final List<RocketMqNode> nameServers = new ArrayList<>();
  private final Map<String, RocketMqNode> brokers = new LinkedHashMap<>();
  private Optional<RocketMqShell> shell = Optional.empty();

  private RocketMqCluster(Path folder, RocketMqSetup setup) {
    this.setup = setup;
    this.folder = folder;
    for (int i = 1; i <= setup.nameServers(); i++) {
      nameServers.add(RocketMqNode.nameServer(setup, subfolder("name-server-" + i)));
    }
    nameServers.forEach(RocketMqNode::awaitReady);
    for (int i = 0; i < setup.masters(); i++) {
      launch("broker-" + (char) ('a' + i), 0);
    }
    for (int id = 1; id <= setup.slaves(); id++) {
      launch(FIRST, id);
    }
    brokers.values().forEach(RocketMqNode::awaitReady);
  }

  /**
   * Starts a cluster without any data and waits until it accepts messages.
   *
   * @param name the name of its folder under {@code target/run}
   */
  public static RocketMqCluster start(String name, RocketMqSetup setup) {
    return new RocketMqCluster(Repository.emptyRunFolder(name), setup);
  }

  /** Returns the addresses of all name servers, with semicolons between them. */
  public String nameServers() {
    return nameServers.stream().map(RocketMqNode::address).collect(Collectors.joining(";"));
  }

  /** Returns a name server, counted from 0. */
  public RocketMqNode nameServer(int index) {
    return nameServers.get(index);
  }

  /** Starts a name server that no broker registers with. */
  public RocketMqNode strangeNameServer() {
    RocketMqNode stranger = RocketMqNode.nameServer(setup, subfolder("name-server-strange"));
    stranger.awaitReady();
    return stranger;
  }

  /** Returns the master of that name. */
  public RocketMqNode master(String name) {
    return broker(name, 0);
  }

  /** Returns a slave of the first master, counted from 1. */
  public RocketMqNode slave(int id) {
    return broker(FIRST, id);
  }

  /** Returns the folder of data, configurations and logs. */
  public Path folder() {
    return folder;
  }

  /** Returns the release of the servers. */
  public RocketMqRelease release() {
    return setup.release();
  }

  /** Returns RocketMQ's own tool in the release of the servers, which ends with the cluster. */
  synchronized RocketMqShell shell() {
    if (shell.isEmpty()) {
      shell = Optional.of(RocketMqShell.start(setup.release(), subfolder("mqadmin")));
    }
    return shell.get();
  }

  @Override
  public synchronized void close() {
    shell.ifPresent(RocketMqShell::close);
    List.copyOf(brokers.values()).reversed().forEach(RocketMqNode::close);
    nameServers.forEach(RocketMqNode::close);
  }

  private RocketMqNode broker(String name, int id) {
    return Optional.ofNullable(brokers.get(name + "-" + id)).orElseThrow();
  }

  private void launch(String name, int id) {
    String settings =
        """
        brokerClusterName=%s
        brokerName=%s
        brokerId=%d
        brokerRole=%s
        namesrvAddr=%s
        """
            .formatted(CLUSTER, name, id, id == 0 ? "ASYNC_MASTER" : "SLAVE", nameServers());
    brokers.put(name + "-" + id, RocketMqNode.broker(setup, subfolder(name + "-" + id), settings));
  }

  private Path subfolder(String name) {
    try {
      return Files.createDirectories(folder.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
