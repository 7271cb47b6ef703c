package io.mqexporter.logs.tail;

import io.mqexporter.logs.journal.Excerpt;
import java.io.Closeable;
import java.io.IOException;

/** The bytes of one open file; of a compressed one, those that are in there. */
interface Content extends Closeable {

  /**
   * Reads bytes from a position on.
   *
   * @return how many, at least one; -1 at the end
   */
  int read(byte[] to, int index, int length, long position) throws IOException;

  /** Takes the last bytes that were read back: they will be asked for again. */
  void giveBack(byte[] bytes, int from, int length) throws IOException;

  /** Returns an excerpt; a shorter one if the file ends before it does. */
  default Excerpt excerpt(long position, int length) throws IOException {
    var bytes = new byte[length];
    int have = 0;
    while (have < length) {
      int read = read(bytes, have, length - have, position + have);
      if (read < 0) {
        break;
      }
      have += read;
    }
    return Excerpt.of(bytes, 0, have);
  }
}
