package io.mqexporter.brokers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A real member of a streams group in a process of its own, which reads topics to their ends. */
public final class KafkaStreamsMember implements AutoCloseable {

  private static final String SOURCE = "src/test/brokers/kafka-streams/StreamsMember.java";

  private final ServerProcess process;
  private final JmxPort jmx;

  private KafkaStreamsMember(ServerProcess process, JmxPort jmx) {
    this.process = process;
    this.jmx = jmx;
  }

  /** Starts a member; it may not have joined yet. */
  public static KafkaStreamsMember start(
      String bootstrapServers, String group, List<String> topics) {
    Path folder = Repository.emptyRunFolder(group);
    var command =
        new ArrayList<>(
            List.of(
                ServerProcess.java(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn"));
    JmxPort jmx = JmxPort.free();
    command.addAll(jmx.options());
    command.addAll(
        List.of(
            "-cp",
            Repository.classPathOf("kafka-streams"),
            Repository.file(SOURCE).toString(),
            bootstrapServers,
            group,
            folder.resolve("state").toString()));
    command.addAll(topics);
    return new KafkaStreamsMember(ServerProcess.start(group, folder, Map.of(), command), jmx);
  }

  /** Returns the address of its JMX port. */
  public String jmxAddress() {
    return jmx.address();
  }

  /** Leaves the group. */
  @Override
  public void close() {
    process.close();
  }
}
