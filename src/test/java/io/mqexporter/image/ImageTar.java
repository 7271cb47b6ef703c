package io.mqexporter.image;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import com.google.cloud.tools.jib.api.buildplan.Port;
import io.mqexporter.brokers.Command;
import io.mqexporter.brokers.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;

/** Writes an image as a file that {@code docker load}, {@code kind load} and the like take. */
final class ImageTar {

  /** What the image runs, without a shell in between. */
  static final List<String> ENTRY_POINT =
      List.of(
          "/opt/java/bin/java",
          "@/opt/mq-exporter/java.options",
          "-XX:MaxRAMPercentage=45",
          "-XX:-UsePerfData",
          "-XX:AOTCache=/opt/mq-exporter/mq-exporter.aot",
          "-Xlog:disable",
          "-Xlog:all=error,aot*=off:stderr",
          "-jar",
          "/opt/mq-exporter/mq-exporter.jar");

  /** What it is given where nothing is said. */
  static final List<String> ARGUMENTS = List.of("--config.file=/etc/mq-exporter/mq-exporter.yaml");

  private static final Duration GIT_TIMEOUT = Duration.ofSeconds(10);

  /**
   * From what changes least to what changes most, so that most stays the same from release to
   * release.
   */
  private static final List<List<String>> LAYERS =
      List.of(
          List.of("etc", "lib", "lib64", "tmp", "usr"),
          List.of("opt/java"),
          List.of("opt/mq-exporter/lib"),
          List.of(
              "opt/mq-exporter/LICENSE",
              "opt/mq-exporter/java.options",
              "opt/mq-exporter/mq-exporter.jar",
              "opt/mq-exporter/sbom.cdx.json"),
          List.of("opt/mq-exporter/mq-exporter.aot"));

  private ImageTar() {}

  /** Writes the image of a root, and returns the file. */
  static Path write(ImageRoot root, Path file) throws IOException, InterruptedException {
    var image =
        Jib.fromScratch()
            .setFormat(ImageFormat.Docker)
            .setPlatforms(Set.of(new Platform(root.architecture().label(), "linux")))
            .setCreationTime(ImageRoot.FILE_TIME)
            .setEntrypoint(ENTRY_POINT)
            .setProgramArguments(ARGUMENTS)
            .setUser(ImageRoot.USER + ":" + ImageRoot.USER)
            .setWorkingDirectory(AbsoluteUnixPath.get("/tmp"))
            .addEnvironmentVariable("MALLOC_ARENA_MAX", "2")
            .setExposedPorts(Set.of(Port.tcp(19090)))
            .setLabels(labels());
    for (List<String> layer : LAYERS) {
      image.addFileEntriesLayer(layer(root, layer));
    }
    String name = "mq-exporter:" + version();
    // A layer that is kept is known by its files' names and times, which say nothing here.
    Path cache = Repository.emptyRunFolder("image-layers");
    try {
      Files.deleteIfExists(file);
      image.containerize(
          Containerizer.to(TarImage.at(file).named(name))
              .setOfflineMode(true)
              .setApplicationLayersCache(cache)
              .setBaseImageLayersCache(cache));
    } catch (InvalidImageReferenceException
        | RegistryException
        | CacheDirectoryCreationException
        | ExecutionException e) {
      throw new IOException(file + ": cannot be written: " + e.getMessage(), e);
    }
    return file;
  }

  /** Returns what is said of the image, by the names that OCI gave. */
  static Map<String, String> labels() {
    var labels = new TreeMap<String, String>();
    labels.put("org.opencontainers.image.title", "mq-exporter");
    labels.put(
        "org.opencontainers.image.description",
        "Exposes Kafka, RabbitMQ and RocketMQ as Prometheus metrics");
    labels.put("org.opencontainers.image.licenses", "Apache-2.0");
    labels.put("org.opencontainers.image.version", version());
    labels.put("org.opencontainers.image.created", ImageRoot.FILE_TIME.toString());
    Command.Result revision =
        Command.tryRun(
            GIT_TIMEOUT,
            Map.of(),
            List.of("git", "-C", Repository.file("").toString(), "rev-parse", "HEAD"));
    if (revision.exitCode() == 0) {
      labels.put("org.opencontainers.image.revision", revision.output().strip());
    }
    return labels;
  }

  /** Returns the version of what was built. */
  static String version() {
    try {
      return Files.readString(Repository.file("pom.xml"))
          .replaceFirst(
              "(?s).*?<artifactId>mq-exporter-parent</artifactId>\\s*<version>([^<]*).*", "$1");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FileEntriesLayer layer(ImageRoot root, List<String> paths) throws IOException {
    var layer = FileEntriesLayer.builder();
    for (String path : paths) {
      if (!Files.exists(root.folder().resolve(path))) {
        continue;
      }
      for (Path file : root.files(path)) {
        Path inImage = Path.of("/").resolve(root.folder().relativize(file));
        layer.addEntry(
            file,
            AbsoluteUnixPath.fromPath(inImage),
            Files.isExecutable(file)
                ? FilePermissions.fromOctalString("755")
                : FilePermissions.DEFAULT_FILE_PERMISSIONS,
            ImageRoot.FILE_TIME);
      }
    }
    return layer.build();
  }
}
