package io.mqexporter.exposition;

import java.util.Arrays;
import java.util.zip.Deflater;

/** Makes chunks, one after the other. Holds native memory until it is closed. */
final class ChunkCompressor implements AutoCloseable {

  /** Metrics shrink to a twentieth at any level; the higher ones only cost time. */
  private static final int LEVEL = 1;

  private final Deflater deflater = new Deflater(LEVEL, true);
  private final byte[] output = new byte[8192];
  private final ByteSink deflated = new ByteSink();

  /** Makes a chunk of what a sink holds. */
  Chunk compress(ByteSink plain) {
    deflater.reset();
    deflater.setInput(plain.array(), 0, plain.length());
    deflated.clear();
    int count;
    do {
      count = deflater.deflate(output, 0, output.length, Deflater.SYNC_FLUSH);
      deflated.write(output, count);
    } while (count == output.length);
    return new Chunk(Arrays.copyOf(plain.array(), plain.length()), deflated.toByteArray());
  }

  @Override
  public void close() {
    deflater.end();
  }
}
