package io.mqexporter.brokers;

import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  private static final Path INSTALLED = Path.of("/usr/lib/rabbitmq/lib");
  private static final Duration START_TIMEOUT = Duration.ofSeconds(90);
  private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(60);
  private static final Duration RECOVERY_INTERVAL = Duration.ofSeconds(1);
  private static final String LOOPBACK_DISTRIBUTION =
      "-kernel inet_dist_use_interface {127,0,0,1} -start_epmd false";

  private final String name;
  private final Path folder;
  private final Path scripts;
  private final int amqpPort = Ports.free();
  private final int managementPort = Ports.free();
  private final int portMapperPort = Ports.free();
  private final Map<String, String> environment;
  private final ServerProcess portMapper;
  private ServerProcess server;

  private RabbitMqBroker(String name, String settings, Path scripts) {
    this.name = name;
    this.scripts = scripts;
    this.folder = Repository.emptyRunFolder("rabbitmq-" + name);
    writeConfiguration(settings);
    this.environment = environment();
    this.portMapper = startPortMapper();
    try {
      this.server = startServer();
    } catch (RuntimeException e) {
      portMapper.close();
      throw e;
    }
  }

  /** Returns why RabbitMQ cannot run on this machine, or nothing if it can. */
  public static Optional<String> unavailable() {
    if (scripts().isEmpty()) {
      return Optional.of(
          "RabbitMQ is not installed (expected: %s/rabbitmq_server-*, Debian's rabbitmq-server)"
              .formatted(INSTALLED));
    }
    for (String command : List.of("erl", "epmd")) {
      if (!onPath(command)) {
        return Optional.of("Erlang is not installed (expected: the command %s)".formatted(command));
      }
    }
    return Optional.empty();
  }

  /**
   * Starts an empty node and waits until it can be used.
   *
   * @param name what it is called, here and in Erlang
   * @throws IllegalStateException if it cannot be started
   */
  public static RabbitMqBroker start(String name) {
    return start(name, "");
  }

  /**
   * Starts an empty node with settings beyond those that it needs to run here.
   *
   * @param settings lines of {@code rabbitmq.conf}
   * @throws IllegalStateException if it cannot be started
   */
  public static RabbitMqBroker start(String name, String settings) {
    unavailable()
        .ifPresent(why -> {
          throw new IllegalStateException(why);
        });
    return new RabbitMqBroker(name, settings, scripts().orElseThrow());
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

  /** Runs {@code rabbitmqctl} on the node and returns its output. */
  public String rabbitmqctl(String... arguments) {
    var command = new ArrayList<>(List.of(scripts.resolve("rabbitmqctl").toString(), "--quiet"));
    command.addAll(List.of(arguments));
    return Command.run(COMMAND_TIMEOUT, environment, command);
  }

  /** Runs {@code rabbitmq-diagnostics} on the node and returns its output. */
  public String diagnostics(String... arguments) {
    var command =
        new ArrayList<>(List.of(scripts.resolve("rabbitmq-diagnostics").toString(), "--quiet"));
    command.addAll(List.of(arguments));
    return Command.run(COMMAND_TIMEOUT, environment, command);
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
  }

  /** Ends the node and its port mapper. */
  @Override
  public void close() {
    server.close();
    portMapper.close();
  }

  private ServerProcess startPortMapper() {
    ServerProcess process =
        ServerProcess.start(
            "epmd",
            folder,
            environment,
            List.of("epmd", "-port", "" + portMapperPort, "-address", "127.0.0.1"));
    process.awaitReady(START_TIMEOUT, () -> Ports.isOpen(portMapperPort));
    return process;
  }

  private ServerProcess startServer() {
    ServerProcess process =
        ServerProcess.start(
            "rabbitmq",
            folder,
            environment,
            List.of(scripts.resolve("rabbitmq-server").toString()));
    try {
      process.awaitReady(
          START_TIMEOUT, () -> Ports.isOpen(managementPort) && Ports.isOpen(amqpPort));
      return process;
    } catch (RuntimeException e) {
      process.close();
      throw e;
    }
  }

  private void writeConfiguration(String settings) {
    try {
      Files.createDirectories(folder.resolve("home"));
      Files.writeString(
          folder.resolve("rabbitmq.conf"),
          """
          listeners.tcp.default = 127.0.0.1:%d
          management.tcp.ip = 127.0.0.1
          management.tcp.port = %d
          collect_statistics_interval = 1000
          %s\
          """
              .formatted(amqpPort, managementPort, settings));
      Files.writeString(
          folder.resolve("enabled_plugins"),
          "[rabbitmq_management, rabbitmq_shovel, rabbitmq_shovel_management].");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, String> environment() {
    var variables = new HashMap<String, String>();
    // The cookie is made and looked for in the home folder.
    variables.put("HOME", folder.resolve("home").toString());
    variables.put("ERL_CRASH_DUMP", folder.resolve("erl_crash.dump").toString());
    variables.put("ERL_EPMD_PORT", "" + portMapperPort);
    variables.put("ERL_EPMD_ADDRESS", "127.0.0.1");
    variables.put("RABBITMQ_NODENAME", name + "@localhost");
    variables.put("RABBITMQ_DIST_PORT", "" + Ports.free());
    variables.put("RABBITMQ_CONF_ENV_FILE", "/dev/null");
    variables.put("RABBITMQ_CONFIG_FILE", folder.resolve("rabbitmq.conf").toString());
    variables.put("RABBITMQ_ENABLED_PLUGINS_FILE", folder.resolve("enabled_plugins").toString());
    variables.put("RABBITMQ_MNESIA_BASE", folder.resolve("data").toString());
    variables.put("RABBITMQ_LOG_BASE", folder.resolve("log").toString());
    variables.put("RABBITMQ_LOGS", "-");
    variables.put("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", LOOPBACK_DISTRIBUTION);
    variables.put("RABBITMQ_CTL_ERL_ARGS", LOOPBACK_DISTRIBUTION);
    return Map.copyOf(variables);
  }

  private static Optional<Path> scripts() {
    if (!Files.isDirectory(INSTALLED)) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(INSTALLED)) {
      return versions
          .map(version -> version.resolve("sbin"))
          .filter(sbin -> Files.isExecutable(sbin.resolve("rabbitmq-server")))
          .findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean onPath(String command) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, command)));
  }
}
