package io.mqexporter.exposition;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * The whole exposition in one format, as the finished bytes that a scrape writes. Only the
 * compressed form is kept, a twentieth of the plain one: Prometheus asks for no other, and a page
 * of a million series would take 150 MB. The arrays are shared and must not be changed.
 *
 * @param gzip the page as one gzip stream, in pieces
 * @param plainLength the number of bytes that it stands for
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody; written to the network as they are.
public record MetricsPage(byte[][] gzip, long plainLength) {

  /** Magic number, deflate, no flags, no time, no extra flags, unknown system (RFC 1952). */
  private static final byte[] GZIP_HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

  /** An empty last block with fixed codes (RFC 1951, section 3.2.6). */
  private static final byte[] LAST_BLOCK = {3, 0};

  static MetricsPage of(List<Chunk> chunks) {
    long crc = 0;
    long length = 0;
    var gzip = new ArrayList<byte[]>(chunks.size() + 2);
    gzip.add(GZIP_HEADER);
    for (Chunk chunk : chunks) {
      gzip.add(chunk.deflated());
      crc = Crc.combine(crc, chunk.crc(), chunk.length());
      length += chunk.length();
    }
    gzip.add(trailer(crc, length));
    return new MetricsPage(gzip.toArray(byte[][]::new), length);
  }

  /** Returns the plain page, decompressed as it is read. */
  public InputStream plain() throws IOException {
    List<InputStream> pieces =
        List.of(gzip).stream().<InputStream>map(ByteArrayInputStream::new).toList();
    return new GZIPInputStream(new SequenceInputStream(Collections.enumeration(pieces)));
  }

  private static byte[] trailer(long crc, long length) {
    var out = new byte[LAST_BLOCK.length + 2 * Integer.BYTES];
    System.arraycopy(LAST_BLOCK, 0, out, 0, LAST_BLOCK.length);
    for (int i = 0; i < Integer.BYTES; i++) {
      out[LAST_BLOCK.length + i] = (byte) (crc >>> (Byte.SIZE * i));
      out[LAST_BLOCK.length + Integer.BYTES + i] = (byte) (length >>> (Byte.SIZE * i));
    }
    return out;
  }
}
