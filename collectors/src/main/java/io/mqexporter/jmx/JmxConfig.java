package io.mqexporter.jmx;

import io.mqexporter.collector.Secret;
import io.mqexporter.jmx.rules.RuleFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which JVMs are read, and how.
 *
 * @param addresses their JMX ports, as {@code host:port}
 * @param port the JMX port that all brokers of the cluster have, besides those
 * @param credentials what the JVMs ask for
 * @param tls how TLS is spoken with them; empty if it is not
 * @param rules what is made of their MBeans besides; empty if nothing
 * @param maxMbeans how many MBeans of one JVM are read at the most
 */
public record JmxConfig(
    List<String> addresses,
    OptionalInt port,
    Optional<Credentials> credentials,
    Optional<Tls> tls,
    Optional<RuleFile> rules,
    int maxMbeans) {

  /** What is enough for the built-in metrics of a broker with some thousands of topics. */
  public static final int DEFAULT_MAX_MBEANS = 20_000;

  /** A user of JMX. */
  public record Credentials(String username, Secret password) {}

  /**
   * How TLS is spoken. Stores are files in PKCS#12 or in Java's own form.
   *
   * @param trustStore the authorities that are trusted, in PEM, too; empty for those that Java
   *     trusts
   * @param keyStore our own key, with a certificate that JVMs may demand
   * @param verifyHost whether the certificate of a JVM must be for the host that it is reached
   *     under
   */
  public record Tls(
      Optional<Path> trustStore,
      Optional<Secret> trustStorePassword,
      Optional<Path> keyStore,
      Optional<Secret> keyStorePassword,
      boolean verifyHost) {}

  /** Returns the files that are read. */
  public Set<Path> files() {
    return Stream.of(
            tls.flatMap(Tls::trustStore), tls.flatMap(Tls::keyStore), rules.map(RuleFile::file))
        .flatMap(Optional::stream)
        .collect(Collectors.toSet());
  }

  /** Copies the addresses. */
  public JmxConfig {
    addresses = List.copyOf(addresses);
  }
}
