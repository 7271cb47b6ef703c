package io.mqexporter.brokers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The sockets that a process has open, by their numbers in the kernel, which are not used again.
 */
public final class Sockets {

  private Sockets() {}

  /** Returns those of a process: what it listens on, and each connection. */
  public static Set<String> of(ProcessHandle process) throws IOException {
    try (Stream<Path> files = Files.list(Path.of("/proc/" + process.pid() + "/fd"))) {
      return files
          .flatMap(Sockets::target)
          .filter(target -> target.startsWith("socket:"))
          .collect(Collectors.toSet());
    }
  }

  private static Stream<String> target(Path file) {
    try {
      return Stream.of(Files.readSymbolicLink(file).toString());
    } catch (IOException e) {
      // Closed meanwhile.
      return Stream.empty();
    }
  }
}
