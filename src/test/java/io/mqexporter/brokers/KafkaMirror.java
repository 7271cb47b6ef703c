package io.mqexporter.brokers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A real MirrorMaker 2, which is a worker of Kafka Connect, in a process of its own. */
public final class KafkaMirror implements AutoCloseable {

  private final ServerProcess process;
  private final JmxPort jmx;

  private KafkaMirror(ServerProcess process, JmxPort jmx) {
    this.process = process;
    this.jmx = jmx;
  }

  /**
   * Starts one that copies topics, separated by commas, from the cluster {@code near} to the
   * cluster {@code far}. They may be the same, as it sends no heartbeats, which it would copy, and
   * the copies of them, without end.
   */
  public static KafkaMirror start(String name, String near, String far, String topics) {
    Path folder = Repository.emptyRunFolder(name);
    Path properties = folder.resolve("mm2.properties");
    JmxPort jmx = JmxPort.free();
    try {
      Files.writeString(
          properties,
          """
          clusters=near,far
          near.bootstrap.servers=%s
          far.bootstrap.servers=%s
          near->far.enabled=true
          near->far.topics=%s
          near->far.groups=.*
          far->near.enabled=false
          emit.heartbeats.enabled=false
          heartbeats.replication.enabled=false
          emit.checkpoints.interval.seconds=1
          refresh.topics.interval.seconds=1
          refresh.groups.interval.seconds=1
          replication.factor=1
          checkpoints.topic.replication.factor=1
          heartbeats.topic.replication.factor=1
          offset-syncs.topic.replication.factor=1
          offset.storage.replication.factor=1
          status.storage.replication.factor=1
          config.storage.replication.factor=1
          """
              .formatted(near, far, topics));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var command =
        new ArrayList<>(
            List.of(
                ServerProcess.java(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn"));
    command.addAll(jmx.options());
    command.addAll(
        List.of(
            "-cp",
            Repository.classPathOf("kafka-connect"),
            "org.apache.kafka.connect.mirror.MirrorMaker",
            properties.toString()));
    return new KafkaMirror(ServerProcess.start(name, folder, Map.of(), command), jmx);
  }

  /** Returns the address of its JMX port. */
  public String jmxAddress() {
    return jmx.address();
  }

  /** Returns the operating system's handle of it. */
  public ProcessHandle handle() {
    return process.handle();
  }

  @Override
  public void close() {
    process.close();
  }
}
