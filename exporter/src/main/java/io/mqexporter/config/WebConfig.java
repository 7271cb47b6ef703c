package io.mqexporter.config;

import io.mqexporter.collector.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the agent's HTTP port is secured: what a file of {@code --web.config.file} says, in the form
 * of Prometheus' own servers (exporter-toolkit's web-configuration.md).
 *
 * @param tls what HTTPS needs; without it HTTP is served
 * @param http2 whether HTTP/2 is offered with HTTPS
 * @param headers what each response carries besides
 * @param users the bcrypt hashes of the users' passwords; whoever comes is let in if there are none
 * @param rateLimit how many requests are answered
 */
public record WebConfig(
    Optional<Tls> tls,
    boolean http2,
    Map<String, String> headers,
    Map<String, Secret> users,
    Optional<RateLimit> rateLimit) {

  /** Plain HTTP for everybody. */
  public static final WebConfig OPEN =
      new WebConfig(Optional.empty(), true, Map.of(), Map.of(), Optional.empty());

  /** Copies the maps. */
  public WebConfig {
    headers = Map.copyOf(headers);
    users = Map.copyOf(users);
  }

  /**
   * What HTTPS needs.
   *
   * @param certificates the server's certificate with those that vouch for it, in PEM form
   * @param key its key, in PEM form
   * @param clientAuthorities who vouches for clients, in PEM form; empty for those whom Java trusts
   * @param clientAuth what clients must show
   * @param allowedNames the alternative names of which a client's certificate must have one; any
   *     will do if there are none
   * @param protocols by their names in Java
   * @param cipherSuites in the order in which they are tried; Java's own if there are none
   * @param groups for the exchange of keys, by their names in Java; Java's own if there are none
   */
  public record Tls(
      String certificates,
      Secret key,
      String clientAuthorities,
      ClientAuth clientAuth,
      List<String> allowedNames,
      List<String> protocols,
      List<String> cipherSuites,
      List<String> groups) {

    /** Copies the lists. */
    public Tls {
      allowedNames = List.copyOf(allowedNames);
      protocols = List.copyOf(protocols);
      cipherSuites = List.copyOf(cipherSuites);
      groups = List.copyOf(groups);
    }
  }

  /** What clients must show, by the names of Go's crypto/tls. */
  public enum ClientAuth {
    /** Nothing; not asked for. */
    NONE("NoClientCert"),
    /** Asked for; any will do, and so will none. */
    REQUEST("RequestClientCert"),
    /** One, whoever made it. */
    REQUIRE_ANY("RequireAnyClientCert"),
    /** None, or one that an authority vouches for. */
    VERIFY_IF_GIVEN("VerifyClientCertIfGiven"),
    /** One that an authority vouches for. */
    REQUIRE_AND_VERIFY("RequireAndVerifyClientCert");

    private final String goName;

    ClientAuth(String goName) {
      this.goName = goName;
    }

    String goName() {
      return goName;
    }

    /** Returns whether nobody gets in without a certificate. */
    public boolean isRequired() {
      return this == REQUIRE_ANY || this == REQUIRE_AND_VERIFY;
    }

    /** Returns whether an authority must vouch for a certificate that is shown. */
    public boolean isVerified() {
      return this == VERIFY_IF_GIVEN || this == REQUIRE_AND_VERIFY;
    }
  }

  /**
   * How many requests are answered: so many at once, and then one an interval.
   *
   * @param interval until one more is answered
   * @param burst at once after a pause
   */
  public record RateLimit(Duration interval, int burst) {}
}
