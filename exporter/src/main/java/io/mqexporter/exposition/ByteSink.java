package io.mqexporter.exposition;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing array of bytes that text and numbers are written to without intermediate objects. */
final class ByteSink {

  private static final int INITIAL_BYTES = 8192;
  private static final int LONGEST_LONG = 20;
  private static final int LAST_ASCII = 0x7f;

  /** Up to here a double holds every whole number exactly. */
  private static final double LARGEST_EXACT = 1L << 53;

  private byte[] bytes = new byte[INITIAL_BYTES];
  private int length;

  void clear() {
    length = 0;
  }

  /** Takes back what was written after the first bytes. */
  void truncate(int newLength) {
    length = newLength;
  }

  int length() {
    return length;
  }

  byte[] array() {
    return bytes;
  }

  byte[] toByteArray() {
    return Arrays.copyOf(bytes, length);
  }

  void write(byte[] source) {
    write(source, source.length);
  }

  void write(byte[] source, int count) {
    reserve(count);
    System.arraycopy(source, 0, bytes, length, count);
    length += count;
  }

  void write(char ascii) {
    reserve(1);
    bytes[length++] = (byte) ascii;
  }

  void write(String text) {
    write(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes a label's value, escaped as both text formats ask for. */
  void writeEscaped(String text) {
    int start = length;
    reserve(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c > LAST_ASCII || c == '\\' || c == '"' || c == '\n') {
        length = start;
        write(text.replace("\\", "\\\\").replace("\n", "\\n").replace("\"", "\\\""));
        return;
      }
      bytes[length++] = (byte) c;
    }
  }

  /** Writes a value as both text formats spell it; whole numbers without a fraction. */
  void write(double value) {
    if (value == Math.rint(value) && Math.abs(value) <= LARGEST_EXACT) {
      write((long) value);
    } else if (Double.isNaN(value)) {
      write("NaN");
    } else if (Double.isInfinite(value)) {
      write(value > 0 ? "+Inf" : "-Inf");
    } else {
      write(Double.toString(value));
    }
  }

  private void write(long value) {
    reserve(LONGEST_LONG);
    if (value < 0) {
      bytes[length++] = '-';
    }
    long rest = Math.abs(value);
    int digits = 1;
    for (long power = 10; digits < LONGEST_LONG - 1 && rest >= power; power *= 10) {
      digits++;
    }
    for (int i = length + digits - 1; i >= length; i--) {
      bytes[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += digits;
  }

  private void reserve(int count) {
    if (bytes.length - length < count) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + count));
    }
  }
}
