package io.mqexporter.brokers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How servers and tools are started that run shortly and often: so that they are there soon. */
final class JavaCommand {

  private JavaCommand() {}

  /**
   * Returns a command. From the first end of a program on, an archive has the classes that it
   * loads, as long as they are those of the same class path.
   *
   * @param options what goes before the main class, but for the class path
   * @param arguments what goes behind it
   */
  static List<String> of(
      List<String> options, String classPath, String mainClass, List<String> arguments) {
    var command =
        new ArrayList<>(
            List.of(
                ServerProcess.java(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+AutoCreateSharedArchive",
                "-XX:SharedArchiveFile=" + archive(classPath, mainClass),
                // It is no news that an archive cannot be used yet.
                "-Xlog:disable",
                "-Xlog:all=error"));
    command.addAll(options);
    command.addAll(List.of("-cp", classPath, mainClass));
    command.addAll(arguments);
    return command;
  }

  /**
   * Returns whether the archive of a program has been written, which one that is killed does not.
   */
  static boolean isArchived(String classPath, String mainClass) {
    return Files.exists(archive(classPath, mainClass));
  }

  private static Path archive(String classPath, String mainClass) {
    Path archives = Repository.file("target/brokers/classes");
    try {
      Files.createDirectories(archives);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return archives.resolve("%s-%08x.jsa".formatted(mainClass, classPath.hashCode()));
  }
}
