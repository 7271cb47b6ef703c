package io.mqexporter.brokers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A file system in memory that one server alone sees, in a mount namespace of its own, and that
 * ends with it. Its files can be reached from outside by way of the server's process (<a
 * href="https://man7.org/linux/man-pages/man5/proc_pid_root.5.html">proc_pid_root(5)</a>).
 */
public final class SmallDisk {

  /** What lies in the folder already is on the disk too. */
  private static final String MOUNT =
      """
      mkdir -p "$2" "$2-before" && cp -R "$2/." "$2-before" &&
      mount -t tmpfs -o size="$1"m tmpfs "$2" && cp -R "$2-before/." "$2" && shift 2 && exec "$@"
      """;

  private static final String FILLER = "filler";
  private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(60);

  private final Path folder;

  SmallDisk(ProcessHandle server, Path folder) {
    this.folder = Path.of("/proc/" + server.pid() + "/root" + folder);
  }

  /**
   * Returns a command that runs another with such a file system; its process is the other's.
   *
   * @param megabytes its size; 0 for none
   */
  static List<String> around(List<String> command, Path folder, int megabytes) {
    if (megabytes == 0) {
      return command;
    }
    return Stream.concat(
            Stream.of("unshare", "--mount", "sh", "-c", MOUNT, "sh"),
            Stream.concat(
                Stream.of(String.valueOf(megabytes), folder.toString()), command.stream()))
        .toList();
  }

  /** Returns its folder as others than the server reach it. */
  public Path folder() {
    return folder;
  }

  /** Lets a file grow until a share of the whole is used. */
  public void fill(double share) {
    try {
      var store = Files.getFileStore(folder);
      long filled = Files.exists(filler()) ? Files.size(filler()) : 0;
      long others = store.getTotalSpace() - store.getUsableSpace() - filled;
      long length = (long) (store.getTotalSpace() * share) - others;
      Command.run(
          COMMAND_TIMEOUT,
          Map.of(),
          List.of("fallocate", "--length", String.valueOf(length), filler().toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes back what was filled. */
  public void empty() {
    try {
      Files.delete(filler());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path filler() {
    return folder.resolve(FILLER);
  }
}
