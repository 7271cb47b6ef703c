package io.mqexporter.brokers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;

/**
 * Formats the log directories of nodes that have no data yet. Kafka's tool does it for the first
 * node of a release; it takes the start of a JVM, and what it writes for another node differs in
 * the ids of {@code meta.properties} alone, so others are given a copy.
 */
final class KafkaFormat {

  private static final Duration TIMEOUT = Duration.ofMinutes(3);
  private static final String IDS = "meta.properties";
  private static final Path FORMATTED = Repository.file("target/brokers/formatted");

  private KafkaFormat() {}

  /**
   * Formats what the properties of a node name.
   *
   * @param properties where they have been written
   * @param logDirs its log directories; the first is that of the metadata
   */
  static void format(
      KafkaSetup setup, String clusterId, int nodeId, Path properties, List<Path> logDirs) {
    String classPath = setup.release().classPath();
    Path formatted = FORMATTED.resolve("%s-%08x".formatted(setup.release(), classPath.hashCode()));
    try {
      if (Files.exists(formatted)) {
        copy(formatted, logDirs.getFirst());
        for (Path logDir : logDirs) {
          Files.createDirectories(logDir);
          Files.write(
              logDir.resolve(IDS),
              List.of(
                  "version=1",
                  "cluster.id=" + clusterId,
                  "node.id=" + nodeId,
                  "directory.id=" + Uuid.randomUuid()));
        }
      } else {
        Command.run(
            TIMEOUT,
            Map.of(),
            JavaCommand.of(
                List.of("-Xmx128m", "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn"),
                classPath,
                "kafka.tools.StorageTool",
                List.of("format", "-t", clusterId, "-c", properties.toString())));
        keep(logDirs.getFirst(), formatted);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Keeps what was written, unless another process was faster. */
  private static void keep(Path logDir, Path formatted) throws IOException {
    Path whole = Files.createTempDirectory(Files.createDirectories(FORMATTED), "new");
    copy(logDir, whole);
    try {
      Files.move(whole, formatted, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      if (!Files.exists(formatted)) {
        throw e;
      }
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path copied = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copied);
        } else {
          Files.copy(file, copied);
        }
      }
    }
  }
}
