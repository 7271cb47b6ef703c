package io.mqexporter.brokers;

import java.util.List;

/**
 * A JMX port of the loopback address that demands nothing.
 *
 * @param port a free port
 */
public record JmxPort(int port) {

  /** Returns one that nobody uses. */
  public static JmxPort free() {
    return new JmxPort(Ports.free());
  }

  /** Returns {@code host:port}. */
  public String address() {
    return "127.0.0.1:" + port;
  }

  /** Returns the options with which a JVM opens it. */
  public List<String> options() {
    return List.of(
        "-Dcom.sun.management.jmxremote.host=127.0.0.1",
        "-Dcom.sun.management.jmxremote.port=" + port,
        "-Dcom.sun.management.jmxremote.rmi.port=" + port,
        "-Dcom.sun.management.jmxremote.authenticate=false",
        "-Dcom.sun.management.jmxremote.ssl=false",
        "-Djava.rmi.server.hostname=127.0.0.1");
  }
}
