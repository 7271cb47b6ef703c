package io.mqexporter.brokers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
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

  private static final String AUTHENTICATED = "SASL_PLAINTEXT";

  private final KafkaNode node;

  private KafkaBroker(KafkaNode node) {
    this.node = node;
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

  /** Starts a broker with no data that writes {@link #logFile} as Kafka's distribution does. */
  public static KafkaBroker startLogging(String name) {
    return startLogging(name, logFile(name), "yyyy-MM-dd-HH");
  }

  /**
   * Starts a broker with no data that writes a log with the appender of Kafka's distribution.
   *
   * @param dates the pattern of dates with which a log is renamed; its finest part says how often
   */
  public static KafkaBroker startLogging(String name, Path log, String dates) {
    int port = Ports.free();
    Path folder = Repository.emptyRunFolder(name);
    Path log4j = folder.resolve("log4j2.properties");
    write(
        log4j,
        """
        appender.file.type = RollingFile
        appender.file.name = file
        appender.file.fileName = %1$s
        appender.file.filePattern = %1$s.%%d{%2$s}
        appender.file.layout.type = PatternLayout
        appender.file.layout.pattern = [%%d] %%p %%m (%%c)%%n
        appender.file.policy.type = TimeBasedTriggeringPolicy
        appender.file.policy.interval = 1
        rootLogger.level = INFO
        rootLogger.appenderRef.file.ref = file
        """
            .formatted(log, dates));
    KafkaSetup setup =
        KafkaSetup.of(1)
            .of(KafkaRelease.LOGGING)
            .withJavaOptions("-Dlog4j2.configurationFile=" + log4j);
    return start(folder, setup, port, port);
  }

  /** Returns the log of a broker that was started with one. */
  public static Path logFile(String name) {
    return Repository.file("target/run").resolve(name).resolve("server.log");
  }

  /**
   * Starts a broker with no data that tells its clients to connect to another port of the loopback
   * address, where a proxy stands before it already.
   */
  public static KafkaBroker start(String name, int port, int advertisedPort) {
    return start(Repository.emptyRunFolder(name), KafkaSetup.of(1), port, advertisedPort);
  }

  private static KafkaBroker start(Path folder, KafkaSetup basis, int port, int advertisedPort) {
    int authenticatedPort = Ports.free();
    int controllerPort = Ports.free();
    var ports =
        Map.of(
            KafkaNode.PLAINTEXT,
            port,
            KafkaNode.CONTROLLER,
            controllerPort,
            AUTHENTICATED,
            authenticatedPort);
    var advertised =
        new TreeMap<>(
            Map.of(KafkaNode.PLAINTEXT, advertisedPort, AUTHENTICATED, authenticatedPort));
    KafkaSetup setup =
        basis
            .withListener(AUTHENTICATED, "SASL_PLAINTEXT")
            .with("advertised.listeners", KafkaProperties.addresses(advertised))
            .with("sasl.enabled.mechanisms", "PLAIN")
            .with(
                "listener.name.sasl_plaintext.plain.sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required user_%s=\"%s\";"
                    .formatted(USER, PASSWORD));
    KafkaNode node =
        KafkaNode.launch(
            1, folder, setup, Uuid.randomUuid().toString(), ports, "1@127.0.0.1:" + controllerPort);
    node.awaitReady(1);
    return new KafkaBroker(node);
  }

  /** Returns the address that clients connect to. */
  public String bootstrapServers() {
    return node.address(KafkaNode.PLAINTEXT);
  }

  /**
   * Returns the address at which clients must authenticate: by SASL PLAIN, as the user {@value
   * #USER} with the password {@value #PASSWORD}.
   */
  public String authenticatedBootstrapServers() {
    return node.address(AUTHENTICATED);
  }

  /** Returns the address of the JMX port. */
  public String jmxAddress() {
    return node.jmxAddress();
  }

  /** Returns a new client that changes and reads what the broker holds. */
  public Admin admin() {
    return Admin.create(
        Map.<String, Object>of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers()));
  }

  /** Ends the broker at once, as {@code kill -9} does. */
  public void kill() {
    node.kill();
  }

  /** Starts the broker again after it has ended, on the same port and with the same data. */
  public void restart() {
    node.relaunch();
    node.awaitReady(1);
  }

  /** Returns the operating system's handle of the broker. */
  public ProcessHandle handle() {
    return node.handle();
  }

  @Override
  public void close() {
    kill();
  }

  private static void write(Path file, String content) {
    try {
      Files.writeString(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
