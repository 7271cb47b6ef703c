package io.mqexporter.credentials;

import io.mqexporter.brokers.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kerby.kerberos.kerb.KrbException;
import org.apache.kerby.kerberos.kerb.server.SimpleKdcServer;

/** A Kerberos realm with its key distribution centre on the loopback address. */
public final class KerberosRealm implements AutoCloseable {

  /** The realm's name. */
  public static final String NAME = "TEST.REALM";

  private final Path folder;
  private final SimpleKdcServer centre;

  /** Starts the centre of a realm that knows nobody yet and keeps its files in a folder. */
  public KerberosRealm(Path folder) {
    this.folder = folder;
    int port = Ports.free();
    try {
      Files.writeString(
          configuration(),
          """
          [libdefaults]
            default_realm = %1$s
            dns_lookup_kdc = false
            dns_canonicalize_hostname = false
            rdns = false
            udp_preference_limit = 1
          [realms]
            %1$s = {
              kdc = 127.0.0.1:%2$d
            }
          """
              .formatted(NAME, port));
      centre = new SimpleKdcServer();
      centre.setWorkDir(folder.toFile());
      centre.setKdcHost("127.0.0.1");
      centre.setKdcRealm(NAME);
      centre.setKdcTcpPort(port);
      centre.setAllowUdp(false);
      centre.init();
      centre.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (KrbException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the file that tells Java where the realm is: {@code java.security.krb5.conf}. */
  public Path configuration() {
    return folder.resolve("client-krb5.conf");
  }

  /** Adds a principal, and returns the file with its keys. */
  public Path principal(String principal) {
    Path keyTab = folder.resolve(principal.replace('/', '-') + ".keytab");
    try {
      centre.createPrincipal(principal);
      centre.exportPrincipal(principal, keyTab.toFile());
      return keyTab;
    } catch (KrbException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    try {
      centre.stop();
    } catch (KrbException e) {
      throw new IllegalStateException(e);
    }
  }
}
