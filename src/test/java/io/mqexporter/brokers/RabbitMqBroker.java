package io.mqexporter.brokers;

import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A RabbitMQ node of its own, started from the installed package without its service: own name, own
 * port mapper, own ports on the loopback address, all files in one folder under {@code target/run}.
 */
public final class RabbitMqBroker implements AutoCloseable {

  /** The user that a new node knows. */
  public static final String USERNAME = "guest";

  /** The user's password. */
  public static final String PASSWORD = "guest";

  private static final Duration START_TIMEOUT = Duration.ofMinutes(3);
  private static final Duration COMMAND_TIMEOUT = Duration.ofMinutes(3);
  private static final Duration RECOVERY_INTERVAL = Duration.ofSeconds(1);
  private static final String LOOPBACK_DISTRIBUTION =
      "-kernel inet_dist_use_interface {127,0,0,1} -start_epmd false";

  private static final String PLUGINS =
      "rabbitmq_management, rabbitmq_prometheus, rabbitmq_shovel, rabbitmq_shovel_management";

  private final RabbitMqRelease release;
  private final Path folder;
  private final int amqpPort = Ports.free();
  private final int managementPort = Ports.free();
  private final int prometheusPort = Ports.free();
  private final RabbitMqPortMapper portMapper;
  private final Path home;
  private String name;
  private Map<String, String> environment;
  private ServerProcess server;

  /**
   * What a node is started with.
   *
   * @param settings lines of {@code rabbitmq.conf}
   * @param limits what a shell runs before the node, {@code rabbitmq-env.conf}
   */
  private record Setup(
      RabbitMqRelease release, String settings, List<String> furtherPlugins, String limits) {}

  private RabbitMqBroker(
      String name, Setup setup, Path folder, Path home, RabbitMqPortMapper portMapper) {
    this.name = name;
    this.release = setup.release();
    this.folder = folder;
    this.home = home;
    this.portMapper = portMapper;
    writeConfiguration(setup);
    this.environment = newEnvironment();
    this.server = startServer();
  }

  /** Returns why RabbitMQ cannot run on this machine, or nothing if it can. */
  public static Optional<String> unavailable() {
    return RabbitMqRelease.INSTALLED.unavailable();
  }

  /**
   * Starts an empty node of the installed release and waits until it can be used.
   *
   * @param name what it is called, here and in Erlang
   * @throws IllegalStateException if it cannot be started
   */
  public static RabbitMqBroker start(String name) {
    return start(name, "");
  }

  /**
   * Starts an empty node of the installed release with settings beyond those that it needs to run
   * here.
   *
   * @param settings lines of {@code rabbitmq.conf}
   * @throws IllegalStateException if it cannot be started
   */
  public static RabbitMqBroker start(String name, String settings) {
    return start(name, RabbitMqRelease.INSTALLED, settings);
  }

  /**
   * Starts an empty node of a release with settings beyond those that it needs to run here.
   *
   * @param settings lines of {@code rabbitmq.conf}
   * @throws IllegalStateException if it cannot be started
   */
  public static RabbitMqBroker start(String name, RabbitMqRelease release, String settings) {
    return start(name, release, settings, List.of());
  }

  /**
   * Starts an empty node with plugins beyond those that each has here.
   *
   * @param settings lines of {@code rabbitmq.conf}
   * @throws IllegalStateException if it cannot be started
   */
  public static RabbitMqBroker start(
      String name, RabbitMqRelease release, String settings, List<String> furtherPlugins) {
    return start(name, new Setup(release, settings, furtherPlugins, ""), 1).getFirst();
  }

  /**
   * Starts an empty node that has little room and waits until it can be used.
   *
   * @param files how many files and connections it may have open
   * @param processes how many Erlang processes it may have, a power of two
   * @throws IllegalStateException if it cannot be started
   */
  public static RabbitMqBroker startCramped(
      String name, RabbitMqRelease release, int files, int processes) {
    String limits = "ulimit -n %d\nMAX_NUMBER_OF_PROCESSES=%d\n".formatted(files, processes);
    return start(name, new Setup(release, "", List.of(), limits), 1).getFirst();
  }

  /**
   * Starts an empty cluster and waits until each of its nodes can be used.
   *
   * @param name what the nodes are called, with a number after it
   * @param settings lines of {@code rabbitmq.conf}
   * @throws IllegalStateException if it cannot be started
   */
  public static List<RabbitMqBroker> startCluster(
      String name, RabbitMqRelease release, String settings, int nodes) {
    var members = new StringBuilder("cluster_formation.peer_discovery_backend = classic_config\n");
    for (int i = 1; i <= nodes; i++) {
      members.append(
          "cluster_formation.classic_config.nodes.%1$d = %2$s%1$d@localhost\n".formatted(i, name));
    }
    return start(name, new Setup(release, settings + members, List.of(), ""), nodes);
  }

  private static List<RabbitMqBroker> start(String name, Setup setup, int nodes) {
    setup
        .release()
        .unavailable()
        .ifPresent(why -> {
          throw new IllegalStateException(why);
        });
    Path folder = Repository.emptyRunFolder("rabbitmq-" + name);
    Path home = createFolder(folder.resolve("home"));
    writeCookie(home.resolve(".erlang.cookie"));
    var portMapper = new RabbitMqPortMapper(folder);
    var started = new ArrayList<RabbitMqBroker>();
    try {
      for (int i = 1; i <= nodes; i++) {
        String node = nodes == 1 ? name : name + i;
        Path own = nodes == 1 ? folder : createFolder(folder.resolve(node));
        started.add(new RabbitMqBroker(node, setup, own, home, portMapper));
      }
      // All of them at once: the nodes of a cluster wait for each other.
      started.forEach(RabbitMqBroker::awaitReady);
      return List.copyOf(started);
    } catch (RuntimeException e) {
      started.forEach(RabbitMqBroker::kill);
      portMapper.close();
      throw e;
    }
  }

  /** Returns how AMQP clients connect; what they opened comes back after a restart of the node. */
  public ConnectionFactory connectionFactory() {
    var factory = new ConnectionFactory();
    factory.setHost("127.0.0.1");
    factory.setPort(amqpPort);
    factory.setUsername(USERNAME);
    factory.setPassword(PASSWORD);
    factory.setNetworkRecoveryInterval(RECOVERY_INTERVAL.toMillis());
    return factory;
  }

  /** Returns the address of the management plugin. */
  public URI managementUrl() {
    return URI.create("http://127.0.0.1:" + managementPort);
  }

  /** Returns the address of the plugin {@code rabbitmq_prometheus}. */
  public URI prometheusUrl() {
    return URI.create("http://127.0.0.1:" + prometheusPort);
  }

  /** Returns the log, which is the broker's standard output. */
  public Path log() {
    return folder.resolve("rabbitmq.log");
  }

  /** Returns what the node is called in Erlang. */
  public String nodeName() {
    return name + "@localhost";
  }

  /** Runs {@code rabbitmqctl} on the node and returns its output. */
  public String rabbitmqctl(String... arguments) {
    return run("rabbitmqctl", arguments);
  }

  /** Switches a plugin on or off. */
  public void plugin(String name, boolean enabled) {
    run("rabbitmq-plugins", enabled ? "enable" : "disable", name);
  }

  /** Runs {@code rabbitmq-diagnostics} on the node and returns its output. */
  public String diagnostics(String... arguments) {
    return run("rabbitmq-diagnostics", arguments);
  }

  /** Runs {@code rabbitmq-upgrade} on the node, such as {@code drain} and {@code revive}. */
  public void upgrade(String... arguments) {
    run("rabbitmq-upgrade", arguments);
  }

  /** Returns the environment in which the node's own tools find it. */
  Map<String, String> environment() {
    return environment;
  }

  /** Returns the path of one of the release's scripts. */
  String script(String name) {
    return release.command(name, List.of()).getLast();
  }

  private String run(String script, String... arguments) {
    var all = new ArrayList<>(List.of("--quiet"));
    all.addAll(List.of(arguments));
    return Command.run(COMMAND_TIMEOUT, environment, release.command(script, all));
  }

  /** Returns the operating system's handle of the Erlang machine that the node is. */
  public ProcessHandle vm() {
    return server
        .handle()
        .descendants()
        .filter(process -> process.info().command().orElse("").endsWith("beam.smp"))
        .findFirst()
        .orElseThrow();
  }

  /** Ends the node at once, as {@code kill -9} does. */
  public void kill() {
    server.kill();
  }

  /** Ends the node as an operator would. */
  public void stop() {
    server.close();
  }

  /** Starts the node again after it was ended, with the same data on the same ports. */
  public void restart() {
    server = startServer();
    awaitReady();
  }

  /** Starts the node again after it was ended, on the same ports, as one that nobody knows. */
  public void restartAs(String newName) {
    name = newName;
    environment = newEnvironment();
    restart();
  }

  /** Ends the node for good, and the port mapper that it may share. */
  @Override
  public void close() {
    kill();
    portMapper.close();
  }

  private ServerProcess startServer() {
    return ServerProcess.start(
        "rabbitmq", folder, environment, release.command("rabbitmq-server", List.of()));
  }

  private void awaitReady() {
    server.awaitReady(
        START_TIMEOUT,
        () ->
            Ports.isOpen(managementPort)
                && Ports.isOpen(prometheusPort)
                && Ports.isOpen(amqpPort)
                && RabbitMqManagement.isReady(this));
  }

  private void writeConfiguration(Setup setup) {
    try {
      Files.writeString(
          folder.resolve("rabbitmq.conf"),
          """
          listeners.tcp.default = 127.0.0.1:%d
          management.tcp.ip = 127.0.0.1
          management.tcp.port = %d
          prometheus.tcp.ip = 127.0.0.1
          prometheus.tcp.port = %d
          collect_statistics_interval = 1000
          %s\
          """
              .formatted(amqpPort, managementPort, prometheusPort, setup.settings()));
      Files.writeString(folder.resolve("rabbitmq-env.conf"), setup.limits());
      Files.writeString(
          folder.resolve("enabled_plugins"),
          Stream.concat(Stream.of(PLUGINS), setup.furtherPlugins().stream())
              .collect(Collectors.joining(", ", "[", "].")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, String> newEnvironment() {
    var variables = new HashMap<String, String>();
    variables.put("HOME", home.toString());
    variables.put("ERL_CRASH_DUMP", folder.resolve("erl_crash.dump").toString());
    variables.put("ERL_EPMD_PORT", "" + portMapper.port());
    variables.put("ERL_EPMD_ADDRESS", "127.0.0.1");
    variables.put("RABBITMQ_NODENAME", nodeName());
    variables.put("RABBITMQ_DIST_PORT", "" + Ports.free());
    variables.put("RABBITMQ_CONF_ENV_FILE", folder.resolve("rabbitmq-env.conf").toString());
    variables.put("RABBITMQ_CONFIG_FILE", folder.resolve("rabbitmq.conf").toString());
    variables.put("RABBITMQ_ENABLED_PLUGINS_FILE", folder.resolve("enabled_plugins").toString());
    variables.put("RABBITMQ_MNESIA_BASE", folder.resolve("data").toString());
    variables.put("RABBITMQ_LOG_BASE", folder.resolve("log").toString());
    variables.put("RABBITMQ_LOGS", "-");
    variables.put("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", LOOPBACK_DISTRIBUTION);
    variables.put("RABBITMQ_CTL_ERL_ARGS", LOOPBACK_DISTRIBUTION);
    return Map.copyOf(variables);
  }

  /** Erlang makes one in two steps, and refuses one that another node has half made. */
  private static void writeCookie(Path file) {
    try {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(file, UUID.randomUUID().toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path createFolder(Path folder) {
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
