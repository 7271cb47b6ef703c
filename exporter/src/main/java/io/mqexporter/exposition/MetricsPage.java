package io.mqexporter.exposition;

import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * The whole exposition in one format, as the finished bytes that a scrape writes. The arrays are
 * shared and must not be changed.
 *
 * @param plain the page in pieces
 * @param gzip the same as one gzip stream, in pieces
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody; written to the network as they are.
public record MetricsPage(byte[][] plain, byte[][] gzip) {

  /** Magic number, deflate, no flags, no time, no extra flags, unknown system (RFC 1952). */
  private static final byte[] GZIP_HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

  /** An empty last block with fixed codes (RFC 1951, section 3.2.6). */
  private static final byte[] LAST_BLOCK = {3, 0};

  static MetricsPage of(List<Chunk> chunks) {
    var crc = new CRC32();
    long length = 0;
    var plain = new byte[chunks.size()][];
    var gzip = new ArrayList<byte[]>(chunks.size() + 2);
    gzip.add(GZIP_HEADER);
    for (int i = 0; i < plain.length; i++) {
      plain[i] = chunks.get(i).plain();
      gzip.add(chunks.get(i).deflated());
      crc.update(plain[i]);
      length += plain[i].length;
    }
    gzip.add(trailer(crc.getValue(), length));
    return new MetricsPage(plain, gzip.toArray(byte[][]::new));
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
