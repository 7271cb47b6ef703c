package io.mqexporter.logs.tail;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** What is in a compressed file. It is read from front to back; going back begins anew. */
final class GzipContent implements Content {

  private static final int CHUNK = 64 << 10;

  private final Path path;
  private PushbackInputStream stream;
  private long position;

  GzipContent(Path path) throws IOException {
    this.path = path;
    this.stream = open(path);
  }

  @Override
  public int read(byte[] to, int index, int length, long from) throws IOException {
    if (from < position) {
      stream.close();
      stream = open(path);
      position = 0;
    }
    var skipped = new byte[CHUNK];
    while (position < from) {
      int read = stream.read(skipped, 0, (int) Math.min(CHUNK, from - position));
      if (read < 0) {
        return -1;
      }
      position += read;
    }
    int read = stream.read(to, index, length);
    position += Math.max(read, 0);
    return read;
  }

  @Override
  public void giveBack(byte[] bytes, int from, int length) throws IOException {
    stream.unread(bytes, from, length);
    position -= length;
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }

  private static PushbackInputStream open(Path path) throws IOException {
    InputStream file = new BufferedInputStream(Files.newInputStream(path), CHUNK);
    try {
      return new PushbackInputStream(new GZIPInputStream(file, CHUNK), FileReader.BUFFER);
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }
}
