package io.mqexporter.exposition;

import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Makes chunks, one after the other. Holds native memory until it is closed. */
final class ChunkCompressor implements AutoCloseable {

  /** Metrics shrink to a twentieth at any level; the higher ones only cost time. */
  private static final int LEVEL = 1;

  /** So much is gathered before it is compressed: the whole of a large family would be too much. */
  private static final int PART_BYTES = 64 << 10;

  private final Deflater deflater = new Deflater(LEVEL, true);
  private final CRC32 crc = new CRC32();
  private final byte[] output = new byte[8192];
  private final ByteSink deflated = new ByteSink();

  /** Begins a chunk. */
  void begin() {
    deflater.reset();
    crc.reset();
    deflated.clear();
  }

  /** Takes what a sink holds and empties it, if it holds enough to be worth it. */
  void drain(ByteSink plain) {
    if (plain.length() >= PART_BYTES) {
      compress(plain, Deflater.NO_FLUSH);
    }
  }

  /** Takes the rest that a sink holds, empties it, and returns the chunk. */
  Chunk end(ByteSink plain) {
    compress(plain, Deflater.SYNC_FLUSH);
    return new Chunk(deflated.toByteArray(), deflater.getBytesRead(), crc.getValue());
  }

  private void compress(ByteSink plain, int flush) {
    crc.update(plain.array(), 0, plain.length());
    deflater.setInput(plain.array(), 0, plain.length());
    int count;
    do {
      count = deflater.deflate(output, 0, output.length, flush);
      deflated.write(output, count);
    } while (count == output.length);
    plain.clear();
  }

  @Override
  public void close() {
    deflater.end();
  }
}
