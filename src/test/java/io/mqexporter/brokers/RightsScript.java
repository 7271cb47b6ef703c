package io.mqexporter.brokers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The scripts beside the agent that give it its rights, run with the brokers' own tools. */
public final class RightsScript {

  private static final Path FOLDER = Repository.file("exporter/src/main/dist/rights");
  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  /** Gives the script the password on its standard input, and nowhere else. */
  private static final String WITH_INPUT = "printf '%s' \"$INPUT\" | env -u INPUT \"$0\" \"$@\"";

  private RightsScript() {}

  /** Gives a principal its rights at a Kafka cluster. */
  public static void kafka(String bootstrapServers, String principal) {
    Path tool =
        tool(
            "rights-kafka",
            ServerProcess.java(),
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            Repository.classPathOf("kafka-tools"),
            "org.apache.kafka.tools.AclCommand");
    run(
        Map.of("KAFKA_ACLS", tool.toString()),
        "",
        "kafka.sh",
        principal,
        "--bootstrap-server",
        bootstrapServers);
  }

  /** Makes a user with its rights at a RabbitMQ node. */
  public static void rabbitMq(RabbitMqBroker broker, String user, String password) {
    var environment = new HashMap<>(broker.environment());
    environment.put("RABBITMQCTL", broker.script("rabbitmqctl"));
    run(environment, password, "rabbitmq.sh", user);
  }

  /**
   * Makes a user with its rights at a RocketMQ cluster that controls access.
   *
   * @param administrator who may do so
   * @param administratorSecret the administrator's secret
   */
  public static void rocketMq(
      RocketMqCluster cluster,
      String administrator,
      String administratorSecret,
      String user,
      String secret) {
    Path home = Repository.emptyRunFolder("rights-rocketmq-home");
    RocketMqNode.quieten(home);
    write(
        home.resolve("conf/tools.yml"),
        "accessKey: %s%nsecretKey: %s%n".formatted(administrator, administratorSecret));
    Path tool =
        tool(
            "rights-rocketmq",
            ServerProcess.java(),
            "-Xmx128m",
            "-XX:TieredStopAtLevel=1",
            "-Duser.home=" + home,
            "-cp",
            cluster.release().classPath(),
            "org.apache.rocketmq.tools.command.MQAdminStartup");
    run(
        Map.of("MQADMIN", tool.toString(), "ROCKETMQ_HOME", home.toString()),
        secret,
        "rocketmq-acl2.sh",
        user,
        cluster.nameServers(),
        RocketMqCluster.CLUSTER);
  }

  /** Returns the accounts for RocketMQ's ACL 1.0, to be copied to the broker. */
  public static Path rocketMqAccounts() {
    return FOLDER.resolve("rocketmq-acl1.yml");
  }

  private static void run(
      Map<String, String> environment, String input, String script, String... arguments) {
    var all = new HashMap<>(environment);
    all.put("INPUT", input);
    var command = new ArrayList<>(List.of("sh", "-c", WITH_INPUT));
    command.add(FOLDER.resolve(script).toString());
    command.addAll(List.of(arguments));
    Command.run(TIMEOUT, all, command);
  }

  /** Writes what stands for a tool that is on the path of those who have it installed. */
  private static Path tool(String folder, String... command) {
    Path tool = Repository.emptyRunFolder(folder).resolve("tool");
    write(tool, "#!/bin/sh\nexec '%s' \"$@\"\n".formatted(String.join("' '", command)));
    try {
      return Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwx------"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, String content) {
    try {
      Files.writeString(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
