package io.mqexporter.image;

import io.mqexporter.brokers.Command;
import io.mqexporter.brokers.Repository;
import io.mqexporter.training.Training;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder that becomes the root of an image's file system: the C library, a Java runtime of the
 * modules that the agent uses, the agent, and no shell.
 *
 * @param folder where it is
 * @param architecture the processor that it is for
 */
public record ImageRoot(Path folder, Architecture architecture) {

  /** The time of all files, in the folder and in the image: the class cache compares times. */
  static final Instant FILE_TIME = Instant.parse("2026-01-01T00:00:00Z");

  /** The user of the image, who owns nothing in it. */
  static final int USER = 65532;

  /**
   * What the agent and its libraries use of Java, by jdeps and by what is looked up at run time.
   */
  private static final List<String> MODULES =
      List.of(
          "java.base",
          "java.logging",
          "java.management",
          "java.naming",
          "java.net.http",
          "java.rmi",
          "java.security.jgss",
          "java.security.sasl",
          "java.sql",
          "java.xml",
          "jdk.management",
          "jdk.naming.dns",
          "jdk.security.auth",
          "jdk.security.jgss",
          "jdk.unsupported");

  private static final List<String> C_LIBRARIES =
      List.of(
          "libc.so.6",
          "libdl.so.2",
          "libgcc_s.so.1",
          "libm.so.6",
          "libpthread.so.0",
          "libresolv.so.2",
          "librt.so.1",
          "libstdc++.so.6",
          "libz.so.1");

  private static final Map<String, String> FILES =
      Map.of(
          "etc/passwd", "mq-exporter:x:%1$d:%1$d::/tmp:/nonexistent\n".formatted(USER),
          "etc/group", "mq-exporter:x:%d:\n".formatted(USER),
          "etc/nsswitch.conf", "hosts: files dns\n",
          "etc/mq-exporter/.keep", "",
          "tmp/.keep", "");

  private static final Duration DOWNLOAD_TIMEOUT = Duration.ofMinutes(9);
  private static final Duration LINK_TIMEOUT = Duration.ofMinutes(5);
  private static final Path AGENT = Path.of("opt/mq-exporter");
  private static final Path JAVA = Path.of("opt/java");

  /**
   * Makes the folder from what was built and from Debian's packages.
   *
   * @param emulator what writes the class cache if the processor is not this machine's; without it
   *     there is none then
   * @throws IllegalStateException if a part cannot be had
   */
  static ImageRoot create(Architecture architecture, Optional<Emulator> emulator) {
    var root =
        new ImageRoot(
            Repository.emptyRunFolder("image-" + architecture.label()).resolve("root"),
            architecture);
    Path packages =
        Path.of(
            Command.run(
                    DOWNLOAD_TIMEOUT,
                    Map.of(),
                    List.of(
                        Repository.file("src/test/bin/image-packages").toString(),
                        architecture.label()))
                .strip());
    try {
      root.addSystem(packages);
      root.linkJava(packages);
      root.addAgent();
      ImageSbom.write(root, packages.resolve("versions"));
      root.setTimes();
      if (architecture == Architecture.ofThisMachine()) {
        root.train(root.java(), 1);
      } else if (emulator.isPresent()) {
        root.train(emulator.get().javaHome(root), Emulator.PATIENCE);
      }
      root.setTimes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return root;
  }

  /** Returns the bill of materials. */
  Path sbom() {
    return folder.resolve(AGENT).resolve("sbom.cdx.json");
  }

  /** Returns the Java runtime. */
  Path java() {
    return folder.resolve(JAVA);
  }

  /** Returns the class cache, which is not there if nothing here runs what is in the folder. */
  Path cache() {
    return folder.resolve(AGENT).resolve("mq-exporter.aot");
  }

  private void addSystem(Path packages) throws IOException {
    Path libraries = packages.resolve("root/usr/lib").resolve(architecture.libraries());
    for (String library : C_LIBRARIES) {
      copy(libraries.resolve(library), "lib/" + architecture.libraries() + "/" + library);
    }
    String loader = architecture.loader();
    copy(libraries.resolve(Path.of(loader).getFileName()), loader);
    for (Map.Entry<String, String> file : FILES.entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
    for (String name : List.of("libc6", "libstdc++6", "zlib1g")) {
      String copyright = "usr/share/doc/" + name + "/copyright";
      Path source = packages.resolve("root").resolve(copyright);
      if (Files.exists(source)) {
        copy(source, copyright);
      }
    }
  }

  private void linkJava(Path packages) {
    var command = new ArrayList<>(List.of(javaTool("jlink")));
    if (architecture != Architecture.ofThisMachine()) {
      command.add("--module-path");
      command.add(
          packages
              .resolve("root/usr/lib/jvm/java-25-openjdk-" + architecture.label() + "/jmods")
              .toString());
    }
    command.addAll(
        List.of(
            "--add-modules=" + String.join(",", MODULES),
            "--no-header-files",
            "--no-man-pages",
            "--strip-java-debug-attributes",
            "--exclude-files=**.debuginfo",
            "--vm=server",
            "--compress=zip-6",
            "--output=" + folder.resolve(JAVA)));
    Command.run(LINK_TIMEOUT, Map.of(), command);
  }

  private void addAgent() throws IOException {
    Path built = Repository.file("exporter/target");
    copy(built.resolve("mq-exporter.jar"), AGENT + "/mq-exporter.jar");
    copy(built.resolve("java.options"), AGENT + "/java.options");
    copy(Repository.file("LICENSE"), AGENT + "/LICENSE");
    try (Stream<Path> jars = Files.list(built.resolve("lib"))) {
      for (Path jar : jars.sorted().toList()) {
        copy(jar, AGENT + "/lib/" + jar.getFileName());
      }
    }
  }

  /** The start script is there while the classes are cached, and not in the image. */
  private void train(Path javaHome, int patience) throws IOException {
    Path script = folder.resolve(AGENT).resolve("mq-exporter");
    Files.copy(Repository.file("exporter/target/mq-exporter"), script);
    if (!script.toFile().setExecutable(true)) {
      throw new IOException(script + ": cannot be made executable");
    }
    Training.write(script, javaHome, cache(), patience);
    Files.delete(script);
  }

  private void setTimes() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(path -> !Files.isSymbolicLink(path)).toList()) {
        Files.setLastModifiedTime(file, FileTime.from(FILE_TIME));
      }
    }
  }

  private void copy(Path source, String target) throws IOException {
    Path path = folder.resolve(target);
    Files.createDirectories(path.getParent());
    Files.copy(source, path);
  }

  private static String javaTool(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name).toString();
  }

  /** Returns the files below a folder of it, links followed, in order. */
  List<Path> files(String below) throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve(below), FileVisitOption.FOLLOW_LINKS)) {
      return files.filter(file -> Files.isRegularFile(file, new LinkOption[0])).sorted().toList();
    }
  }
}
