package io.mqexporter.credentials;

import io.mqexporter.brokers.Command;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate authority, and the keys with certificates that it issues for 127.0.0.1. */
public final class Certificates {

  /** The password of all key stores. */
  public static final String PASSWORD = "changeit";

  private static final Duration TIMEOUT = Duration.ofMinutes(3);
  private static final String AUTHORITY = "authority";

  private final Path folder;
  private final Path all;

  /** Creates an authority that keeps its files in a folder. */
  public Certificates(Path folder) {
    this.folder = folder;
    this.all = folder.resolve("all.p12");
    generate(AUTHORITY, "-startdate", "-10d", "-validity", "100", "-ext", "bc:c");
  }

  /** Issues a certificate that is valid now. */
  public Certificates issue(String name) {
    return issue(name, "-startdate", "-1d", "-validity", "10");
  }

  /** Issues a certificate whose time is over since yesterday. */
  public Certificates issueExpired(String name) {
    return issue(name, "-startdate", "-3d", "-validity", "2");
  }

  /** Returns the authority's certificate as a PEM file. */
  public Path authorityPem() {
    return write("authority.pem", pem("CERTIFICATE", encoded(chain(AUTHORITY)[0])));
  }

  /** Returns a PKCS12 store in which the authority is trusted. */
  public Path trustStore() {
    return store("trust.p12", store -> store.setCertificateEntry(AUTHORITY, chain(AUTHORITY)[0]));
  }

  /** Returns a key with its certificates as the text of a PEM file. */
  public String pem(String name) {
    var text = new StringBuilder(pem("PRIVATE KEY", key(name).getEncoded()));
    for (Certificate certificate : chain(name)) {
      text.append(pem("CERTIFICATE", encoded(certificate)));
    }
    return text.toString();
  }

  /** Returns a PKCS12 store with a key and its certificates. */
  public Path keyStore(String name) {
    char[] password = PASSWORD.toCharArray();
    return store(name + ".p12", store -> store.setKeyEntry(name, key(name), password, chain(name)));
  }

  /** Returns what trusts the authority, for a client. */
  public SSLContext trusting() {
    try {
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(KeyStore.getInstance(trustStore().toFile(), PASSWORD.toCharArray()));
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private interface Change {
    void apply(KeyStore store) throws GeneralSecurityException;
  }

  private Certificates issue(String name, String... validity) {
    var options = new ArrayList<>(List.of(validity));
    options.addAll(List.of("-signer", AUTHORITY, "-ext", "san=ip:127.0.0.1,dns:localhost"));
    generate(name, options.toArray(String[]::new));
    return this;
  }

  private void generate(String name, String... options) {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keystore",
                all.toString(),
                "-storepass",
                PASSWORD,
                "-alias",
                name,
                "-dname",
                "CN=" + name,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1"));
    command.addAll(List.of(options));
    Command.run(TIMEOUT, Map.of(), command);
  }

  private Key key(String name) {
    return fromStore(store -> store.getKey(name, PASSWORD.toCharArray()));
  }

  private Certificate[] chain(String name) {
    return fromStore(store -> store.getCertificateChain(name));
  }

  private interface Reading<T> {
    T of(KeyStore store) throws GeneralSecurityException;
  }

  private <T> T fromStore(Reading<T> reading) {
    try (InputStream in = Files.newInputStream(all)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, PASSWORD.toCharArray());
      return reading.of(store);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private Path store(String fileName, Change change) {
    Path file = folder.resolve(fileName);
    try (OutputStream out = Files.newOutputStream(file)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      change.apply(store);
      store.store(out, PASSWORD.toCharArray());
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private Path write(String fileName, String content) {
    try {
      return Files.writeString(folder.resolve(fileName), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] encoded(Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String pem(String type, byte[] content) {
    byte[] lineEnd = "\n".getBytes(StandardCharsets.US_ASCII);
    return "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n"
        .formatted(type, Base64.getMimeEncoder(64, lineEnd).encodeToString(content));
  }
}
