package io.mqexporter.otlp;

import io.mqexporter.collector.Secret;
import io.mqexporter.collector.Tls;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Where metrics are pushed to.
 *
 * @param url the address of the receiver; without a path, {@code /v1/metrics} is meant
 * @param headers what each request shows, such as a token
 * @param resourceAttributes what is said of the agent, besides its name, version and instance or in
 *     their place
 * @param gzip whether requests are compressed
 * @param timeout how long a request may take
 * @param maxQueueBytes how much waits for a receiver that is away
 * @param tls the certificates for HTTPS; those of the JDK if there are none
 */
public record OtlpConfig(
    URI url,
    Map<String, Secret> headers,
    Map<String, String> resourceAttributes,
    boolean gzip,
    Duration timeout,
    int maxQueueBytes,
    Optional<Tls> tls) {

  /** How long a request may take where the file says nothing. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

  /** How much waits where the file says nothing. */
  public static final int DEFAULT_MAX_QUEUE_BYTES = 8 << 20;

  /** Copies the maps. */
  public OtlpConfig {
    headers = Map.copyOf(headers);
    resourceAttributes = Map.copyOf(resourceAttributes);
  }
}
