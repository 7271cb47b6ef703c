package io.mqexporter.brokers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** The places of this repository's checkout. */
public final class Repository {

  private static final Path ROOT = root();

  private static final Path RUN =
      ROOT.resolve(Fork.COUNT == 1 ? "target/run" : "target/run/fork-" + Fork.NUMBER);

  private Repository() {}

  /** Returns a file or folder by its path from the root of the checkout. */
  public static Path file(String path) {
    return ROOT.resolve(path);
  }

  /**
   * Returns an empty folder for one server's data and logs, under {@code target/run}. What an
   * earlier run left there is deleted.
   */
  public static Path emptyRunFolder(String name) {
    Path folder = runFolder(name);
    try {
      if (Files.exists(folder)) {
        try (var files = Files.walk(folder)) {
          files.sorted(Comparator.reverseOrder()).forEach(Repository::delete);
        }
      }
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the folder of that name under {@code target/run}, which may not be there yet. */
  public static Path runFolder(String name) {
    return RUN.resolve(name);
  }

  /**
   * Returns the class path of a real broker or its tools, as {@code src/test/brokers} resolved it.
   *
   * @throws IllegalStateException if the build has not written it yet
   */
  public static String classPathOf(String broker) {
    Path file = ROOT.resolve("target/brokers/" + broker + ".classpath");
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new IllegalStateException(file + ": not there (expected: 'make build' to write it)", e);
    }
  }

  private static void delete(Path path) {
    try {
      Files.delete(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path root() {
    Path path = Path.of(System.getProperty("repository.root", "")).toAbsolutePath().normalize();
    if (!Files.exists(path.resolve("collectors/pom.xml"))) {
      throw new IllegalStateException(
          path + ": not the root of the checkout (expected: the system property repository.root)");
    }
    return path;
  }
}
