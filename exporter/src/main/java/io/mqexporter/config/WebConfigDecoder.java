package io.mqexporter.config;

import io.mqexporter.collector.Secret;
import io.mqexporter.config.WebConfig.ClientAuth;
import io.mqexporter.config.WebConfig.RateLimit;
import io.mqexporter.config.WebConfig.Tls;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/**
 * Makes a {@link WebConfig} of the sections of a file.
 *
 * @param contents reads the files that are named
 * @param problem says what is wrong with certificates and keys, if anything
 */
record WebConfigDecoder(ContentFormat contents, Function<Tls, Optional<String>> problem) {

  private static final Predicate<String> IS_BCRYPT =
      Pattern.compile("\\$2[aby]\\$(0[4-9]|[12]\\d|3[01])\\$[./A-Za-z0-9]{53}").asMatchPredicate();

  /** What is older is no longer spoken, so a minimum that is older says the same as this one. */
  private static final String TLS_1_2 = "TLSv1.2";

  private static final String TLS_1_3 = "TLSv1.3";

  private static final Format<String> MIN_VERSION =
      new ChoiceFormat<>(
          ordered("TLS13", TLS_1_3, "TLS12", TLS_1_2, "TLS11", TLS_1_2, "TLS10", TLS_1_2));

  private static final Format<String> MAX_VERSION =
      new ChoiceFormat<>(ordered("TLS13", TLS_1_3, "TLS12", TLS_1_2));

  private static final Format<String> GROUP =
      new ChoiceFormat<>(
          ordered(
              "CurveP256", "secp256r1",
              "CurveP384", "secp384r1",
              "CurveP521", "secp521r1",
              "X25519", "x25519"));

  private static final Format<ClientAuth> CLIENT_AUTH = new ChoiceFormat<>(clientAuths());

  private static final Set<String> CIPHER_SUITES = cipherSuites();

  private static final Format<String> CIPHER_SUITE =
      new TextFormat<>(
          "a cipher suite that Java knows, such as TLS_AES_128_GCM_SHA256",
          CIPHER_SUITES::contains,
          Function.identity());

  /** HTTP/2 over TLS 1.2 demands the first of these (RFC 9113, 9.2.2), with either key. */
  private static final List<String> OF_HTTP2 =
      List.of("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256");

  /** The headers that may be set, and to what. */
  private static final Map<String, Format<String>> HEADERS =
      Map.of(
          "Content-Security-Policy", TextFormat.any(),
          "Strict-Transport-Security", TextFormat.any(),
          "X-Content-Type-Options", oneOf("nosniff"),
          "X-Frame-Options", oneOf("deny", "sameorigin"),
          "X-XSS-Protection", TextFormat.any());

  private record Http(boolean http2, Map<String, String> headers) {}

  /** Reads the whole file. */
  Optional<WebConfig> decode(Section root) {
    Optional<Http> http = root.section("http_server_config", WebConfigDecoder::http);
    boolean http2 = http.map(Http::http2).orElse(true);
    return Optional.of(
        new WebConfig(
            root.section("tls_server_config", section -> tls(section, http2)),
            http2,
            http.map(Http::headers).orElse(Map.of()),
            root.section("basic_auth_users", WebConfigDecoder::users).orElse(Map.of()),
            root.section("rate_limit", WebConfigDecoder::rateLimit)));
  }

  private Optional<Tls> tls(Section section, boolean http2) {
    Optional<String> authorities = pem(section, "client_ca");
    ClientAuth clientAuth = section.value("client_auth_type", CLIENT_AUTH).orElse(ClientAuth.NONE);
    List<String> allowedNames = section.list("client_allowed_sans", TextFormat.any());
    List<String> protocols = protocols(section);
    List<String> suites = section.list("cipher_suites", CIPHER_SUITE);
    List<String> groups = section.list("curve_preferences", GROUP);
    // Java's server always prefers its own order.
    section.value("prefer_server_cipher_suites", TextFormat.yesOrNo());
    boolean wanted =
        Stream.of("cert", "cert_file", "key", "key_file", "client_ca", "client_ca_file")
            .anyMatch(section::has);
    if (!wanted && clientAuth == ClientAuth.NONE) {
      return Optional.empty();
    }
    Optional<String> certificates = required(section, "cert");
    Optional<String> key = required(section, "key");
    if (authorities.isPresent() && clientAuth == ClientAuth.NONE) {
      section.reject(
          "client_auth_type", "missing", "a type, as client_ca or client_ca_file is set");
    }
    if (!allowedNames.isEmpty() && !clientAuth.isRequired()) {
      section.reject(
          "client_allowed_sans",
          "clients that need no certificate",
          "client_auth_type RequireAnyClientCert or RequireAndVerifyClientCert");
    }
    if (http2 && !suites.isEmpty() && OF_HTTP2.stream().noneMatch(suites::contains)) {
      section.reject("cipher_suites", "none for HTTP/2", KnownKeys.anyOf(OF_HTTP2) + " among them");
    }
    Optional<Tls> tls =
        certificates.flatMap(chain ->
            key.map(k ->
                new Tls(
                    chain,
                    new Secret(k),
                    authorities.orElse(""),
                    clientAuth,
                    allowedNames,
                    protocols,
                    suites,
                    groups)));
    tls.flatMap(problem)
        .ifPresent(found -> section.reject("", found, "certificates and keys in PEM form"));
    return tls;
  }

  /** Returns what is under a key, or in the file under the key with {@code _file} at its end. */
  private Optional<String> pem(Section section, String key) {
    Optional<String> text = section.value(key, TextFormat.any());
    Optional<String> file = section.value(key + "_file", TextFormat.any());
    return notEmpty(file).isPresent() ? section.value(key + "_file", contents) : notEmpty(text);
  }

  private Optional<String> required(Section section, String key) {
    Optional<String> pem = pem(section, key);
    // A file that cannot be read was told already.
    if (pem.isEmpty() && notEmpty(section.value(key + "_file", TextFormat.any())).isEmpty()) {
      section.reject(
          key + "_file", "missing", "a file in PEM form, or " + key + " with its content");
    }
    return pem;
  }

  private static List<String> protocols(Section section) {
    String min = section.value("min_version", MIN_VERSION).orElse(TLS_1_2);
    String max = section.value("max_version", MAX_VERSION).orElse(TLS_1_3);
    List<String> protocols =
        Stream.of(TLS_1_2, TLS_1_3)
            .filter(protocol -> protocol.compareTo(min) >= 0 && protocol.compareTo(max) <= 0)
            .toList();
    if (protocols.isEmpty()) {
      section.reject("max_version", "less than min_version", "a version that is not");
    }
    return protocols;
  }

  private static Optional<Http> http(Section section) {
    boolean http2 = section.value("http2", TextFormat.yesOrNo()).orElse(true);
    Optional<Map<String, String>> headers = section.section("headers", WebConfigDecoder::headers);
    return Optional.of(new Http(http2, headers.orElse(Map.of())));
  }

  private static Optional<Map<String, String>> headers(Section section) {
    var headers = new LinkedHashMap<String, String>();
    HEADERS.forEach((name, format) ->
        section
            .value(name, format)
            .filter(value -> !value.isEmpty())
            .ifPresent(value -> headers.put(name, value)));
    return Optional.of(headers);
  }

  private static Optional<Map<String, Secret>> users(Section section) {
    var users = new LinkedHashMap<String, Secret>();
    section
        .texts()
        .forEach((user, hash) -> {
          if (IS_BCRYPT.test(hash)) {
            users.put(user, new Secret(hash));
          } else {
            section.reject(user, Secret.MASK, "a bcrypt hash, such as htpasswd -nBC 10 makes");
          }
        });
    return Optional.of(users);
  }

  private static Optional<RateLimit> rateLimit(Section section) {
    Duration interval =
        section
            .value("interval", new DurationFormat(Duration.ZERO, Duration.ofHours(1)))
            .orElse(Duration.ZERO);
    int burst = section.value("burst", new WholeNumberFormat(1, 1_000_000)).orElse(1);
    return interval.isZero() ? Optional.empty() : Optional.of(new RateLimit(interval, burst));
  }

  private static Optional<String> notEmpty(Optional<String> text) {
    return text.filter(t -> !t.isBlank());
  }

  private static Format<String> oneOf(String... values) {
    List<String> choices = List.of(values);
    return new TextFormat<>(
        KnownKeys.anyOf(choices),
        text -> choices.stream().anyMatch(text::equalsIgnoreCase),
        t -> t);
  }

  private static Map<String, ClientAuth> clientAuths() {
    var byName = new LinkedHashMap<String, ClientAuth>();
    for (ClientAuth choice : ClientAuth.values()) {
      byName.put(choice.goName(), choice);
    }
    // As it was called before.
    byName.put("RequireClientCert", ClientAuth.REQUIRE_ANY);
    return byName;
  }

  private static Set<String> cipherSuites() {
    try {
      return Set.of(SSLContext.getDefault().getSupportedSSLParameters().getCipherSuites());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns names and what they stand for, in this order. */
  private static Map<String, String> ordered(String... namesAndValues) {
    var map = new LinkedHashMap<String, String>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      map.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return map;
  }
}
