package io.mqexporter.collector;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509KeyManager;

/**
 * The certificates for TLS.
 *
 * @param authorities who is believed; the JDK's own authorities if there are none
 * @param client what servers are shown, if anything
 */
public record Tls(List<Certificate> authorities, Optional<Client> client) {

  private static final Pattern KEY =
      Pattern.compile(
          "-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----", Pattern.DOTALL);

  /** In memory only, for a key store that demands one. */
  private static final char[] NO_PASSWORD = new char[0];

  /** With the authorities that the JDK knows, and nothing to show. */
  public static final Tls DEFAULT = new Tls(List.of(), Optional.empty());

  /** Copies the authorities. */
  public Tls {
    authorities = List.copyOf(authorities);
  }

  /** A certificate with those that vouch for it, and its key. */
  public record Client(PrivateKey key, List<Certificate> certificates) {

    /** Copies the certificates. */
    public Client {
      certificates = List.copyOf(certificates);
    }

    @Override
    public String toString() {
      return Secret.MASK;
    }
  }

  /**
   * Returns the certificates of a text in PEM form.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static List<Certificate> certificates(String pem) {
    try {
      var certificates =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(
                  new ByteArrayInputStream(withoutKeys(pem).getBytes(StandardCharsets.UTF_8)));
      if (certificates.isEmpty()) {
        throw new IllegalArgumentException("no certificate");
      }
      return List.copyOf(certificates);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("no certificate", e);
    }
  }

  /**
   * Returns the key of a text in PEM form, of PKCS#8 and not encrypted.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static PrivateKey key(String pem) {
    Matcher matcher = KEY.matcher(pem);
    if (!matcher.find()) {
      throw new IllegalArgumentException("no key");
    }
    var spec = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(matcher.group(1)));
    for (String algorithm : List.of("RSA", "EC", "Ed25519")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(spec);
      } catch (GeneralSecurityException _) {
        // Of another kind, then.
      }
    }
    throw new IllegalArgumentException("no key");
  }

  /**
   * Returns a context for connections without TLS: an HTTP client insists on one, and its own reads
   * every certificate that Java trusts, which takes time at every start.
   */
  public static SSLContext trustsNobody() {
    return made(() -> {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[0], null);
      return context;
    });
  }

  /** Returns what makes connections with these certificates. */
  public SSLContext context() {
    return made(() -> {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys(), trust(), null);
      return context;
    });
  }

  /** Returns what decides whom to believe. */
  public TrustManager trustManager() {
    return made(this::trust)[0];
  }

  /** Returns what shows servers who we are; empty if they are shown nothing. */
  public Optional<X509KeyManager> keyManager() {
    return client.map(_ -> (X509KeyManager) made(this::keys)[0]);
  }

  private interface Making<T> {
    T make() throws GeneralSecurityException, IOException;
  }

  private static <T> T made(Making<T> making) {
    try {
      return making.make();
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private KeyManager[] keys() throws GeneralSecurityException, IOException {
    KeyStore store = emptyStore();
    if (client.isPresent()) {
      Certificate[] chain = client.get().certificates().toArray(Certificate[]::new);
      store.setKeyEntry("client", client.get().key(), NO_PASSWORD, chain);
    }
    var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, NO_PASSWORD);
    return factory.getKeyManagers();
  }

  private TrustManager[] trust() throws GeneralSecurityException, IOException {
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    KeyStore store = emptyStore();
    for (int i = 0; i < authorities.size(); i++) {
      store.setCertificateEntry("authority-" + i, authorities.get(i));
    }
    factory.init(authorities.isEmpty() ? null : store);
    return factory.getTrustManagers();
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    return store;
  }

  private static String withoutKeys(String pem) {
    return KEY.matcher(pem).replaceAll("");
  }
}
