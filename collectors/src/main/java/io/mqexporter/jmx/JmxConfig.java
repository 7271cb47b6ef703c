package io.mqexporter.jmx;

import io.mqexporter.collector.Secret;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which JVMs are read, and how.
 *
 * @param addresses their JMX ports, as {@code host:port}
 * @param port the JMX port that all brokers of the cluster have, besides those
 * @param credentials what the JVMs ask for
 * @param maxMbeans how many MBeans of one JVM are read at the most
 */
public record JmxConfig(
    List<String> addresses, OptionalInt port, Optional<Credentials> credentials, int maxMbeans) {

  /** What is enough for the built-in metrics of a broker with some thousands of topics. */
  public static final int DEFAULT_MAX_MBEANS = 20_000;

  /** A user of JMX. */
  public record Credentials(String username, Secret password) {}

  /** Copies the addresses. */
  public JmxConfig {
    addresses = List.copyOf(addresses);
  }
}
