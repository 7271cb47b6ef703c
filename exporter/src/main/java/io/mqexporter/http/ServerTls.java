package io.mqexporter.http;

import io.mqexporter.collector.Tls;
import io.mqexporter.config.WebConfig;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.core.net.TrustOptions;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.X509KeyManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Certificates and keys in the form in which the server takes them. */
public final class ServerTls {

  private static final byte[] PROBE = {1, 2, 3};

  /** Only needed to read files, and there are none. */
  private static final @Nullable Vertx NO_FILES = null;

  private ServerTls() {}

  /** Returns what is wrong with certificates and keys, without showing any of them. */
  public static Optional<String> problem(WebConfig.Tls tls) {
    try {
      if (!belongTogether(keyManager(tls))) {
        return Optional.of("a key that is not that of the certificate");
      }
    } catch (Exception e) {
      return Optional.of("no certificate and key that can be read");
    }
    try {
      clientCertificates(tls);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of("no client_ca that can be read");
    }
  }

  /**
   * Returns the options of a server.
   *
   * @throws IllegalArgumentException if there is a {@link #problem}
   */
  static ServerSSLOptions options(WebConfig.Tls tls, boolean http2) {
    try {
      var options =
          new ServerSSLOptions()
              .setKeyCertOptions(pem(tls))
              .setTrustOptions(TrustOptions.wrap(clientCertificates(tls)))
              .setClientAuth(clientAuth(tls.clientAuth()))
              .setEnabledSecureTransportProtocols(new LinkedHashSet<>(tls.protocols()))
              .setUseAlpn(true)
              .setApplicationLayerProtocols(
                  http2 ? List.of("h2", "http/1.1") : List.of("http/1.1"));
      tls.cipherSuites().forEach(options::addEnabledCipherSuite);
      tls.groups().forEach(options::addKeyExchangeGroup);
      return options;
    } catch (Exception e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static PemKeyCertOptions pem(WebConfig.Tls tls) {
    return new PemKeyCertOptions()
        .addCertValue(Buffer.buffer(tls.certificates()))
        .addKeyValue(Buffer.buffer(tls.key().value()));
  }

  private static X509KeyManager keyManager(WebConfig.Tls tls) throws Exception {
    return Arrays.stream(pem(tls).getKeyManagerFactory(NO_FILES).getKeyManagers())
        .filter(X509KeyManager.class::isInstance)
        .map(X509KeyManager.class::cast)
        .findFirst()
        .orElseThrow();
  }

  private static X509TrustManager clientCertificates(WebConfig.Tls tls) {
    Optional<X509TrustManager> authorities =
        tls.clientAuth().isVerified() ? Optional.of(authorities(tls)) : Optional.empty();
    return new ClientCertificates(authorities, Set.copyOf(tls.allowedNames()));
  }

  private static X509TrustManager authorities(WebConfig.Tls tls) {
    List<Certificate> certificates =
        tls.clientAuthorities().isEmpty() ? List.of() : Tls.certificates(tls.clientAuthorities());
    var authorities = new Tls(certificates, Optional.empty());
    return (X509TrustManager) authorities.trustManager();
  }

  private static ClientAuth clientAuth(WebConfig.ClientAuth auth) {
    return switch (auth) {
      case NONE -> ClientAuth.NONE;
      case REQUEST, VERIFY_IF_GIVEN -> ClientAuth.REQUEST;
      case REQUIRE_ANY, REQUIRE_AND_VERIFY -> ClientAuth.REQUIRED;
    };
  }

  /** Returns whether what the key signs is what the certificate's own key confirms. */
  private static boolean belongTogether(X509KeyManager keys) throws GeneralSecurityException {
    for (String type : List.of("RSA", "EC", "EdDSA")) {
      @Nullable String[] aliases = keys.getServerAliases(type, null);
      if (aliases != null && aliases.length > 0) {
        X509Certificate certificate = keys.getCertificateChain(aliases[0])[0];
        return confirms(certificate, keys.getPrivateKey(aliases[0]), type);
      }
    }
    throw new GeneralSecurityException("no key of a kind that is known");
  }

  private static boolean confirms(X509Certificate certificate, PrivateKey key, String type)
      throws GeneralSecurityException {
    if (!key.getAlgorithm().equals(certificate.getPublicKey().getAlgorithm())) {
      return false;
    }
    Signature signature =
        Signature.getInstance(
            switch (type) {
              case "RSA" -> "SHA256withRSA";
              case "EC" -> "SHA256withECDSA";
              default -> "EdDSA";
            });
    signature.initSign(key);
    signature.update(PROBE);
    byte[] signed = signature.sign();
    signature.initVerify(certificate.getPublicKey());
    signature.update(PROBE);
    return signature.verify(signed);
  }
}
