package io.mqexporter.logs.tail;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/** Ids: 128 bits of a SHA-256 in base64url. */
final class EventId {

  private static final int BYTES = 16;

  private EventId() {}

  /** Returns the id that some words make. */
  static String of(Object... words) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Object word : words) {
        digest.update(word.toString().getBytes(UTF_8));
        digest.update((byte) 0);
      }
      byte[] id = Arrays.copyOf(digest.digest(), BYTES);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(id);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
