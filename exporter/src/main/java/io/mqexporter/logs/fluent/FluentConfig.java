package io.mqexporter.logs.fluent;

import io.mqexporter.collector.Secret;
import io.mqexporter.collector.Tls;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How Fluentd or Fluent Bit is reached.
 *
 * @param addresses one or more receivers as {@code host:port}; the first that answers is sent to,
 *     until it no longer does
 * @param tag the first part of the tag of each event; the kind of broker follows after a dot
 * @param security what the receivers are shown
 * @param timeout how long connecting, and the acknowledgement of a chunk, may take
 * @param maxChunkBytes about how much is sent before an acknowledgement is waited for
 */
public record FluentConfig(
    List<String> addresses, String tag, Security security, Duration timeout, int maxChunkBytes) {

  /** The tag where nothing else is said. */
  public static final String DEFAULT_TAG = "mq";

  /** The time-out where nothing else is said. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

  /** The size of a chunk where nothing else is said. */
  public static final int DEFAULT_MAX_CHUNK_BYTES = 1 << 20;

  /** Copies the addresses. */
  public FluentConfig {
    addresses = List.copyOf(addresses);
  }

  /**
   * What the receivers are shown.
   *
   * @param sharedKey what both sides know, if the receiver asks for it
   * @param user user and password, if the receiver asks for them beside the key
   * @param useTls whether the connections are encrypted
   * @param tls the certificates; those of the JDK if there are none
   */
  public record Security(
      Optional<Secret> sharedKey, Optional<User> user, boolean useTls, Optional<Tls> tls) {

    /** Nothing is shown, and nothing encrypted. */
    public static final Security NONE =
        new Security(Optional.empty(), Optional.empty(), false, Optional.empty());
  }

  /** A user who may send. */
  public record User(String username, Secret password) {}
}
