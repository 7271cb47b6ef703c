package io.mqexporter.jmx;

import io.mqexporter.collector.CollectionException;
import io.mqexporter.collector.Secret;
import io.mqexporter.jmx.rmi.RmiSockets;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * What the stores of one target come to. Each target has a context of its own, so that several may
 * have different stores.
 *
 * @param sockets what opens connections by them
 * @param own our own certificates
 */
record TlsSetup(RmiSockets sockets, List<X509Certificate> own) {

  private static final String PEM = "-----BEGIN CERTIFICATE-----";

  TlsSetup {
    own = List.copyOf(own);
  }

  /**
   * Reads the stores.
   *
   * @throws CollectionException if one cannot be read, with the key and the file
   */
  static TlsSetup of(Optional<JmxConfig.Tls> configured) throws CollectionException {
    if (configured.isEmpty()) {
      return new TlsSetup(RmiSockets.PLAIN, List.of());
    }
    JmxConfig.Tls tls = configured.get();
    var own = new ArrayList<X509Certificate>();
    @Nullable KeyManager[] keys = null;
    @Nullable TrustManager[] trusted = null;
    if (tls.keyStore().isPresent()) {
      keys = keys(tls.keyStore().get(), tls.keyStorePassword(), own);
    }
    if (tls.trustStore().isPresent()) {
      trusted = trusted(tls.trustStore().get(), tls.trustStorePassword());
    }
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys, trusted, null);
      var sockets = new RmiSockets(Optional.of(context.getSocketFactory()), tls.verifyHost());
      return new TlsSetup(sockets, own);
    } catch (GeneralSecurityException e) {
      throw new CollectionException("TLS: " + e.getMessage(), e);
    }
  }

  /** Returns what is wrong with our own certificate, to be said where TLS has failed. */
  String complaint() {
    for (X509Certificate certificate : own) {
      try {
        certificate.checkValidity();
      } catch (CertificateExpiredException e) {
        return "; our own certificate has expired: " + certificate.getNotAfter().toInstant();
      } catch (CertificateNotYetValidException e) {
        return "; our own certificate is not valid before "
            + certificate.getNotBefore().toInstant();
      }
    }
    return "";
  }

  private static KeyManager[] keys(Path file, Optional<Secret> password, List<X509Certificate> own)
      throws CollectionException {
    try {
      KeyStore store = store(file, password);
      for (String alias : Collections.list(store.aliases())) {
        if (store.isKeyEntry(alias)
            && store.getCertificate(alias) instanceof X509Certificate certificate) {
          own.add(certificate);
        }
      }
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(store, chars(password));
      return factory.getKeyManagers();
    } catch (IOException | GeneralSecurityException e) {
      throw unreadable("key_store", file, e);
    }
  }

  private static TrustManager[] trusted(Path file, Optional<Secret> password)
      throws CollectionException {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(isPem(file) ? ofPem(file) : store(file, password));
      return factory.getTrustManagers();
    } catch (IOException | GeneralSecurityException e) {
      throw unreadable("trust_store", file, e);
    }
  }

  private static boolean isPem(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.ISO_8859_1).contains(PEM);
  }

  private static KeyStore ofPem(Path file) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream in = Files.newInputStream(file)) {
      for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("authority-" + store.size(), each);
      }
    }
    return store;
  }

  private static KeyStore store(Path file, Optional<Secret> password)
      throws IOException, GeneralSecurityException {
    return KeyStore.getInstance(file.toFile(), chars(password));
  }

  private static char @Nullable [] chars(Optional<Secret> password) {
    return password.isPresent() ? password.get().value().toCharArray() : null;
  }

  private static CollectionException unreadable(String key, Path file, Exception e) {
    String reason =
        e instanceof NoSuchFileException ? "no such file" : String.valueOf(e.getMessage());
    return new CollectionException("tls.%s: %s: %s".formatted(key, file, reason), e);
  }
}
