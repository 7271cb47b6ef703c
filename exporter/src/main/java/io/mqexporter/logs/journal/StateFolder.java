package io.mqexporter.logs.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The folder in which one agent keeps what it must not forget; locked as long as it is open. */
public final class StateFolder implements AutoCloseable {

  private final Path folder;
  private final FileChannel lock;

  private StateFolder(Path folder, FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /**
   * Creates the folder if it is not there, and locks it.
   *
   * @throws IOException in one line: the folder, what is wrong with it and what was expected
   */
  public static StateFolder open(Path folder) throws IOException {
    try {
      Files.createDirectories(folder);
      FileChannel channel = FileChannel.open(folder.resolve("lock"), CREATE, READ, WRITE);
      if (locked(channel).isEmpty()) {
        String holder = holder(channel);
        channel.close();
        throw new IOException(
            "%s: in use by another agent%s (expected: a folder for each agent)"
                .formatted(folder, holder));
      }
      channel.truncate(0);
      channel.write(UTF_8.encode(Long.toString(ProcessHandle.current().pid())), 0);
      return new StateFolder(folder, channel);
    } catch (FileSystemException e) {
      throw new IOException(
          "%s: %s (expected: a folder that can be written to)".formatted(folder, reason(e)), e);
    }
  }

  /** Returns the journal in it. */
  public Journal journal() {
    return new Journal(folder);
  }

  /** Lets another agent have the folder. */
  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      // The lock ends with the process in any case.
      return;
    }
  }

  /** Returns why a file could not be used, without its name. */
  public static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    @Nullable String reason = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
    return reason == null ? e.getClass().getSimpleName() : reason;
  }

  private static Optional<FileLock> locked(FileChannel channel) throws IOException {
    try {
      return Optional.ofNullable(channel.tryLock());
    } catch (OverlappingFileLockException e) {
      return Optional.empty();
    }
  }

  private static String holder(FileChannel channel) throws IOException {
    var bytes = ByteBuffer.allocate(20);
    channel.read(bytes, 0);
    String pid = UTF_8.decode(bytes.flip()).toString();
    return pid.isEmpty() ? "" : ", process " + pid;
  }
}
