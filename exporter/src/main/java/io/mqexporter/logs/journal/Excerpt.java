package io.mqexporter.logs.journal;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Some bytes of a file, by which it is recognised.
 *
 * @param length how many they are
 * @param hash the first eight bytes of their SHA-256
 */
public record Excerpt(int length, long hash) {

  /** No bytes at all: they are in every file. */
  public static final Excerpt NONE = new Excerpt(0, 0);

  /** How many bytes of a file's beginning are looked at, at most. */
  public static final int HEAD = 256;

  /** How many bytes before a position are looked at, at most. */
  public static final int TAIL = 64;

  /** Returns the excerpt that bytes are. */
  public static Excerpt of(byte[] bytes, int from, int to) {
    if (from == to) {
      return NONE;
    }
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(bytes, from, to - from);
      return new Excerpt(to - from, ByteBuffer.wrap(digest.digest()).getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
