package io.mqexporter.logs.sink;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Set;

/**
 * A file for the documents that a receiver refuses for good, a line of JSON each: when, whose, why,
 * and the document itself, so that nothing is lost. The file is made when it is first needed.
 */
public final class DeadLetters {

  private static final JsonFactory JSON = new JsonFactory();
  private static final int MAX_REASON_CHARS = 1_000;

  private final Path file;
  private final long maxBytes;
  private final Clock clock;

  /**
   * Creates the access to a file.
   *
   * @param maxBytes how large it may become; beyond that nothing more is taken
   */
  public DeadLetters(Path file, long maxBytes, Clock clock) {
    this.file = file;
    this.maxBytes = maxBytes;
    this.clock = clock;
  }

  /**
   * A document that nobody wants.
   *
   * @param sink the name of the sink
   * @param index where it was to go
   * @param id its id
   * @param reason why it was refused
   * @param document its fields
   */
  public record DeadLetter(
      String sink, String index, String id, String reason, LogDocument document) {}

  /**
   * Appends a document, and returns when it is on the disk.
   *
   * @throws IOException if it cannot be written, in words for people; the file is as it was then
   */
  public synchronized void append(DeadLetter letter) throws IOException {
    ByteBuffer line = ByteBuffer.wrap(line(letter));
    try (FileChannel channel = open()) {
      long size = channel.size();
      if (size + line.remaining() > maxBytes) {
        throw new IOException(
            "%s: %d bytes of dead letters (expected: at most %d; look at them, move the file away)"
                .formatted(file, size, maxBytes));
      }
      append(channel, line, size);
    }
  }

  private FileChannel open() throws IOException {
    // Logs may hold what is not for everybody.
    return FileChannel.open(
        file,
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----")));
  }

  private void append(FileChannel channel, ByteBuffer line, long size) throws IOException {
    try {
      long position = size;
      while (line.hasRemaining()) {
        position += channel.write(line, position);
      }
      channel.force(true);
    } catch (IOException e) {
      channel.truncate(size);
      throw new IOException(file + ": dead letters cannot be written: " + e.getMessage(), e);
    }
  }

  private byte[] line(DeadLetter letter) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("time", clock.instant().toString());
      json.writeStringField("sink", letter.sink());
      json.writeStringField("reason", shortened(letter.reason()));
      json.writeStringField("index", letter.index());
      json.writeStringField("id", letter.id());
      json.writeFieldName("document");
      letter.document().write(json);
      json.writeEndObject();
      json.writeRaw('\n');
    }
    return bytes.toByteArray();
  }

  private static String shortened(String reason) {
    return reason.length() <= MAX_REASON_CHARS ? reason : reason.substring(0, MAX_REASON_CHARS);
  }
}
