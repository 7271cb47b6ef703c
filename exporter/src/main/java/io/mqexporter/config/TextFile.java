package io.mqexporter.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Small UTF-8 files, read whole. */
final class TextFile {

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private TextFile() {}

  /** Says in a few words why a file cannot be read. */
  static final class UnreadableException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int line;
    private final String reason;

    private UnreadableException(int line, String reason) {
      super(reason);
      this.line = line;
      this.reason = reason;
    }

    /** Returns the line at which it went wrong, from 1; 0 if it is the file as a whole. */
    int line() {
      return line;
    }

    /** Returns the few words. */
    String reason() {
      return reason;
    }
  }

  /**
   * Reads a file. It never waits: what is not a regular file, such as a pipe, is refused.
   *
   * @param maxBytes how large it may be; what is larger is refused without reading it
   */
  static String read(Path file, int maxBytes) throws UnreadableException {
    try {
      refuseUnlessRegular(file);
      refuseIfLarger(Files.size(file), maxBytes);
      try (InputStream in = Files.newInputStream(file)) {
        byte[] bytes = in.readNBytes(maxBytes + 1);
        refuseIfLarger(bytes.length, maxBytes);
        return decode(bytes);
      }
    } catch (AccessDeniedException e) {
      throw new UnreadableException(0, "no right to read it");
    } catch (FileSystemException e) {
      throw unreadable(Optional.ofNullable(e.getReason()));
    } catch (IOException e) {
      throw unreadable(Optional.ofNullable(e.getMessage()));
    }
  }

  private static void refuseUnlessRegular(Path file) throws IOException, UnreadableException {
    if (Files.isDirectory(file)) {
      throw new UnreadableException(0, "a directory");
    }
    if (Files.notExists(file)) {
      throw new UnreadableException(0, "not found");
    }
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new UnreadableException(0, "not a regular file");
    }
  }

  private static void refuseIfLarger(long bytes, int maxBytes) throws UnreadableException {
    if (bytes > maxBytes) {
      throw new UnreadableException(0, bytes + " bytes");
    }
  }

  private static String decode(byte[] bytes) throws UnreadableException {
    var in = ByteBuffer.wrap(bytes);
    var out = CharBuffer.allocate(bytes.length);
    if (StandardCharsets.UTF_8.newDecoder().decode(in, out, true).isError()) {
      throw new UnreadableException(
          lineAt(bytes, in.position()), "invalid UTF-8 at byte " + in.position());
    }
    String text = out.flip().toString();
    return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
  }

  private static int lineAt(byte[] bytes, int offset) {
    int line = 1;
    for (int i = 0; i < offset; i++) {
      if (bytes[i] == '\n') {
        line++;
      }
    }
    return line;
  }

  private static UnreadableException unreadable(Optional<String> why) {
    return new UnreadableException(
        0, why.map(w -> "cannot be read: " + w).orElse("cannot be read"));
  }
}
