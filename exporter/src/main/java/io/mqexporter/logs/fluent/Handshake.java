package io.mqexporter.logs.fluent;

import io.mqexporter.collector.Deadline;
import io.mqexporter.logs.fluent.FluentConfig.Security;
import io.mqexporter.logs.fluent.MessagePackReader.Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * How both sides prove that they know the shared key, without showing it: HELO with a nonce, PING
 * and PONG with digests over it.
 */
final class Handshake {

  /** The name of this side in the digests. Receivers refuse a sender that has their own name. */
  private static final String OWN_NAME = "mq-exporter";

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int SALT_BYTES = 16;

  private Handshake() {}

  /**
   * Greets a receiver that asks for a shared key.
   *
   * @throws IOException in words for people, if it does not, or refuses ours, or knows another
   */
  static void perform(Connection connection, Security security, Deadline deadline)
      throws IOException, InterruptedException {
    if (!(connection.read(deadline) instanceof List<?> helo
        && isMessage(helo, "HELO", 2)
        && helo.get(1) instanceof Map<?, ?> options
        && options.get("nonce") instanceof Bytes nonce)) {
      throw new IOException("no HELO (expected: a receiver with a shared key)");
    }
    byte[] key = utf8(security.sharedKey().orElseThrow().value());
    var salt = new byte[SALT_BYTES];
    RANDOM.nextBytes(salt);
    byte[] auth = options.get("auth") instanceof Bytes bytes ? bytes.content() : new byte[0];
    connection.write(ping(salt, nonce.content(), auth, key, security).buffer(), deadline);
    if (!(connection.read(deadline) instanceof List<?> pong && isMessage(pong, "PONG", 5))) {
      throw new IOException("no PONG (expected: a receiver of the forward protocol)");
    }
    if (!Boolean.TRUE.equals(pong.get(1))) {
      throw new IOException("refused by the receiver: " + pong.get(2));
    }
    String digest = digest(salt, utf8(pong.get(3).toString()), nonce.content(), key);
    if (!MessageDigest.isEqual(utf8(digest), utf8(pong.get(4).toString()))) {
      throw new IOException("the receiver does not know the shared key");
    }
  }

  private static MessagePackWriter ping(
      byte[] salt, byte[] nonce, byte[] auth, byte[] key, Security security) throws IOException {
    if (auth.length > 0 && security.user().isEmpty()) {
      throw new IOException("the receiver asks for a user (expected: username and password)");
    }
    var ping =
        new MessagePackWriter()
            .arrayHead(6)
            .text("PING")
            .text(OWN_NAME)
            .bytes(salt)
            .text(digest(salt, utf8(OWN_NAME), nonce, key));
    return security
        .user()
        .filter(_ -> auth.length > 0)
        .map(user ->
            ping.text(user.username())
                .text(digest(auth, utf8(user.username()), utf8(user.password().value()))))
        .orElseGet(() -> ping.text("").text(""));
  }

  private static boolean isMessage(List<?> message, String name, int size) {
    return message.size() == size && message.getFirst().toString().equals(name);
  }

  private static String digest(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-512");
      for (byte[] part : parts) {
        digest.update(part);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-512", e);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
