package io.mqexporter.exposition;

/**
 * Puts checksums of pieces together to the one of the whole. CRC-32 is linear over GF(2): to append
 * bytes is to shift what was there by their number of bits, a multiplication by a power of x modulo
 * the polynomial (RFC 1952, section 8).
 */
final class Crc {

  /** The polynomial with its bits reversed, as the checksum itself has them. */
  private static final int POLYNOMIAL = 0xedb88320;

  /** The polynomials 1 and x^8, which shifts by one byte. */
  private static final int ONE = 1 << 31;

  private static final int ONE_BYTE = ONE >>> Byte.SIZE;

  private Crc() {}

  /**
   * Returns the checksum of two pieces, one after the other.
   *
   * @param first the checksum of the first
   * @param second the checksum of the second
   * @param secondLength the number of bytes of the second
   */
  static long combine(long first, long second, long secondLength) {
    int shift = ONE;
    int power = ONE_BYTE;
    for (long rest = secondLength; rest > 0; rest >>= 1) {
      if ((rest & 1) == 1) {
        shift = multiply(shift, power);
      }
      power = multiply(power, power);
    }
    return Integer.toUnsignedLong(multiply(shift, (int) first)) ^ second;
  }

  private static int multiply(int a, int b) {
    int product = 0;
    int factor = b;
    for (int bits = a; bits != 0; bits <<= 1) {
      if (bits < 0) {
        product ^= factor;
      }
      factor = (factor & 1) == 1 ? factor >>> 1 ^ POLYNOMIAL : factor >>> 1;
    }
    return product;
  }
}
