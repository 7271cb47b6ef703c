package io.mqexporter.logs.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The positions of all files, in one file that is replaced as a whole: written beside it, synced,
 * renamed over it, and the folder synced. A crash at any instant leaves the former or the new one.
 */
public final class Journal {

  private static final String FORMAT = "mq-exporter-journal";
  private static final int VERSION = 1;

  private final Path folder;
  private final Path file;
  private final Path next;

  /** Creates a journal in a folder that is there, and that nobody else writes to. */
  public Journal(Path folder) {
    this.folder = folder;
    this.file = folder.resolve("journal");
    this.next = folder.resolve("journal.next");
  }

  /** Returns which file it is. */
  public Path file() {
    return file;
  }

  /** What a journal says. */
  public sealed interface Content {

    /** There is none yet: the agent has never forwarded logs from here. */
    record None() implements Content {}

    /**
     * All is well.
     *
     * @param positions a position for each file that is known
     */
    record Positions(List<FilePosition> positions) implements Content {

      /** Copies the list. */
      public Positions {
        positions = List.copyOf(positions);
      }
    }

    /**
     * It cannot be used. It was put aside.
     *
     * @param reason in one line, what is wrong and where it is now
     */
    record Damaged(String reason) implements Content {}
  }

  /**
   * Reads the journal.
   *
   * @throws IOException in one line, if it cannot be read, or is of a later release
   */
  public Content read() throws IOException {
    String text;
    try {
      text = new String(Files.readAllBytes(file), UTF_8);
    } catch (NoSuchFileException e) {
      return new Content.None();
    }
    int end = text.indexOf('\n');
    String[] header = text.substring(0, Math.max(end, 0)).split(" ", -1);
    if (header.length == 3 && header[0].equals(FORMAT) && isLater(header[1])) {
      throw new IOException(
          "%s: version %s (expected: %d; it is of a later release of mq-exporter)"
              .formatted(file, header[1], VERSION));
    }
    String lines = text.substring(end + 1);
    if (header.length != 3 || !text.startsWith(header(lines))) {
      Path aside = folder.resolve("journal.damaged");
      Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
      return new Content.Damaged(file + ": damaged; it is in " + aside + " now");
    }
    var positions = new ArrayList<FilePosition>();
    lines.lines().map(PositionLine::read).forEach(positions::add);
    return new Content.Positions(positions);
  }

  /**
   * Replaces all positions. When this returns they are on the disk.
   *
   * @throws IOException if they are not; the former ones are still there then
   */
  public void write(Collection<FilePosition> positions) throws IOException {
    var lines = new StringBuilder(positions.size() * 200);
    positions.forEach(position -> PositionLine.write(position, lines));
    String text = header(lines.toString()) + lines;
    try (FileChannel channel = FileChannel.open(next, CREATE, WRITE, TRUNCATE_EXISTING)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel channel = FileChannel.open(folder, READ)) {
      channel.force(true);
    }
  }

  private static String header(String lines) {
    var checksum = new CRC32C();
    checksum.update(lines.getBytes(UTF_8));
    return "%s %d %08x\n".formatted(FORMAT, VERSION, checksum.getValue());
  }

  private static boolean isLater(String version) {
    return version.matches("[0-9]{1,9}") && Integer.parseInt(version) > VERSION;
  }
}
