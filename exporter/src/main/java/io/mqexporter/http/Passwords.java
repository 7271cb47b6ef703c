package io.mqexporter.http;

import static java.util.Comparator.comparing;

import io.mqexporter.collector.Secret;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.security.crypto.bcrypt.BCrypt;

/**
 * Checks users and passwords of HTTP's basic authentication (RFC 7617) against bcrypt hashes. What
 * was right once is remembered, so that a scraper costs one hash in all; what is wrong costs one
 * each time, one after the other on one thread, and not more than a few may wait. Used by one
 * thread.
 */
final class Passwords {

  private static final int MOST_REMEMBERED = 100;
  private static final int MOST_WAITING = 20;

  private final Map<String, Boolean> remembered =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > MOST_REMEMBERED;
        }
      };

  private int waiting;

  /** What a check comes to. */
  enum Verdict {
    RIGHT,
    WRONG,
    /** Too many are being checked. */
    BUSY
  }

  private record Credentials(String user, String password) {}

  /**
   * Checks the value of the header {@code Authorization}, which is empty where there is none.
   *
   * @param users the hashes by the users' names, at least one
   */
  Future<Verdict> check(Vertx vertx, Map<String, Secret> users, String authorization) {
    Optional<Credentials> credentials = parse(authorization);
    if (credentials.isEmpty()) {
      return Future.succeededFuture(Verdict.WRONG);
    }
    String password = credentials.get().password();
    Optional<Secret> known = Optional.ofNullable(users.get(credentials.get().user()));
    String hash = known.map(Secret::value).orElseGet(() -> slowest(users));
    String digest = digest(credentials.get(), hash);
    if (remembered.containsKey(digest)) {
      return Future.succeededFuture(Verdict.RIGHT);
    }
    if (waiting >= MOST_WAITING) {
      return Future.succeededFuture(Verdict.BUSY);
    }
    waiting++;
    return vertx
        .executeBlocking(() -> BCrypt.checkpw(password, hash) && known.isPresent(), true)
        .map(right -> {
          if (!Boolean.TRUE.equals(right)) {
            return Verdict.WRONG;
          }
          remembered.put(digest, true);
          return Verdict.RIGHT;
        })
        .onComplete(_ -> waiting--);
  }

  /** A name that is not there takes as long as one that is. */
  private static String slowest(Map<String, Secret> users) {
    return users.values().stream().map(Secret::value).max(comparing(Passwords::cost)).orElseThrow();
  }

  /** Returns the part of a hash that tells how long it takes: {@code 10} of {@code $2y$10$...}. */
  private static String cost(String hash) {
    return hash.substring(4, 6);
  }

  private static Optional<Credentials> parse(String authorization) {
    if (!authorization.regionMatches(true, 0, "Basic ", 0, 6)) {
      return Optional.empty();
    }
    try {
      String text =
          new String(
              Base64.getDecoder().decode(authorization.substring(6).strip()),
              StandardCharsets.UTF_8);
      int colon = text.indexOf(':');
      return colon < 0
          ? Optional.empty()
          : Optional.of(new Credentials(text.substring(0, colon), text.substring(colon + 1)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Returns what stands for a right password without telling it; another hash, another digest. */
  private static String digest(Credentials credentials, String hash) {
    try {
      var sha = MessageDigest.getInstance("SHA-256");
      for (String part : new String[] {credentials.user(), hash, credentials.password()}) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        sha.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        sha.update(bytes);
      }
      return Base64.getEncoder().encodeToString(sha.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
