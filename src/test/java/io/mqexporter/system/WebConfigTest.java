package io.mqexporter.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mqexporter.config.ConfigException;
import io.mqexporter.config.WebConfig;
import io.mqexporter.config.WebConfigFile;
import io.mqexporter.credentials.Certificates;
import io.mqexporter.http.ServerTls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a file of {@code --web.config.file} may say: the cases of which Prometheus' own servers have
 * examples, good and bad.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebConfigTest {

  private static final String HASH = "$2y$10$NOBODYNOBODYNOBODYNOBO0000000000000000000000000000000";

  private Path folder;

  @BeforeAll
  void issueCertificates(@TempDir Path temporary) throws IOException {
    folder = temporary;
    var certificates = new Certificates(folder).issue("server").issue("other");
    certificates.authorityPem();
    for (String name : new String[] {"server", "other"}) {
      String pem = certificates.pem(name);
      int end = pem.indexOf("-----BEGIN CERTIFICATE");
      Files.writeString(folder.resolve(name + ".key"), pem.substring(0, end));
      Files.writeString(folder.resolve(name + ".pem"), pem.substring(end));
    }
    Files.writeString(folder.resolve("text.pem"), "nothing of use");
    Files.writeString(folder.resolve("empty.pem"), "");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "# nothing",
        "",
        "tls_server_config: {}",
        "tls_server_config: {cert_file: server.pem, key_file: server.key}",
        "tls_server_config: {cert_file: server.pem, key_file: server.key, client_auth_type: RequestClientCert}",
        "tls_server_config: {cert_file: server.pem, key_file: server.key, client_auth_type: RequireClientCert, client_allowed_sans: [a, 10.0.0.1]}",
        "tls_server_config: {cert_file: server.pem, key_file: server.key, client_auth_type: VerifyClientCertIfGiven, client_ca_file: authority.pem}",
        "tls_server_config: {cert_file: server.pem, key_file: server.key, client_auth_type: RequireAndVerifyClientCert, client_ca_file: authority.pem}",
        "tls_server_config: {cert_file: server.pem, key_file: server.key, client_auth_type: RequireAndVerifyClientCert}",
        "tls_server_config: {cert_file: server.pem, key_file: server.key, min_version: TLS10, max_version: TLS13}",
        "tls_server_config: {cert_file: server.pem, key_file: server.key, min_version: TLS13}",
        "tls_server_config: {cert_file: server.pem, key_file: server.key, curve_preferences: [CurveP256, CurveP384, CurveP521, X25519]}",
        "tls_server_config: {cert_file: server.pem, key_file: server.key, cipher_suites: [TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, TLS_AES_128_GCM_SHA256], prefer_server_cipher_suites: false}",
        "{http_server_config: {http2: false}, tls_server_config: {cert_file: server.pem, key_file: server.key, cipher_suites: [TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384]}}",
        "http_server_config: {headers: {X-Frame-Options: SAMEORIGIN, X-Content-Type-Options: nosniff, Content-Security-Policy: default-src 'self', X-XSS-Protection: 1, Strict-Transport-Security: max-age=1}}",
        "basic_auth_users: {alice: '" + HASH + "', bob: '" + HASH + "'}",
        "rate_limit: {interval: 1s, burst: 20}",
        "rate_limit: {}"
      })
  void whatIsGood(String yaml) {
    assertThatCode(() -> read(yaml)).doesNotThrowAnyException();
  }

  @Test
  void keysAndCertificatesMayBeInTheFileItself() throws Exception {
    WebConfig config =
        read(
            """
            tls_server_config:
              cert: |
            %s
              key: |
            %s
            """
                .formatted(
                    Files.readString(folder.resolve("server.pem")).indent(4),
                    Files.readString(folder.resolve("server.key")).indent(4)));

    assertThat(config.tls()).isPresent();
    assertThat(config.toString()).doesNotContain("PRIVATE");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          tls_server_config: {cert_file: server.pem} | tls_server_config.key_file: missing (expected: a file in PEM form, or key with its content)
          tls_server_config: {key_file: server.key} | tls_server_config.cert_file: missing (expected: a file in PEM form, or cert with its content)
          tls_server_config: {client_auth_type: RequireAnyClientCert, key_file: server.key} | tls_server_config.cert_file: missing (expected: a file in PEM form, or cert with its content)
          tls_server_config: {cert_file: '', key_file: server.key} | tls_server_config.cert_file: missing (expected: a file in PEM form, or cert with its content)
          tls_server_config: {cert_file: none.pem, key_file: server.key} | tls_server_config.cert_file: none.pem: not found (expected: a text file of 1 byte to 1 MiB)
          tls_server_config: {cert_file: server.pem, key_file: none.key} | tls_server_config.key_file: none.key: not found (expected: a text file of 1 byte to 1 MiB)
          tls_server_config: {cert_file: empty.pem, key_file: server.key} | tls_server_config.cert_file: empty.pem: empty (expected: a text file of 1 byte to 1 MiB)
          tls_server_config: {cert_file: text.pem, key_file: server.key} | tls_server_config: no certificate and key that can be read (expected: certificates and keys in PEM form)
          tls_server_config: {cert_file: server.pem, key_file: text.pem} | tls_server_config: no certificate and key that can be read (expected: certificates and keys in PEM form)
          tls_server_config: {cert_file: server.pem, key_file: other.key} | tls_server_config: a key that is not that of the certificate (expected: certificates and keys in PEM form)
          tls_server_config: {cert_file: server.pem, key_file: server.key, client_auth_type: RequireAndVerifyClientCert, client_ca_file: text.pem} | tls_server_config: no client_ca that can be read (expected: certificates and keys in PEM form)
          tls_server_config: {cert_file: server.pem, key_file: server.key, client_ca_file: authority.pem} | tls_server_config.client_auth_type: missing (expected: a type, as client_ca or client_ca_file is set)
          tls_server_config: {cert_file: server.pem, key_file: server.key, client_auth_type: Maybe} | tls_server_config.client_auth_type: Maybe (expected: NoClientCert, RequestClientCert, RequireAnyClientCert, VerifyClientCertIfGiven, RequireAndVerifyClientCert or RequireClientCert)
          tls_server_config: {cert_file: server.pem, key_file: server.key, client_auth_type: RequestClientCert, client_allowed_sans: [a]} | tls_server_config.client_allowed_sans: clients that need no certificate (expected: client_auth_type RequireAnyClientCert or RequireAndVerifyClientCert)
          tls_server_config: {cert_file: server.pem, key_file: server.key, min_version: TLS111} | tls_server_config.min_version: TLS111 (expected: TLS13, TLS12, TLS11 or TLS10)
          tls_server_config: {cert_file: server.pem, key_file: server.key, max_version: TLS11} | tls_server_config.max_version: TLS11 (expected: TLS13 or TLS12)
          tls_server_config: {cert_file: server.pem, key_file: server.key, min_version: TLS13, max_version: TLS12} | tls_server_config.max_version: less than min_version (expected: a version that is not)
          tls_server_config: {cert_file: server.pem, key_file: server.key, cipher_suites: [TLS_INVENTED]} | tls_server_config.cipher_suites: TLS_INVENTED (expected: a cipher suite that Java knows, such as TLS_AES_128_GCM_SHA256)
          tls_server_config: {cert_file: server.pem, key_file: server.key, cipher_suites: [TLS_AES_128_GCM_SHA256]} | tls_server_config.cipher_suites: none for HTTP/2 (expected: TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 or TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256 among them)
          tls_server_config: {cert_file: server.pem, key_file: server.key, curve_preferences: [CurveP257]} | tls_server_config.curve_preferences: CurveP257 (expected: CurveP256, CurveP384, CurveP521 or X25519)
          tls_server_confg: {} | tls_server_confg: unknown key (expected: http_server_config, tls_server_config, basic_auth_users or rate_limit; did you mean tls_server_config?)
          http_server_config: {headers: {X-Frame-Options: never}} | http_server_config.headers.X-Frame-Options: never (expected: deny or sameorigin)
          http_server_config: {headers: {X-Content-Type-Options: sniff}} | http_server_config.headers.X-Content-Type-Options: sniff (expected: nosniff)
          http_server_config: {http2: maybe} | http_server_config.http2: maybe (expected: true or false)
          basic_auth_users: {alice: swordfish} | basic_auth_users.alice: <secret> (expected: a bcrypt hash, such as htpasswd -nBC 10 makes)
          basic_auth_users: [alice] | basic_auth_users: a list (expected: keys and values)
          rate_limit: {interval: 1s, burst: 0} | rate_limit.burst: 0 (expected: a whole number of 1 to 1000000)
          """)
  void whatIsBadIsSaidInOneLine(String yaml, String error) {
    ConfigException exception = catchThrowableOfType(ConfigException.class, () -> read(yaml));

    assertThat(exception).as(yaml).hasMessage(folder.resolve("web.yml") + ":1: " + error);
  }

  @Test
  void headersThatMayNotBeSetAreRefused() {
    assertThat(
            catchThrowableOfType(
                ConfigException.class, () -> read("http_server_config: {headers: {X-Other: 1}}")))
        .hasMessageContaining("http_server_config.headers.X-Other: unknown key");
  }

  @Test
  void theLastGoodOneStaysWhileAChangeIsBad() throws Exception {
    Path file =
        Files.writeString(folder.resolve("web.yml"), "rate_limit: {interval: 1s, burst: 2}");
    var web = new WebConfigFile(file, ServerTls::problem);
    WebConfig good = web.read();

    Files.writeString(file, "rate_limit: {interval: soon}");
    assertThat(catchThrowableOfType(ConfigException.class, web::read)).isNotNull();

    Files.writeString(file, "rate_limit: {interval: 1s, burst: 2}");
    assertThat(web.read()).isEqualTo(good);
    Files.writeString(file, "rate_limit: {interval: 1s, burst: 3}");
    assertThat(web.read()).isNotEqualTo(good);
    assertThat(web.read()).isSameAs(web.read());
  }

  private WebConfig read(String yaml) throws ConfigException {
    try {
      Path file = Files.writeString(folder.resolve("web.yml"), yaml);
      return new WebConfigFile(file, ServerTls::problem).read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
