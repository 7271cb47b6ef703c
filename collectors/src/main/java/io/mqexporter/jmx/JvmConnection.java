package io.mqexporter.jmx;

import io.mqexporter.collector.Secret;
import java.io.IOException;
import java.rmi.NotBoundException;
import java.rmi.registry.LocateRegistry;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.rmi.RMIConnector;
import javax.management.remote.rmi.RMIServer;

/** A connection to a JVM that is kept. */
final class JvmConnection implements AutoCloseable {

  private static final Pattern REFUSED =
      Pattern.compile(
          "(?:Connection refused to host|Unknown host|Exception creating connection"
              + " to|Connection timed out to host|Connection error to host): ([^;]+)");

  private final JMXConnector connector;
  private final MBeanServerConnection server;

  private JvmConnection(JMXConnector connector, MBeanServerConnection server) {
    this.connector = connector;
    this.server = server;
  }

  /**
   * Connects. Waits for the JVM as long as {@link RmiSettings} let it, or until the thread is
   * interrupted, which must be a virtual one.
   *
   * @param address the JMX port, as {@code host:port}
   */
  static JvmConnection open(String address, Optional<JmxConfig.Credentials> credentials)
      throws IOException {
    int colon = address.lastIndexOf(':');
    String host = address.substring(0, colon).replaceAll("[\\[\\]]", "");
    int port = Integer.parseInt(address.substring(colon + 1));
    var environment = new HashMap<String, Object>();
    // No thread that asks now and then whether the JVM is still there: each collection does.
    environment.put("jmx.remote.x.client.connection.check.period", 0L);
    credentials.ifPresent(c ->
        environment.put(JMXConnector.CREDENTIALS, new String[] {c.username(), text(c.password())}));
    try {
      var remote = (RMIServer) LocateRegistry.getRegistry(host, port).lookup("jmxrmi");
      JMXConnector connector = new RMIConnector(remote, Map.of());
      connector.connect(environment);
      return new JvmConnection(connector, connector.getMBeanServerConnection());
    } catch (NotBoundException e) {
      throw new IOException(e);
    } catch (IOException e) {
      throw elsewhere(host, e).<IOException>map(cure -> new IOException(cure, e)).orElse(e);
    }
  }

  /** The registry answered and names a host for all the rest that cannot be reached from here. */
  private static Optional<String> elsewhere(String host, IOException failure) {
    Matcher matcher = REFUSED.matcher(String.valueOf(failure.getMessage()));
    if (!matcher.find() || matcher.group(1).equals(host)) {
      return Optional.empty();
    }
    return Optional.of(
        "it says that it is to be reached at %s, which is not so from here (set %s and %s of that"
                .formatted(
                    matcher.group(1),
                    "-Djava.rmi.server.hostname",
                    "-Dcom.sun.management.jmxremote.rmi.port")
            + " JVM)");
  }

  private static String text(Secret secret) {
    return secret.value();
  }

  MBeanServerConnection server() {
    return server;
  }

  /** Says goodbye without waiting for an answer: the JVM may hang. */
  @Override
  public void close() {
    Thread.ofVirtual()
        .name("jmx-close")
        .start(() -> {
          try {
            connector.close();
          } catch (IOException e) {
            // Nobody is there to say goodbye to.
            return;
          }
        });
  }
}
